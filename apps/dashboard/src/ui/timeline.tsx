// SPDX-License-Identifier: Apache-2.0
// A run over time: one lane for each kind of work. Zoom with the wheel, the buttons or + and -; drag or scroll to move.
// The table below it says the same in words.
import { useEffect, useRef, useState } from 'preact/hooks';
import { duration, thousands } from '../lib/format';
import { secondsByLane, type Lane, type RunModel, type Span } from '../lib/run_model';
import { Icon } from './icons';

const lanes: { lane: Lane; name: string }[] = [
  { lane: 'waits', name: 'Waits' },
  { lane: 'corpus', name: 'Corpus' },
  { lane: 'prefill', name: 'Prefill' },
  { lane: 'thinking', name: 'Thinking' },
  { lane: 'tokens', name: 'Tokens' },
  { lane: 'tools', name: 'Tools' },
];

const zoomMax = 400;

// A round step that gives about `wanted` marks.
export function tickStep(seconds: number, wanted: number): number {
  const rough = Math.max(seconds, 1e-3) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((n) => n * power).find((step) => step >= rough) ?? power * 10;
}

function Ticks({ seconds, zoom }: { seconds: number; zoom: number }) {
  const step = tickStep(seconds, 8 * zoom);
  const marks = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
  return (
    <div class="ticks" aria-hidden="true">
      {marks.slice(0, 4000).map((at) => (
        <span key={at} style={{ left: `${(100 * at) / seconds}%` }}>
          {at === 0 ? '0' : duration(at)}
        </span>
      ))}
    </div>
  );
}

interface Props {
  model: RunModel;
  picked: number;
  onPick: (index: number) => void;
}

export function Timeline({ model, picked, onPick }: Props) {
  const [zoom, setZoom] = useState(1);
  const view = useRef<HTMLDivElement>(null);
  const seconds = Math.max(model.seconds, 0.001) * 1.01;
  const change = (factor: number) =>
    setZoom((value) => Math.min(zoomMax, Math.max(1, value * factor)));

  useEffect(() => {
    const element = view.current;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return; // plain scrolling stays scrolling
      event.preventDefault();
      change(event.deltaY < 0 ? 1.25 : 0.8);
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  }, []);

  const sums = secondsByLane(model);
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="row toolbar">
        <span class="muted small grow">
          {duration(model.seconds)} in all
          {zoom > 1 && ` · ${zoom.toFixed(zoom < 10 ? 1 : 0)}×`}
        </span>
        <button type="button" class="btn quiet small" data-zoom-out aria-label="Zoom out" onClick={() => change(0.5)}>
          <Icon name="zoomOut" />
        </button>
        <button type="button" class="btn quiet small" data-zoom-in aria-label="Zoom in" onClick={() => change(2)}>
          <Icon name="zoomIn" />
        </button>
        <button type="button" class="btn quiet small" disabled={zoom === 1} onClick={() => setZoom(1)}>
          Whole run
        </button>
      </div>
      <div class="lanes">
        <div class="lane-names">
          {lanes.map(({ lane, name }) => (
            <div key={lane}>
              <span>{name}</span>
              <span class="muted xs">{sums.has(lane) ? duration(sums.get(lane) ?? 0) : ''}</span>
            </div>
          ))}
        </div>
        <div class="lane-view" ref={view} tabIndex={0} role="region" aria-label="Timeline, scrolls">
          <div class="lane-space" style={{ width: `${100 * zoom}%` }}>
            <Ticks seconds={seconds} zoom={zoom} />
            {lanes.map(({ lane }) => (
              <div key={lane} class="lane">
                {model.spans.map((span, index) =>
                  span.lane === lane ? (
                    <SpanBar
                      key={index}
                      span={span}
                      now={model.seconds}
                      whole={seconds}
                      picked={picked === index}
                      onPick={() => onPick(index)}
                    />
                  ) : null,
                )}
              </div>
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}

interface BarProps {
  span: Span;
  now: number;
  whole: number;
  picked: boolean;
  onPick: () => void;
}

function SpanBar({ span, now, whole, picked, onPick }: BarProps) {
  const end = span.open ? now : span.end;
  const tokens = span.tokens ? `, ${thousands(span.tokens)} tokens` : '';
  const title = `${span.label}: ${duration(end - span.start)}${tokens}${span.wasted ? ` — ${span.wasted}` : ''}`;
  return (
    <button
      type="button"
      class={`span ${span.lane}${span.wasted ? ' wasted' : ''}`}
      title={title}
      aria-label={title}
      aria-pressed={picked}
      style={{
        left: `${(100 * span.start) / whole}%`,
        width: `${(100 * (end - span.start)) / whole}%`,
      }}
      onClick={onPick}
    />
  );
}
