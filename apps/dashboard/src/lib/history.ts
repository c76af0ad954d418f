// SPDX-License-Identifier: Apache-2.0
// Counters over time: what the Engine page has seen since the tab was opened.
import { signal } from '@preact/signals';
import { getText, token } from '../api/client';
import { parseMetrics, total, type Sample } from './metrics';

export interface Point {
  at: number; // seconds since 1970
  samples: Sample[];
}

const pointsMax = 600; // twenty minutes
const everyMs = 2000;

export const points = signal<Point[]>([]);
export const metricsError = signal('');

let timer = 0;

async function measure(): Promise<void> {
  if (document.hidden || !token.value) return;
  try {
    const samples = parseMetrics(await getText('/metrics'));
    points.value = [...points.value, { at: Date.now() / 1000, samples }].slice(-pointsMax);
    metricsError.value = '';
  } catch (error) {
    metricsError.value = (error as Error).message;
  }
}

// Measures while somebody looks; the points stay when they leave.
export function watchMetrics(): () => void {
  void measure();
  timer = window.setInterval(() => void measure(), everyMs);
  return () => clearInterval(timer);
}

export const latest = (name: string): number | undefined => {
  const last = points.value[points.value.length - 1];
  return last && total(last.samples, name);
};

// A counter's growth a second between neighbours; a fall means that the server was started anew.
export function rates(name: string): (number | null)[] {
  return points.value.map((point, index) => {
    const before = points.value[index - 1];
    if (!before) return null;
    const grown = (total(point.samples, name) ?? 0) - (total(before.samples, name) ?? 0);
    return grown < 0 ? null : grown / (point.at - before.at);
  });
}

export const gauges = (name: string): (number | null)[] =>
  points.value.map((point) => total(point.samples, name) ?? null);
