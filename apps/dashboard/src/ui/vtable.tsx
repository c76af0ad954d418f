// SPDX-License-Identifier: Apache-2.0
// A table of any length: only the rows in sight exist, and each says which one it is of how many. Rows are links where
// they lead somewhere; arrows, j, k, Home and End move between them, Enter follows.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useVirtual } from './vlist';

export interface Column {
  name: string;
  width: string; // a track of CSS grid
  num?: boolean;
}

interface Props<T> {
  label: string;
  columns: Column[];
  items: T[];
  rowHeight: number;
  keyOf: (item: T, index: number) => string;
  cells: (item: T, index: number) => ComponentChildren[];
  hrefOf?: (item: T) => string; // of the first cell
  onPick?: (item: T, index: number) => void; // instead of a link: the first cell is a button
  picked?: (item: T, index: number) => boolean;
}

const headHeight = 30;
const steps: Record<string, number> = {
  ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 15, PageUp: -15, Home: -Infinity, End: Infinity,
};

export function VirtualTable<T>(props: Props<T>) {
  const { items } = props;
  const { scroll, virtual } = useVirtual(items.length, props.rowHeight, 6, headHeight);
  const at = useRef(-1);
  const tracks = { gridTemplateColumns: props.columns.map((column) => column.width).join(' ') };

  const focusRow = (index: number) => {
    at.current = index;
    virtual.scrollToIndex(index, { align: 'auto' });
    let tries = 0;
    const attempt = () => {
      const row = scroll.current?.querySelector<HTMLElement>(`[data-row="${index}"]`);
      if (row) row.focus({ preventScroll: true });
      else if ((tries += 1) < 20) requestAnimationFrame(attempt);
    };
    attempt();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = steps[event.key];
    if (step === undefined || items.length === 0) return;
    event.preventDefault();
    const now = (event.target as HTMLElement).dataset.row;
    const from = now === undefined ? at.current : Number(now);
    focusRow(Math.max(0, Math.min(items.length - 1, from < 0 ? 0 : from + step)));
  };
  const first = (item: T, index: number, text: ComponentChildren) =>
    props.hrefOf ? (
      <a class="cover" data-row={index} href={props.hrefOf(item)}>
        {text}
      </a>
    ) : props.onPick ? (
      <button type="button" class="link cover" data-row={index} onClick={() => props.onPick?.(item, index)}>
        {text}
      </button>
    ) : (
      text
    );
  return (
    <div
      ref={scroll}
      class="vtable"
      role="table"
      aria-label={props.label}
      aria-rowcount={items.length + 1}
      tabIndex={0}
      data-list
      onKeyDown={onKeyDown}
    >
      <div class="vhead" role="row" aria-rowindex={1} style={tracks}>
        {props.columns.map((column) => (
          <span key={column.name} role="columnheader" class={column.num ? 'num' : ''}>
            {column.name}
          </span>
        ))}
      </div>
      <div class="space" role="rowgroup" style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map((place) => {
          const item = items[place.index];
          if (item === undefined) return null;
          const picked = props.picked?.(item, place.index);
          return (
            <div
              key={props.keyOf(item, place.index)}
              class={picked ? 'vrow picked' : 'vrow'}
              role="row"
              aria-rowindex={place.index + 2}
              style={{ ...tracks, height: `${place.size}px`, transform: `translateY(${place.start}px)` }}
            >
              {props.cells(item, place.index).map((cell, column) => (
                <div key={column} role="cell" class={props.columns[column]?.num ? 'num' : ''}>
                  {column === 0 ? first(item, place.index, cell) : cell}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
