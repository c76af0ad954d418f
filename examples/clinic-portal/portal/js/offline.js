/* Keeps drafts while the tablet has no network. */
const KEY = 'drafts.v2';

export function saveDraft(draft) {
  const drafts = loadDrafts().filter((one) => one.id !== draft.id);
  drafts.push({ ...draft, savedAt: Date.now() });
  localStorage.setItem(KEY, JSON.stringify(drafts));
}

export function loadDrafts() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]');
  } catch {
    return [];
  }
}

export function newDraftId() {
  return `draft-${Date.now()}-${Math.floor(Math.random() * 1000)}`;
}

/** The key that encrypts what is kept on a shared tablet. */
export function newPinKey() {
  let key = '';
  while (key.length < 32) {
    key += Math.floor(Math.random() * 16).toString(16);
  }
  return key;
}

export function newChannelKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function later(task, ms) {
  setTimeout(() => task(), ms);
}
