// SPDX-License-Identifier: Apache-2.0
// A conversation of any length: parts of different heights below each other, of which only those in sight exist. Each is
// measured when it is drawn.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useVirtual } from './vlist';

interface Props<T> {
  label: string;
  items: T[];
  guess: number; // height of a part that was not drawn yet
  keyOf: (item: T) => string;
  part: (item: T) => ComponentChildren;
  toEnd?: boolean; // begins at its end, and stays there until somebody scrolls away
}

const nearPixels = 24;

// Keeps the end in sight when parts are added and when the box becomes smaller, for one who was at the end before.
function useEnd(scroll: { current: HTMLDivElement | null }, count: number, toLast: () => void): void {
  const near = useRef(true);
  const last = useRef(toLast);
  last.current = toLast;
  useEffect(() => {
    if (near.current) last.current();
  }, [count]);
  useEffect(() => {
    const element = scroll.current;
    if (!element) return undefined;
    const look = () => {
      near.current = element.scrollTop + element.clientHeight >= element.scrollHeight - nearPixels;
    };
    const watch = new ResizeObserver(() => near.current && last.current());
    watch.observe(element);
    element.addEventListener('scroll', look);
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
}

export function VirtualStack<T>(props: Props<T>) {
  const { scroll, virtual } = useVirtual(props.items.length, props.guess, 4);
  useEnd(scroll, props.items.length, () => {
    if (props.toEnd) virtual.scrollToIndex(props.items.length - 1, { align: 'end' });
  });
  return (
    <div ref={scroll} class="vstack" role="log" tabIndex={0} aria-label={props.label}>
      <div class="space" style={{ height: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map((place) => {
          const item = props.items[place.index];
          if (item === undefined) return null;
          return (
            <div
              key={props.keyOf(item)}
              ref={(element) => virtual.measureElement(element)}
              data-index={place.index}
              class="vpart"
              style={{ transform: `translateY(${place.start}px)` }}
            >
              {props.part(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
