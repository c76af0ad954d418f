// SPDX-License-Identifier: Apache-2.0
// A run as its events tell it: text, thinking, result, and the spans of a timeline. Events of the server's own work
// (apps/http/openapi.yaml, RunEvent) and of an agent's steps (agent/event.h) are both understood; others change nothing.
import type { Answer, Audit, Candidate, Corpus, RunEvent, RunState } from '../api/types';
import { tellFlow, tellText, type Flow } from './flow';

export type Lane = 'corpus' | 'prefill' | 'thinking' | 'tokens' | 'tools' | 'waits';

export interface Span {
  lane: Lane;
  label: string;
  start: number; // seconds since the run was made
  end: number;
  open: boolean;
  pieces: number; // events it is made of
  tokens?: number;
  detail?: string;
  step: number; // of an agent, 0 for other runs
  call?: string;
  wasted?: string; // why what was spent here came to nothing
}

export interface Asked {
  call: string;
  name: string;
  text: string;
  answered: boolean;
}

export interface RunModel {
  state: RunState;
  seconds: number;
  last: number; // id of the last event
  stage: string;
  done: number;
  total: number;
  text: string;
  thinking: string;
  now: string; // of the text, what an agent's present step wrote
  spans: Span[];
  open: Span[]; // of them, those that go on
  asked: Asked[];
  step: number;
  error?: string;
  answer?: Answer;
  audit?: Audit;
  corpus?: Corpus;
  candidates: Candidate[]; // of an audit, as they were judged
  flow: Flow; // of a workflow
  usage?: Record<string, number>;
  counted: Record<string, number>; // of the usage, already given to spans
}

export function newRun(): RunModel {
  return {
    state: 'queued', seconds: 0, last: 0, stage: '', done: 0, total: 0, text: '', thinking: '',
    now: '', spans: [], open: [], asked: [], candidates: [], flow: new Map(), counted: {}, step: 0,
  };
}

// What any event may carry, whichever of the two it is.
type Data = Record<string, unknown>;
interface AnyEvent {
  id: number;
  type: string;
  seconds?: number;
  data?: Data;
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '');
const size = (value: unknown): number => (typeof value === 'number' ? value : 0);

const stageNames: Record<string, [Lane, string]> = {
  walk: ['corpus', 'list files'],
  pack: ['corpus', 'tokenise and pack'],
  read: ['prefill', 'read'],
  restore: ['prefill', 'restore a saved state'],
  save: ['corpus', 'save the state'],
  kept: ['corpus', 'state is kept'],
  candidates: ['tools', 'question the candidates'],
  judge: ['tools', 'question the candidates'],
  ask: ['prefill', 'read the question'],
};

export const stageText = (stage: string): string => stageNames[stage]?.[1] ?? stage;

function close(model: RunModel): void {
  for (const span of model.open) {
    span.open = false;
    span.end = Math.max(span.end, model.seconds);
  }
  model.open = [];
}

// Goes on with the open span when it is of this kind, else closes it and begins another.
function enter(model: RunModel, lane: Lane, label: string): Span {
  const open = model.open.find((span) => span.lane === lane && span.label === label);
  if (open) {
    open.end = model.seconds;
    open.pieces += 1;
    return open;
  }
  close(model);
  const at = model.seconds;
  const span = { lane, label, start: at, end: at, open: true, pieces: 1, step: model.step };
  model.spans.push(span);
  model.open.push(span);
  return span;
}

function waste(spans: Span[], why: string): void {
  for (const span of spans) span.wasted = why;
}

const callLabel = 'write a call';

type Handler = (model: RunModel, data: Data) => void;

function progress(model: RunModel, data: Data): void {
  const stage = word(data.stage);
  const [lane, label] = stageNames[stage] ?? (['corpus', stage] as [Lane, string]);
  model.state = 'running';
  model.stage = stage;
  model.done = size(data.done);
  model.total = size(data.total);
  if (data.step) tellFlow(model.flow, 'progress', data);
  const span = enter(model, lane, label);
  if (stage === 'read' || stage === 'restore') span.tokens = model.done;
}

function delta(model: RunModel, data: Data): void {
  const text = word(data.text);
  model.state = 'running';
  if (data.thinking === true) {
    model.thinking += text;
    enter(model, 'thinking', 'think');
    return;
  }
  model.text += text;
  model.now += text;
  enter(model, 'tokens', 'write');
}

function answered(model: RunModel, answer: Answer): void {
  model.answer = answer;
  model.text = answer.answer ?? '';
  for (const span of model.spans) {
    if (span.lane === 'tokens') span.tokens = answer.usage.output;
    if (span.lane === 'thinking') span.tokens = answer.usage.thinking;
    if (span.label === 'read the question') span.tokens = answer.usage.prefilled;
  }
  const writing = model.spans.filter((span) => span.lane === 'tokens');
  if (answer.withheld) waste(writing, 'The quote does not stand in the corpus: withheld.');
}

function finish(model: RunModel, data: Data): void {
  const state = word(data.state) as RunState;
  const { open } = model;
  close(model);
  model.state = state || (model.error ? 'failed' : 'done');
  if (model.state === 'cancelled') waste(open, 'Stopped before it gave a result.');
  if (model.state === 'failed') waste(open, 'Failed before it gave a result.');
}

// What a query to the model cost is known at its end: the growth of the run's usage, given to the spans of its step.
function replied(model: RunModel, data: Data): void {
  close(model);
  const now = (data.usage ?? {}) as Record<string, number>;
  const grown = (name: string) => size(now[name]) - size(model.counted[name]);
  const last = (lane: Lane) =>
    model.spans.filter((span) => span.lane === lane && span.step === model.step).pop();
  const given: [Lane, number][] = [
    ['prefill', grown('prefilled')], ['thinking', grown('thinking')], ['tokens', grown('output') - grown('thinking')],
  ];
  for (const [lane, tokens] of given) {
    const span = last(lane);
    if (span) span.tokens = tokens;
  }
  model.counted = now;
}

function callStarted(model: RunModel, data: Data): void {
  const span = enter(model, 'tools', word(data.name));
  span.call = word(data.call_id);
  const given = data.arguments ?? {};
  span.detail = typeof given === 'string' ? given : JSON.stringify(given);
}

function callDone(model: RunModel, data: Data): void {
  const call = word(data.call_id);
  for (const item of model.asked) if (item.call === call) item.answered = true;
  const span = model.spans.find((one) => one.call === call);
  close(model);
  model.state = 'running';
  if (!span || data.is_error !== true) return;
  span.wasted = `The call failed: ${word(data.text).slice(0, 200)}`;
  waste(
    model.spans.filter((one) => one.step === span.step && one.label === callLabel),
    'It wrote a call that failed.',
  );
}

function rewound(model: RunModel, data: Data): void {
  close(model);
  const to = size(data.to_step);
  waste(model.spans.filter((span) => span.step > to), `Rewound: ${word(data.reason)}`);
}

// A step of a workflow: tools and waits are spans of their own, what models do is told by the events within.
function flowed(type: string): Handler {
  return (model, data) => {
    close(model);
    tellFlow(model.flow, type, data);
    const step = word(data.step);
    model.state = type === 'step.asked' ? 'waiting' : 'running';
    if (type === 'step.asked') enter(model, 'waits', `wait for your answer: ${step}`);
    if (type === 'step.started' && data.kind === 'tool') enter(model, 'tools', step);
    if (type !== 'step.failed') return;
    const last = model.spans[model.spans.length - 1];
    if (last) last.wasted = `Step ${step} failed: ${word(data.error).slice(0, 200)}`;
  };
}

function within(model: RunModel, data: Data): void {
  const inner = data.event as AnyEvent | undefined;
  if (!inner) return;
  const said = inner.data ?? {};
  if (inner.type === 'delta.content') tellText(model.flow, data, word(said.text));
  handlers[inner.type]?.(model, said);
}

const handlers: Record<string, Handler> = {
  queued: (model) => void enter(model, 'waits', 'wait for a place'),
  started: (model) => {
    model.state = 'running';
    close(model);
  },
  progress,
  candidate: (model, data) => void model.candidates.push(data as unknown as Candidate),
  delta,
  answer: (model, data) => answered(model, data.answer as Answer),
  corpus: (model, data) => void (model.corpus = data.corpus as Corpus),
  report: (model, data) => void (model.audit = data.audit as Audit),
  error: (model, data) => void (model.error = word(data.error) || word(data.message)),
  done: finish,

  'workflow.started': (model) => void (model.state = 'running'),
  'workflow.paused': close,
  'workflow.done': close,
  ...Object.fromEntries(
    ['started', 'kept', 'done', 'failed', 'skipped', 'waiting', 'asked', 'answered', 'paused', 'cut'].map(
      (what) => [`step.${what}`, flowed(`step.${what}`)],
    ),
  ),
  'delta.step': within,

  'run.started': (model) => void (model.state = 'running'),
  'model.started': (model, data) => {
    model.step = size(data.step);
    model.now = '';
  },
  'delta.reading': (model, data) => {
    enter(model, 'prefill', 'read');
    model.stage = 'read';
    model.done = size(data.tokens_done);
    model.total = size(data.tokens_total);
  },
  'delta.content': delta,
  'delta.thinking': (model, data) => delta(model, { ...data, thinking: true }),
  'delta.call': (model) => void enter(model, 'tokens', callLabel),
  'delta.arguments': (model) => void enter(model, 'tokens', callLabel),
  'model.done': replied,
  'call.started': callStarted,
  'call.done': callDone,
  'approval.asked': (model, data) => {
    const call = word(data.call_id);
    model.state = 'waiting';
    model.asked.push({ call, name: word(data.name), text: word(data.text), answered: false });
    enter(model, 'waits', `wait for your answer: ${word(data.name)}`);
  },
  'run.rewound': rewound,
  'run.paused': (model, data) => {
    model.state = 'waiting';
    enter(model, 'waits', `paused: ${word(data.limit)}`);
  },
  'run.done': (model, data) => {
    close(model);
    if (word(data.answer)) model.text = word(data.answer);
  },
};

export function reduce(model: RunModel, event: RunEvent | AnyEvent): void {
  const any = event as AnyEvent;
  const data = any.data ?? (event as unknown as Data);
  model.last = any.id;
  model.seconds = Math.max(model.seconds, any.seconds ?? 0);
  if (data.usage && typeof data.usage === 'object') {
    model.usage = data.usage as Record<string, number>;
  }
  handlers[any.type]?.(model, data);
}

export const isOver = (model: RunModel): boolean =>
  model.state === 'done' || model.state === 'failed' || model.state === 'cancelled';

// Where the time went, by lane.
export function secondsByLane(model: RunModel): Map<Lane, number> {
  const sums = new Map<Lane, number>();
  for (const span of model.spans) {
    const end = span.open ? model.seconds : span.end;
    sums.set(span.lane, (sums.get(span.lane) ?? 0) + end - span.start);
  }
  return sums;
}
