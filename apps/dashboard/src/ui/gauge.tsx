// SPDX-License-Identifier: Apache-2.0
// The context as one bar: what fills it, and what is free.
import { percent, short, thousands } from '../lib/format';

export interface Segment {
  kind: 'corpus' | 'tools' | 'history' | 'thinking' | 'text' | 'free';
  name: string;
  tokens: number;
}

// `window`: all tokens there are room for. What the segments leave is free.
export function Gauge({ segments, window }: { segments: Segment[]; window: number }) {
  const used = segments.reduce((sum, one) => sum + one.tokens, 0);
  const free: Segment = { kind: 'free', name: 'free', tokens: Math.max(0, window - used) };
  const all = [...segments, free].filter((one) => one.tokens > 0 || one.kind === 'free');
  const whole = Math.max(window, used, 1);
  const said = all.map((one) => `${one.name} ${thousands(one.tokens)}`).join(', ');
  return (
    <figure class="gauge">
      <div class="gauge-bar" role="img" aria-label={`Context of ${thousands(window)} tokens: ${said}`}>
        {all.map((one) => (
          <i
            key={one.kind}
            class={`seg ${one.kind}`}
            title={`${one.name}: ${thousands(one.tokens)} tokens`}
            style={{ width: `${(100 * one.tokens) / whole}%` }}
          />
        ))}
      </div>
      <figcaption class="legend">
        {all.map((one) => (
          <span key={one.kind}>
            <i class={`swatch ${one.kind}`} />
            {one.name} <b>{short(one.tokens)}</b> <span class="muted">{percent(one.tokens, whole)}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
