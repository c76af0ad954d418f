// SPDX-License-Identifier: Apache-2.0
// Text of a model or a tool, a page at a time: a million tokens would hold the browser up when drawn at once.
import { useMemo, useState } from 'preact/hooks';
import { thousands } from '../lib/format';
import { markdown } from '../lib/markdown';

const pageSigns = 20_000;

// Where a page ends: at the last line's end before the limit, when there is one.
function cut(text: string, signs: number): string {
  if (text.length <= signs) return text;
  const end = text.lastIndexOf('\n', signs);
  return text.slice(0, end > signs / 2 ? end : signs);
}

function More({ left, onMore }: { left: number; onMore: () => void }) {
  if (left <= 0) return null;
  return (
    <p class="small">
      <button type="button" class="link" onClick={onMore}>
        Show more
      </button>{' '}
      <span class="muted">{thousands(left)} signs are left</span>
    </p>
  );
}

export function Prose({ text }: { text: string }) {
  const [pages, setPages] = useState(1);
  const shown = cut(text, pages * pageSigns);
  const html = useMemo(() => markdown(shown), [shown]);
  return (
    <>
      <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />
      <More left={text.length - shown.length} onMore={() => setPages(pages * 2)} />
    </>
  );
}

// As it stands: what a tool gave, or the arguments of a call.
export function Plain({ text, label }: { text: string; label: string }) {
  const [pages, setPages] = useState(1);
  const shown = cut(text, pages * pageSigns);
  return (
    <>
      <pre class="args" tabIndex={0} role="group" aria-label={label}>
        {shown}
      </pre>
      <More left={text.length - shown.length} onMore={() => setPages(pages * 2)} />
    </>
  );
}

// What is being written now: its end, since that is what one reads; all of it stands there once it is done.
export function Growing({ text }: { text: string }) {
  const tail = text.length > pageSigns ? `…${text.slice(-pageSigns)}` : text;
  return <pre class="plain">{tail}</pre>;
}
