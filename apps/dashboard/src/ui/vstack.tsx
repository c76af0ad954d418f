// SPDX-License-Identifier: Apache-2.0
// A conversation of any length: parts of different heights below each other, of which only those in sight exist. Each is
// measured when it is drawn.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useVirtual } from './vlist';

interface Props<T> {
  label: string;
  items: T[];
  guess: number; // height of a part that was not drawn yet
  keyOf: (item: T) => string;
  part: (item: T) => ComponentChildren;
  toEnd?: boolean; // begins at its end
}

export function VirtualStack<T>(props: Props<T>) {
  const { scroll, virtual } = useVirtual(props.items.length, props.guess, 4);
  useEffect(() => {
    if (props.toEnd) virtual.scrollToIndex(props.items.length - 1, { align: 'end' });
  }, [props.items.length]);
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
