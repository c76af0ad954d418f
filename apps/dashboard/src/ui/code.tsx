// SPDX-License-Identifier: Apache-2.0
// A few lines of a file with their numbers; some of them marked. Whole files are file_pane.tsx's.
import { useMemo } from 'preact/hooks';
import { highlightLines } from '../lib/highlight';

export interface Marked {
  start: number;
  end: number;
}

export function Line(props: { number: number; html: string; marked: Marked[] }) {
  const hit = props.marked.some((m) => props.number >= m.start && props.number <= m.end);
  return (
    <div class={hit ? 'cline hit' : 'cline'}>
      <b>{props.number}</b>
      <span dangerouslySetInnerHTML={{ __html: props.html || ' ' }} />
    </div>
  );
}

interface Props {
  path: string;
  lines: string[];
  firstLine: number;
  marked: Marked[];
}

export function Code({ path, lines, firstLine, marked }: Props) {
  const html = useMemo(() => highlightLines(lines, path), [lines, path]);
  return (
    <div class="code" tabIndex={0} role="group" aria-label={`Lines of ${path}`}>
      {html.map((line, index) => (
        <Line key={firstLine + index} number={firstLine + index} html={line} marked={marked} />
      ))}
    </div>
  );
}
