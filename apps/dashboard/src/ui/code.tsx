// SPDX-License-Identifier: Apache-2.0
// Lines of a file with their numbers; some of them marked. Long files are virtualised.
import { useEffect, useMemo } from 'preact/hooks';
import { highlightLines } from '../lib/highlight';
import { useVirtual } from './vlist';

export interface Marked {
  start: number;
  end: number;
}

interface Props {
  path: string;
  lines: string[];
  firstLine: number;
  marked: Marked[];
  tall?: boolean; // takes the height it is given and scrolls to the mark
}

export function Code(props: Props) {
  const html = useMemo(() => highlightLines(props.lines, props.path), [props.lines, props.path]);
  return props.tall ? <Tall {...props} html={html} /> : <Short {...props} html={html} />;
}

type Drawn = Props & { html: string[] };

function Line(props: { number: number; html: string; marked: Marked[] }) {
  const hit = props.marked.some((m) => props.number >= m.start && props.number <= m.end);
  return (
    <div class={hit ? 'cline hit' : 'cline'}>
      <b>{props.number}</b>
      <span dangerouslySetInnerHTML={{ __html: props.html || ' ' }} />
    </div>
  );
}

function Short(props: Drawn) {
  return (
    <div class="code" tabIndex={0} role="region" aria-label={`Lines of ${props.path}`}>
      {props.html.map((html, index) => {
        const number = props.firstLine + index;
        return <Line key={number} number={number} html={html} marked={props.marked} />;
      })}
    </div>
  );
}

function Tall(props: Drawn) {
  const { scroll, virtual } = useVirtual(props.html.length, 20, 30);
  const first = props.marked[0]?.start ?? 0;
  useEffect(() => {
    if (first > 0) virtual.scrollToIndex(first - props.firstLine, { align: 'center' });
  }, [props.path, first, props.html.length]);
  return (
    <div ref={scroll} class="code tall" tabIndex={0} role="region" aria-label={props.path}>
      <div style={{ height: `${virtual.getTotalSize()}px`, position: 'relative' }}>
        {virtual.getVirtualItems().map((place) => (
          <div
            key={place.index}
            class="vline"
            style={{ transform: `translateY(${place.start}px)` }}
          >
            <Line
              number={props.firstLine + place.index}
              html={props.html[place.index] ?? ''}
              marked={props.marked}
            />
          </div>
        ))}
      </div>
    </div>
  );
}
