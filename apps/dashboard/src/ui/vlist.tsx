// SPDX-License-Identifier: Apache-2.0
// A list of any length: only the rows in sight exist. A listbox for the keyboard: arrows, j, k, Home and End move,
// Enter opens.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef } from 'preact/hooks';

// `head`: the height of what stays above the rows within the scrolled box.
export function useVirtual(count: number, rowHeight: number, overscan = 6, head = 0) {
  const scroll = useRef<HTMLDivElement>(null);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollPaddingStart: head,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(0),
  };
  const virtual = useRef<Virtualizer<HTMLDivElement, HTMLDivElement>>();
  virtual.current ??= new Virtualizer<HTMLDivElement, HTMLDivElement>(options);
  virtual.current.setOptions(options);
  useLayoutEffect(() => virtual.current?._didMount(), []);
  useLayoutEffect(() => virtual.current?._willUpdate());
  return { scroll, virtual: virtual.current };
}

interface Props<T> {
  label: string;
  items: T[];
  rowHeight: number;
  selected: string;
  keyOf: (item: T) => string;
  onPick: (item: T) => void;
  onOpen?: (item: T) => void;
  row: (item: T) => ComponentChildren;
}

const steps: Record<string, number> = {
  ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: 10, PageUp: -10,
  Home: -Infinity, End: Infinity,
};

export function VirtualList<T>(props: Props<T>) {
  const { scroll, virtual } = useVirtual(props.items.length, props.rowHeight);
  const at = props.items.findIndex((item) => props.keyOf(item) === props.selected);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, props.items.length]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = props.items[at];
    if (event.key === 'Enter' && item) (props.onOpen ?? props.onPick)(item);
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(props.items.length - 1, Math.max(0, at < 0 ? 0 : at + step));
    const picked = props.items[next];
    if (picked) props.onPick(picked);
  };
  const option = (key: string) => `option-${key}`;
  return (
    <div
      ref={scroll}
      class="vlist"
      role="listbox"
      tabIndex={0}
      data-list
      aria-label={props.label}
      aria-activedescendant={at >= 0 ? option(props.selected) : undefined}
      onKeyDown={onKeyDown}
    >
      <div class="space" role="presentation" style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map((place) => {
          const item = props.items[place.index];
          if (!item) return null;
          const key = props.keyOf(item);
          return (
            <div
              key={key}
              id={option(key)}
              class="option"
              role="option"
              aria-selected={key === props.selected}
              aria-setsize={props.items.length}
              aria-posinset={place.index + 1}
              style={{ height: `${place.size}px`, transform: `translateY(${place.start}px)` }}
              onClick={() => props.onPick(item)}
              onDblClick={() => props.onOpen?.(item)}
            >
              {props.row(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
