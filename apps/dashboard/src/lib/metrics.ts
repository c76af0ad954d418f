// SPDX-License-Identifier: Apache-2.0
// Prometheus' text format: samples with their labels. Lines that are none are left out.

export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const label = /([a-zA-Z_]\w*)="((?:\\.|[^"\\])*)"/g;
const unescape = (text: string): string =>
  text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

export function parseMetrics(text: string): Sample[] {
  const samples: Sample[] = [];
  for (const line of text.split('\n')) {
    const match = line.startsWith('#') ? null : sampleLine.exec(line.trim());
    if (!match?.[1] || !match[3]) continue;
    const value = match[3] === '+Inf' ? Infinity : Number(match[3]);
    if (Number.isNaN(value)) continue;
    const labels: Record<string, string> = {};
    for (const [, name, raw] of (match[2] ?? '').matchAll(label)) {
      if (name) labels[name] = unescape(raw ?? '');
    }
    samples.push({ name: match[1], labels, value });
  }
  return samples;
}

// The sum over all label sets of one name; undefined when there is none.
export function total(samples: Sample[], name: string): number | undefined {
  const found = samples.filter((sample) => sample.name === name);
  return found.length ? found.reduce((sum, sample) => sum + sample.value, 0) : undefined;
}

// The value below which a share of the observations of a histogram lies, by its buckets' upper ends; over all label sets.
export function quantile(samples: Sample[], name: string, share: number): number | undefined {
  const sums = new Map<number, number>();
  for (const sample of samples) {
    if (sample.name !== `${name}_bucket`) continue;
    const le = Number(sample.labels.le?.replace('+Inf', 'Infinity'));
    sums.set(le, (sums.get(le) ?? 0) + sample.value);
  }
  const buckets = [...sums].map(([le, n]) => ({ le, n })).sort((a, b) => a.le - b.le);
  const all = buckets[buckets.length - 1]?.n ?? 0;
  if (all === 0) return undefined;
  return buckets.find((bucket) => bucket.n >= share * all)?.le;
}
