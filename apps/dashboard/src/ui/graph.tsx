// SPDX-License-Identifier: Apache-2.0
// Steps and what they need, laid out in layers from left to right.
import dagre from '@dagrejs/dagre';
import { useMemo } from 'preact/hooks';

export interface Step {
  id: string;
  kind: string;
  needs: string[];
}

type State = { state: string; done: number; all: number };
const said = (state: State | undefined): string =>
  state ? ` · ${state.state}${state.all > 1 ? ` ${state.done} of ${state.all}` : ''}` : '';

const nodeWidth = 168;
const nodeHeight = 46;
const leastScale = 0.8; // smaller, and words are hard to read: then it scrolls

interface Point {
  x: number;
  y: number;
}

export interface Placed {
  step: Step;
  x: number;
  y: number;
}

export interface Drawing {
  width: number;
  height: number;
  nodes: Placed[];
  edges: { from: string; to: string; path: string }[];
}

export function layoutSteps(steps: Step[]): Drawing {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 56, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(steps.map((step) => step.id));
  for (const step of steps) graph.setNode(step.id, { width: nodeWidth, height: nodeHeight });
  for (const step of steps) {
    for (const need of step.needs) if (known.has(need)) graph.setEdge(need, step.id);
  }
  dagre.layout(graph);
  const nodes = steps.map((step) => {
    const { x, y } = graph.node(step.id);
    return { step, x: x - nodeWidth / 2, y: y - nodeHeight / 2 };
  });
  const edges = graph.edges().map(({ v, w }) => {
    const points = graph.edge({ v, w }).points ?? [];
    const path = (points as Point[]).map(
      (p, i) => `${i === 0 ? 'M' : 'L'}${p.x.toFixed(1)} ${p.y.toFixed(1)}`,
    );
    return { from: v, to: w, path: path.join(' ') };
  });
  const { width = 0, height = 0 } = graph.graph();
  return { width, height, nodes, edges };
}

interface GraphProps {
  steps: Step[];
  states: Map<string, State>;
  picked?: string;
  onPick?: (id: string) => void; // a mouse's short cut: the list of steps does the same
}

export function StepGraph({ steps, states, picked, onPick }: GraphProps) {
  const drawing = useMemo(() => layoutSteps(steps), [steps]);
  const inWords = steps
    .map(
      (step) =>
        `${step.id} (${step.kind}${said(states.get(step.id))})` +
        (step.needs.length ? ` after ${step.needs.join(', ')}` : ''),
    )
    .join('; ');
  return (
    <div class="graph" tabIndex={0} role="region" aria-label="Graph of the steps, scrolls">
      <svg
        style={{ maxWidth: `${drawing.width}px`, minWidth: `${leastScale * drawing.width}px` }}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        role="img"
        aria-label={`Steps: ${inWords}`}
      >
        {drawing.edges.map((edge) => (
          <path key={`${edge.from} ${edge.to}`} class="edge" d={edge.path} />
        ))}
        {drawing.nodes.map(({ step, x, y }) => (
          <g
            key={step.id}
            class={`node ${states.get(step.id)?.state ?? ''}${picked === step.id ? ' picked' : ''}`}
            transform={`translate(${x} ${y})`}
            onClick={() => onPick?.(step.id)}
          >
            <rect width={nodeWidth} height={nodeHeight} rx="5" />
            <text x="12" y="19" class="name">
              {step.id.length > 22 ? `${step.id.slice(0, 21)}…` : step.id}
            </text>
            <text x="12" y="35" class="kind">
              {step.kind}
              {said(states.get(step.id))}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
