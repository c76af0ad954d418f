// SPDX-License-Identifier: Apache-2.0
// A small time series on uPlot. Drawn anew when the theme changes, since a canvas has no style sheet.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { colour, dark } from '../lib/theme';

export interface Series {
  name: string;
  colour: string; // name of a variable of tokens.css
  values: (number | null)[];
}

interface Props {
  label: string;
  times: number[]; // seconds since 1970
  series: Series[];
  height: number;
  format: (value: number) => string;
}

function optionsOf(props: Props, width: number): uPlot.Options {
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: `11px ${colour('--font')}`,
  };
  return {
    width,
    height: props.height,
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    legend: { show: false },
    padding: [8, 8, 0, 0],
    scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      { ...axis, size: 26, space: 90, values: (_, at) => at.map(clock) },
      { ...axis, size: 44, space: 34, values: (_, at) => at.map(props.format) },
    ],
    series: [
      {},
      ...props.series.map((one) => ({
        label: one.name,
        stroke: colour(one.colour),
        width: 1.5,
        points: { show: false },
      })),
    ],
  };
}

const clock = (at: number): string =>
  new Date(at * 1000).toLocaleTimeString([], { hour12: false });

export function Chart(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const shape = `${dark.value} ${props.series.map((one) => one.name).join()} ${props.times.length > 1}`;
  const data = [props.times, ...props.series.map((one) => one.values)] as uPlot.AlignedData;

  useEffect(() => {
    const element = box.current;
    if (!element || props.times.length < 2) return undefined;
    const made = new uPlot(optionsOf(props, element.clientWidth), data, element);
    plot.current = made;
    const watch = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: props.height }),
    );
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
    };
  }, [shape]);
  useEffect(() => plot.current?.setData(data));

  const last = props.series
    .map((one) => `${one.name} ${props.format(one.values[one.values.length - 1] ?? 0)}`)
    .join(', ');
  return (
    <figure class="chart">
      <figcaption class="row small">
        <b class="grow">{props.label}</b>
        {props.series.map((one) => (
          <span key={one.name} class="row muted">
            <i class="swatch" style={{ background: `var(${one.colour})` }} />
            {one.name} {props.format(one.values[one.values.length - 1] ?? 0)}
          </span>
        ))}
      </figcaption>
      <div ref={box} class="plot" role="img" aria-label={`${props.label}: ${last}`}>
        {props.times.length < 2 && <p class="muted small">The first two measurements are on their way.</p>}
      </div>
    </figure>
  );
}
