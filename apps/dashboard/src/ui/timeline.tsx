// SPDX-License-Identifier: Apache-2.0
// A run over time: one lane for each kind of work. Zoom with the wheel, the buttons or + and -; drag or scroll to move.
// The table below it says the same in words. Only what is in sight is drawn, and of spans that are narrower than a pixel
// one stands for its neighbours, so that a run of many thousand steps stays quick.
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

// The part of the run that is in sight, in seconds, with as much again to each side.
interface Sight {
  from: number;
  to: number;
  pixel: number; // how long one lasts
}

function Ticks({ seconds, zoom, sight }: { seconds: number; zoom: number; sight: Sight }) {
  const step = tickStep(seconds, 8 * zoom);
  const first = Math.max(0, Math.floor(sight.from / step));
  const last = Math.floor(Math.min(seconds, sight.to) / step);
  const marks = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
  return (
    <div class="ticks" aria-hidden="true">
      {marks.map((at) => (
        <span key={at} style={{ left: `${(100 * at) / seconds}%` }}>
          {at === 0 ? '0' : duration(at)}
        </span>
      ))}
    </div>
  );
}

// The spans of a lane that are drawn, with their places in the model.
export function drawn(spans: Span[], lane: Lane, now: number, sight: Sight, picked: number): number[] {
  const list: number[] = [];
  let end = -Infinity;
  spans.forEach((span, index) => {
    const to = span.open ? now : span.end;
    if (span.lane !== lane || span.start > sight.to || to < sight.from) return;
    if (to < end + sight.pixel && index !== picked && !span.wasted) return;
    list.push(index);
    end = Math.max(end, to);
  });
  return list;
}

interface Props {
  model: RunModel;
  picked: number;
  onPick: (index: number) => void;
}

export function Timeline({ model, picked, onPick }: Props) {
  const [zoom, setZoom] = useState(1);
  const view = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, width: 0 });
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
    const look = () => element && setPlace({ left: element.scrollLeft, width: element.clientWidth });
    const watch = new ResizeObserver(look);
    if (element) watch.observe(element);
    element?.addEventListener('wheel', wheel, { passive: false });
    element?.addEventListener('scroll', look);
    return () => {
      watch.disconnect();
      element?.removeEventListener('wheel', wheel);
      element?.removeEventListener('scroll', look);
    };
  }, []);
  const pixel = seconds / Math.max(1, place.width * zoom);
  const sight = {
    from: (place.left - place.width) * pixel, to: (place.left + 2 * place.width) * pixel, pixel,
  };

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
            <Ticks seconds={seconds} zoom={zoom} sight={sight} />
            {lanes.map(({ lane }) => (
              <div key={lane} class="lane">
                {drawn(model.spans, lane, model.seconds, sight, picked).map((index) => (
                  <SpanBar
                    key={index}
                    span={model.spans[index]!}
                    now={model.seconds}
                    whole={seconds}
                    picked={picked === index}
                    onPick={() => onPick(index)}
                  />
                ))}
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
