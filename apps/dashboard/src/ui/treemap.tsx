// SPDX-License-Identifier: Apache-2.0
// Files as rectangles, as large as their tokens are many, coloured by what one asks about them.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PlanFile } from '../api/types';
import { count, short, thousands } from '../lib/format';
import { cellsMax, heatOf, layout } from '../lib/treemap';

export type Colour = 'changes' | 'cited' | 'window';

function useSize() {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => {
      if (!entry) return;
      setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return { box, ...size };
}

interface MapProps {
  files: PlanFile[];
  cited: Map<string, number>; // citations by path
  colour: Colour;
  words: string;
  onOpen: (path: string) => void;
}

export function Treemap({ files, cited, colour, words, onOpen }: MapProps) {
  const { box, width, height } = useSize();
  const cells = useMemo(() => layout(files, width, height), [files, width, height]);
  const heat = useMemo(
    () => heatOf(files, (file) => (colour === 'cited' ? (cited.get(file.path) ?? 0) : file.changes)),
    [files, cited, colour],
  );
  const fits = (path: string) => !words || path.toLowerCase().includes(words.toLowerCase());
  const tone = (file: PlanFile) =>
    colour === 'window' ? (file.window === 0 ? 1 : 4) : (heat.get(file.path) ?? 0);
  return (
    <div class="treemap" ref={box} role="group" aria-label="Tokens by file">
      {width > 0 &&
        cells.map((cell) => {
          const place = {
            left: `${cell.x}px`, top: `${cell.y}px`,
            width: `${cell.width}px`, height: `${cell.height}px`,
          };
          if (!cell.file) {
            return (
              <div key={`d ${cell.path}`} class="folder" style={place} aria-hidden="true">
                {cell.height > 40 && cell.width > 44 && <span class="clip">{cell.name}</span>}
              </div>
            );
          }
          const { file } = cell;
          // What is seen comes first, so that it can be spoken to.
          const said =
            `${cell.name} ${short(file.tokens)} tokens, ${count(file.changes, 'change')}, ` +
            `${count(cited.get(file.path) ?? 0, 'citation')}, ${file.path}`;
          return (
            <button
              key={cell.path}
              type="button"
              class={`cell heat-${tone(file)}${fits(file.path) ? '' : ' dim'}`}
              style={place}
              title={said}
              aria-label={said}
              onClick={() => onOpen(file.path)}
            >
              {cell.width > 46 && cell.height > 18 && <span class="clip">{cell.name}</span>}{' '}
              {cell.width > 46 && cell.height > 34 && <span class="xs">{short(file.tokens)}</span>}
            </button>
          );
        })}
    </div>
  );
}

interface LegendProps {
  colour: Colour;
  files: number;
  onPick: (colour: Colour) => void;
}

export function Legend({ colour, files, onPick }: LegendProps) {
  return (
    <div class="row wrap small">
      {files > cellsMax && <span class="muted">the {thousands(cellsMax)} largest</span>}
      <label class="row">
        <span class="muted">Colour</span>
        <select
          class="input pick"
          value={colour}
          onChange={(event) => onPick(event.currentTarget.value as Colour)}
        >
          <option value="changes">how often it changes</option>
          <option value="cited">how often it is cited</option>
          <option value="window">in the context or beyond</option>
        </select>
      </label>
      {colour !== 'window' ? (
        <span class="row muted">
          {colour === 'changes' ? 'still' : 'never'}
          {[0, 1, 2, 3, 4].map((step) => (
            <i key={step} class={`swatch heat-${step}`} />
          ))}
          often
        </span>
      ) : (
        <span class="row muted">
          <i class="swatch heat-1" /> in the context <i class="swatch heat-4" /> beyond it
        </span>
      )}
    </div>
  );
}
