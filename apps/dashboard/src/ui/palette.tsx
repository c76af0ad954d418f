// SPDX-License-Identifier: Apache-2.0
// The command palette: every page, corpus, audit, run, session and workflow, and what can be begun, by a few letters.
import { useMemo, useState } from 'preact/hooks';
import type { Audit, Corpus, Run, Session, Workflow } from '../api/types';
import { folderName, when } from '../lib/format';
import { pages, paletteOpen, shortcuts } from '../lib/keys';
import { go } from '../lib/router';
import { Dialog } from './dialog';
import { useResource } from './resource';

const titleOf = (run: Run): string =>
  run.kind === 'ingest' || run.kind === 'audit' ? folderName(run.title) : run.title;

interface Entry {
  id: string;
  kind: string;
  name: string;
  detail: string;
  run: () => void;
}

// How well the letters of `words` stand in `text` in their order; 0: they do not. Beginnings of words count more.
export function fits(words: string, text: string): number {
  const wanted = words.toLowerCase().replace(/\s+/g, '');
  const lower = text.toLowerCase();
  if (!wanted) return 1;
  const whole = lower.indexOf(words.toLowerCase().trim());
  if (whole >= 0) return 1000 - whole;
  let score = 1;
  let at = -1;
  for (const letter of wanted) {
    const next = lower.indexOf(letter, at + 1);
    if (next < 0) return 0;
    score += next === at + 1 ? 4 : /[\s/_.-]/.test(lower[next - 1] ?? ' ') ? 3 : 0;
    at = next;
  }
  return score;
}

function useEntries(): Entry[] {
  const corpora = useResource<{ corpora: Corpus[] }>('/api/corpora').data?.corpora;
  const audits = useResource<{ audits: Audit[] }>('/api/audits').data?.audits;
  const runs = useResource<{ runs: Run[] }>('/api/runs').data?.runs;
  const sessions = useResource<{ sessions: Session[] }>('/api/sessions?limit=500').data?.sessions;
  const workflows = useResource<{ workflows: Workflow[] }>('/api/workflows').data?.workflows;
  return useMemo(() => {
    const at = (kind: string, page: string, id: string, name: string, detail: string): Entry => ({
      id: `${kind} ${id}`, kind, name, detail, run: () => go(page, id),
    });
    return [
      ...pages.map(({ page, name }) => at('page', page, '', name, '')),
      ...shortcuts
        .filter((one) => one.run && !one.keys.startsWith('g '))
        .map((one) => ({
          id: `do ${one.keys}`, kind: 'do', name: one.does, detail: one.keys,
          run: () => requestAnimationFrame(() => one.run?.()),
        })),
      ...(corpora ?? []).flatMap((one) => [
        at('ask', 'ask', one.name, `Ask ${folderName(one.root)}`, one.root),
        at('corpus', 'corpora', one.name, folderName(one.root), one.root),
      ]),
      ...(audits ?? []).map((one) => at('audit', 'audits', one.id, folderName(one.root), when(one.created))),
      ...(runs ?? []).map((one) => at('run', 'runs', one.id, titleOf(one), one.kind)),
      ...(sessions ?? []).map((one) => at('session', 'sessions', one.id, one.title || one.id, when(one.updated))),
      ...(workflows ?? []).map((one) => at('workflow', 'workflows', one.name, one.name, one.description)),
    ];
  }, [corpora, audits, runs, sessions, workflows]);
}

const shownMax = 60;

export function Palette() {
  const entries = useEntries();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const list = useMemo(
    () =>
      entries
        .map((entry) => ({ entry, score: fits(words, `${entry.kind} ${entry.name} ${entry.detail}`) }))
        .filter((one) => one.score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, shownMax)
        .map((one) => one.entry),
    [entries, words],
  );
  const now = Math.min(at, list.length - 1);
  const close = () => (paletteOpen.value = false);
  const pick = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') pick(list[now]);
    if (!step && event.key !== 'Enter') return;
    event.preventDefault();
    const next = Math.max(0, Math.min(list.length - 1, now + step));
    setAt(next);
    document.getElementById(`entry-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Dialog title="Go to, or do" onClose={close}>
      <div class="palette">
        <input
          class="input"
          data-first
          role="combobox"
          aria-label="Go to, or do"
          aria-expanded="true"
          aria-controls="entries"
          aria-activedescendant={list.length > 0 ? `entry-${now}` : undefined}
          placeholder="A few letters of a page, corpus, audit, run, session, workflow"
          value={words}
          onInput={(event) => {
            setWords(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div class="entries" id="entries" role="listbox" aria-label="Entries">
          {list.map((entry, index) => (
            <div
              key={entry.id}
              id={`entry-${index}`}
              class="option row"
              role="option"
              aria-selected={index === now}
              onClick={() => pick(entry)}
            >
              <span class="kind muted xs">{entry.kind}</span>
              <span class="clip">{entry.name}</span>
              <span class="muted small clip grow">{entry.detail}</span>
            </div>
          ))}
        </div>
        {list.length === 0 && <p class="muted small">Nothing has these letters.</p>}
      </div>
    </Dialog>
  );
}
