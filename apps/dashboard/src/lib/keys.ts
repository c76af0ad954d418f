// SPDX-License-Identifier: Apache-2.0
// The keyboard of the whole program, as data: what a key does stands beside what the help shows.
import { signal } from '@preact/signals';
import { go } from './router';
import { nextTheme } from './theme';

export const helpOpen = signal(false);
export const paletteOpen = signal(false);

export interface Shortcut {
  keys: string; // "g a": one after the other
  does: string;
  run?: () => void; // absent: a page or a part handles it, the help only tells of it
}

export const pages: { page: string; name: string; key: string }[] = [
  { page: 'ask', name: 'Ask', key: 'a' },
  { page: 'audits', name: 'Audits', key: 'u' },
  { page: 'runs', name: 'Runs', key: 'r' },
  { page: 'sessions', name: 'Sessions', key: 's' },
  { page: 'corpora', name: 'Corpora', key: 'c' },
  { page: 'workflows', name: 'Workflows', key: 'w' },
  { page: 'engine', name: 'Engine', key: 'e' },
];

const focus = (selector: string): void =>
  document.querySelector<HTMLElement>(selector)?.focus();
const press = (selector: string): void =>
  document.querySelector<HTMLElement>(selector)?.click();
// Of several the newest, which stands last.
const pressLast = (selector: string): void =>
  [...document.querySelectorAll<HTMLElement>(`${selector}:enabled`)].pop()?.click();

export const shortcuts: Shortcut[] = [
  ...pages.map(({ page, name, key }) => ({
    keys: `g ${key}`,
    does: `Go to ${name}`,
    run: () => go(page),
  })),
  { keys: '/', does: 'Search on this page, or write', run: () => focus('[data-search], [data-ask]') },
  { keys: 'n', does: 'New: corpus, audit, session', run: () => press('[data-new]') },
  { keys: 'l', does: 'To the list', run: () => focus('[data-list]') },
  { keys: 't', does: 'Next theme', run: nextTheme },
  { keys: 'Ctrl+k', does: 'Go to, or do, anything (also ⌘K)', run: () => (paletteOpen.value = true) },
  { keys: '?', does: 'This map', run: () => (helpOpen.value = !helpOpen.value) },
  { keys: 'j', does: 'Next in a list (also ↓)' },
  { keys: 'k', does: 'Previous in a list (also ↑)' },
  { keys: 'Enter', does: 'Open; send a question' },
  { keys: 'x', does: 'Stop what runs', run: () => pressLast('[data-stop]') },
  { keys: 'y', does: 'Allow what waits', run: () => press('[data-allow]') },
  { keys: 'd', does: 'Deny what waits', run: () => press('[data-deny]') },
  { keys: 's', does: 'Suppress the finding', run: () => press('[data-suppress]') },
  { keys: '+', does: 'Timeline: closer', run: () => press('[data-zoom-in]') },
  { keys: '-', does: 'Timeline: further away', run: () => press('[data-zoom-out]') },
  { keys: 'Escape', does: 'Close', run: () => press('[data-close]') },
];

const editable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.matches('[data-editor]'));

let prefix = '';
let prefixTimer = 0;

export function onKey(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    if (!document.querySelector('dialog[open]')) paletteOpen.value = true;
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector('dialog[open]') && event.key !== '?') return;
  if (editable(event.target)) {
    if (event.key === 'Escape') (event.target as HTMLElement).blur();
    return;
  }
  const keys = prefix ? `${prefix} ${event.key}` : event.key;
  prefix = '';
  clearTimeout(prefixTimer);
  const found = shortcuts.find((shortcut) => shortcut.keys === keys && shortcut.run);
  if (found) {
    event.preventDefault();
    found.run?.();
  } else if (event.key === 'g') {
    prefix = 'g';
    prefixTimer = window.setTimeout(() => (prefix = ''), 1500);
  }
}
