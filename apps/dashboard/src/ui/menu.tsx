// SPDX-License-Identifier: Apache-2.0
// A button that opens a list of things to do. (A <select> does not serve: its arrow keys would do each thing they pass.)
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons';

export interface Choice {
  id: string;
  label: string;
}

interface Props {
  label: string;
  choices: Choice[];
  onPick: (id: string) => void;
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

export function Menu({ label, choices, onPick }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const items = () => [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const close = () => {
    setOpen(false);
    box.current?.querySelector<HTMLElement>('button')?.focus();
  };
  useEffect(() => {
    if (!open) return undefined;
    items()[0]?.focus();
    const outside = (event: Event) => box.current?.contains(event.target as Node) || setOpen(false);
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = steps[event.key];
    if (step !== undefined) all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
    else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="menu" ref={box} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="btn"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="down" />
        {label}
      </button>
      {open && (
        <div role="menu" aria-label={label} class="menu-list">
          {choices.map((choice) => (
            <button
              key={choice.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                onPick(choice.id);
              }}
            >
              {choice.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
