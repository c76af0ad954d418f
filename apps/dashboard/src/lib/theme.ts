// SPDX-License-Identifier: Apache-2.0
// Light, dark, or what the system says. The choice stays on this machine.
import { effect, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';
const key = 'fathom.theme';

function stored(): Theme {
  const value = localStorage.getItem(key);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export const theme = signal<Theme>(stored());
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const system = signal(systemDark.matches);
systemDark.addEventListener('change', (event) => (system.value = event.matches));

export const dark = signal(false);

effect(() => {
  dark.value = theme.value === 'dark' || (theme.value === 'system' && system.value);
  document.documentElement.dataset.theme = dark.value ? 'dark' : 'light';
  localStorage.setItem(key, theme.value);
});

export function nextTheme(): void {
  const order: Theme[] = ['system', 'light', 'dark'];
  theme.value = order[(order.indexOf(theme.value) + 1) % order.length] ?? 'system';
}

// A colour of the design system, for drawing on a canvas.
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
