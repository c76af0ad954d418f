// SPDX-License-Identifier: Apache-2.0
// The steps of a workflow's run: as they are kept, with what the events of the run that carries it tell since.
import type { WorkflowStep } from '../api/types';

export interface FlowStep {
  step: string;
  instance: number; // of the matrix, from 0
  state: string;
  kind?: string;
  matrix?: unknown;
  output?: unknown;
  error?: string;
  question?: string;
  taintedBy: string[];
  session?: string;
  keptFrom?: string;
  tokens?: { computed: number; saved: number };
  text: string; // what its agent writes now
  stage?: string;
  done?: number;
  total?: number;
}

export type Flow = Map<string, FlowStep>;

type Data = Record<string, unknown>;
const word = (value: unknown): string => (typeof value === 'string' ? value : '');
const size = (value: unknown): number => (typeof value === 'number' ? value : 0);
const keyOf = (step: string, instance: number): string => `${step}/${instance}`;

function tokensOf(value: unknown): FlowStep['tokens'] {
  if (!value || typeof value !== 'object') return undefined;
  const usage = value as Data;
  return { computed: size(usage.prefilled) + size(usage.output), saved: size(usage.cached) };
}

function at(flow: Flow, data: Data): FlowStep {
  const step = word(data.step);
  const instance = size(data.instance);
  const known = flow.get(keyOf(step, instance));
  const made = known ? { ...known } : { step, instance, state: 'running', taintedBy: [], text: '' };
  flow.set(keyOf(step, instance), made);
  return made;
}

const states: Record<string, string> = {
  'step.started': 'running', 'step.kept': 'done', 'step.done': 'done', 'step.failed': 'failed',
  'step.skipped': 'skipped', 'step.waiting': 'waiting', 'step.asked': 'waiting',
  'step.answered': 'running', 'step.paused': 'paused', 'step.cut': 'cut',
};

// An event whose type begins with "step.", or "progress" of a step.
export function tellFlow(flow: Flow, type: string, data: Data): void {
  const step = at(flow, data);
  if (type === 'progress') {
    step.stage = word(data.stage);
    step.done = size(data.done);
    step.total = size(data.total);
    return;
  }
  step.state = states[type] ?? step.state;
  if (data.kind && type === 'step.started') step.kind = word(data.kind);
  if (data.matrix) step.matrix = data.matrix;
  if ('output' in data) step.output = data.output;
  if (data.error || data.reason) step.error = word(data.error) || word(data.reason);
  if (data.question) step.question = word(data.question);
  if (type === 'step.kept') step.keptFrom = word(data.run);
  if (Array.isArray(data.tainted_by)) step.taintedBy = data.tainted_by.map(String);
  const tokens = tokensOf(data.usage);
  if (tokens) step.tokens = tokens;
  if (type === 'step.done') step.text = '';
}

// What an agent of a step writes.
export function tellText(flow: Flow, data: Data, text: string): void {
  at(flow, data).text += text;
}

function kept(step: WorkflowStep): FlowStep {
  return {
    step: step.step, instance: step.instance, state: step.state, matrix: step.matrix, output: step.output,
    error: step.error, taintedBy: step.tainted_by, session: step.session, keptFrom: step.kept_from,
    tokens: tokensOf(step.usage), text: '',
  };
}

// In the order in which they began; what an event told stands before what was kept when it was asked for.
export function stepsOf(steps: WorkflowStep[], told: Flow): FlowStep[] {
  const all: Flow = new Map(steps.map((step) => [keyOf(step.step, step.instance), kept(step)]));
  for (const [key, step] of told) {
    const before = all.get(key);
    all.set(key, { ...before, ...step, session: before?.session || step.session });
  }
  return [...all.values()];
}

const order = ['failed', 'cut', 'waiting', 'paused', 'running', 'done', 'skipped'];

// The state of a step over all its instances, and how many of them are done.
export function statesOf(steps: FlowStep[]): Map<string, { state: string; done: number; all: number }> {
  const found = new Map<string, { state: string; done: number; all: number }>();
  for (const { step, state } of steps) {
    const now = found.get(step);
    const worst = !now || order.indexOf(state) < order.indexOf(now.state) ? state : now.state;
    found.set(step, {
      state: worst, done: (now?.done ?? 0) + (state === 'done' ? 1 : 0), all: (now?.all ?? 0) + 1,
    });
  }
  return found;
}
