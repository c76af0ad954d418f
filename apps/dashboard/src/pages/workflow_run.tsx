// SPDX-License-Identifier: Apache-2.0
// A run of a workflow: its graph as it stands, each step with what it gave, what waits for a person, the ways to stop it
// and to go on.
import { useEffect, useState } from 'preact/hooks';
import { ApiError, post, remove } from '../api/client';
import type { WorkflowRun, WorkflowRunDetail } from '../api/types';
import { count, dollars, thousands, when } from '../lib/format';
import { statesOf, stepsOf, type FlowStep } from '../lib/flow';
import { go, href } from '../lib/router';
import { isOver } from '../lib/run_model';
import { StepGraph } from '../ui/graph';
import { Growing, Plain, Prose } from '../ui/long_text';
import { Bar, Skeleton, StateMark, Trouble } from '../ui/parts';
import { StopRun } from '../ui/stop_run';
import { useResource } from '../ui/resource';
import { useRun } from '../ui/use_run';
import { VirtualTable, type Column } from '../ui/vtable';
import { Approvals } from './approvals';
import { graphSteps } from './workflow_graph';

const columns: Column[] = [
  { name: 'Step', width: 'minmax(0, 3fr)' },
  { name: 'State', width: '120px' },
  { name: 'Tokens', width: '72px', num: true },
  { name: 'Saved', width: '72px', num: true },
  { name: 'What it says', width: 'minmax(0, 4fr)' },
];

const textOf = (output: unknown): string => {
  if (typeof output === 'string') return output;
  const text = output && typeof output === 'object' ? (output as { text?: unknown }).text : undefined;
  return typeof text === 'string' ? text : '';
};

// All of an output but its text, which is shown as such.
function restOf(output: unknown): string {
  if (output === null || output === undefined || typeof output === 'string') return '';
  if (typeof output !== 'object' || Array.isArray(output)) return JSON.stringify(output, null, 2);
  const { text, ...rest } = output as Record<string, unknown>;
  if (typeof text !== 'string') return JSON.stringify(output, null, 2);
  return Object.keys(rest).length > 0 ? JSON.stringify(rest, null, 2) : '';
}

const nameOf = (step: FlowStep): string =>
  step.matrix || step.instance > 0 ? `${step.step} ${step.instance + 1}` : step.step;

function StepDetail({ step }: { step: FlowStep }) {
  const text = textOf(step.output);
  const rest = restOf(step.output);
  return (
    <section class="stack step" aria-label={`Step ${nameOf(step)}`}>
      <header class="row wrap">
        <h2>{nameOf(step)}</h2>
        <StateMark state={step.state} />
        {step.tokens && step.tokens.computed + step.tokens.saved > 0 && (
          <span class="muted small">
            {thousands(step.tokens.computed)} tokens computed, {thousands(step.tokens.saved)} saved
          </span>
        )}
        {step.session && (
          <a class="small" href={href('sessions', step.session)}>
            Its session
          </a>
        )}
      </header>
      {step.keptFrom && <p class="muted small">Taken over from {step.keptFrom}.</p>}
      {step.error && <div class={step.state === 'failed' ? 'note' : 'note warn'}>{step.error}</div>}
      {step.matrix !== null && step.matrix !== undefined && (
        <Plain text={JSON.stringify(step.matrix, null, 2)} label="Values of the matrix" />
      )}
      {step.state === 'running' && step.total !== undefined && step.total > 0 && (
        <Bar share={(step.done ?? 0) / step.total} label={step.stage ?? 'Progress'} />
      )}
      {step.text && <Growing text={step.text} />}
      {text && <Prose text={text} />}
      {rest && <Plain text={rest} label="Output" />}
      {step.taintedBy.length > 0 && (
        <p class="muted small">
          May carry words of {step.taintedBy.slice(0, 5).join(', ')}
          {step.taintedBy.length > 5 && ` and ${step.taintedBy.length - 5} more`}, which nobody vouches for.
        </p>
      )}
    </section>
  );
}

function StepTable(props: { steps: FlowStep[]; picked: number; onPick: (index: number) => void }) {
  return (
    <VirtualTable
      label="Steps of the run"
      columns={columns}
      items={props.steps}
      rowHeight={30}
      keyOf={(step) => `${step.step}/${step.instance}`}
      onPick={(_, index) => props.onPick(index)}
      picked={(_, index) => index === props.picked}
      cells={(step) => [
        <span class="mono">{nameOf(step)}</span>,
        <StateMark state={step.state} />,
        step.tokens?.computed ? thousands(step.tokens.computed) : '',
        step.tokens?.saved ? thousands(step.tokens.saved) : '',
        <span class="muted">{step.error || step.question || textOf(step.output).split('\n')[0]}</span>,
      ]}
    />
  );
}

const words: Record<string, string> = {
  open: 'cut off', paused: 'paused', done: 'done', negative: 'the answer is no', failed: 'failed',
  cancelled: 'stopped',
};
export const runWords = (run: WorkflowRun): string =>
  run.run ? run.run.state : (words[run.state] ?? run.state);

interface ViewProps {
  detail: WorkflowRunDetail;
  reload: () => void;
}

function RunActions({ detail, reload, live }: ViewProps & { live: boolean }) {
  const [problem, setProblem] = useState<ApiError>();
  const attempt = (work: () => Promise<unknown>) => () =>
    void work().then(
      () => setProblem(undefined),
      (error: ApiError) => setProblem(error),
    );
  const path = `/api/workflow-runs/${encodeURIComponent(detail.id)}`;
  return (
    <>
      {live && detail.run && <StopRun run={detail.run.id} />}
      {!live && detail.resumable && (
        <button
          type="button"
          class="btn primary"
          data-resume
          onClick={attempt(async () => {
            await post(`${path}/resume`);
            reload();
          })}
        >
          Go on
        </button>
      )}
      {detail.run && (
        <a class="btn" href={href('runs', detail.run.id)}>
          Timeline
        </a>
      )}
      {!live && (
        <button
          type="button"
          class="btn danger"
          data-remove
          onClick={attempt(async () => {
            await remove(path);
            go('workflows', detail.workflow, { tab: 'runs' });
          })}
        >
          Remove
        </button>
      )}
      {problem && <Trouble error={problem} what="Workflow runs" />}
    </>
  );
}

function RunView({ detail, reload }: ViewProps) {
  const { model, error } = useRun(detail.run?.id ?? '');
  const live = Boolean(detail.run) && !isOver(model);
  const [chosen, choose] = useState<number>();
  useEffect(() => {
    if (detail.run && isOver(model)) reload();
  }, [isOver(model)]);
  const steps = stepsOf(detail.steps, model.flow);
  const busy = steps.findIndex((step) => step.state === 'running' || step.state === 'waiting');
  const picked = chosen ?? (busy >= 0 ? busy : steps.length - 1);
  const step = steps[picked];
  const { usage } = detail;
  return (
    <div class="stack workflow">
      <header class="row wrap">
        <div class="grow">
          <h2>
            {detail.workflow} <span class="muted small">{when(detail.created)}</span>
          </h2>
          <p class="muted small">
            {thousands(usage.prefilled + usage.output)} tokens computed, {thousands(usage.cached)} saved
            {usage.dollars > 0 && `, ${dollars(usage.dollars)}`} · {count(steps.length, 'step')} begun · by {detail.model}
          </p>
        </div>
        <span data-run-state={live ? 'live' : detail.state}>
          <StateMark state={live ? model.state : detail.state === 'open' ? 'cancelled' : detail.state} />
        </span>
        <RunActions detail={detail} reload={reload} live={live} />
        <a class="btn quiet" data-close href={href('workflows', detail.workflow, { tab: 'runs' })}>
          All its runs
        </a>
      </header>
      {error && <Trouble error={error} what="Runs" />}
      {detail.reason && !live && <div class={detail.state === 'failed' ? 'note' : 'note warn'}>{detail.reason}</div>}
      {detail.run && <Approvals run={detail.run.id} />}
      {detail.graph && (
        <StepGraph
          steps={graphSteps(detail.graph)}
          states={statesOf(steps)}
          picked={step?.step}
          onPick={(id) => choose(steps.findIndex((one) => one.step === id))}
        />
      )}
      {Object.keys(detail.inputs).length > 0 && (
        <details class="small">
          <summary>Inputs</summary>
          <Plain text={JSON.stringify(detail.inputs, null, 2)} label="Inputs" />
        </details>
      )}
      {steps.length > 0 && <StepTable steps={steps} picked={picked} onPick={choose} />}
      {step && <StepDetail key={`${step.step}/${step.instance}`} step={step} />}
    </div>
  );
}

export function WorkflowRunPage({ id }: { id: string }) {
  const found = useResource<WorkflowRunDetail>(`/api/workflow-runs/${encodeURIComponent(id)}`);
  if (found.error && !found.data) return <Trouble error={found.error} what="Workflow runs" retry={found.reload} />;
  if (!found.data) return <Skeleton rows={10} />;
  return <RunView key={found.data.run?.id ?? 'over'} detail={found.data} reload={found.reload} />;
}

const pastColumns: Column[] = [
  { name: 'Started', width: '150px' },
  { name: 'State', width: '140px' },
  { name: 'Tokens', width: '80px', num: true },
  { name: 'Inputs', width: 'minmax(0, 1fr)' },
];

export function PastRuns({ runs }: { runs: WorkflowRun[] }) {
  if (runs.length === 0) return <p class="muted">It has not run yet.</p>;
  return (
    <VirtualTable
      label="Past runs"
      columns={pastColumns}
      items={runs}
      rowHeight={30}
      keyOf={(run) => run.id}
      hrefOf={(run) => href('workflows', run.workflow, { run: run.id })}
      cells={(run) => [
        when(run.created),
        <span class="row nowrap">
          <i class={`dot ${run.run ? run.run.state : run.state}`} />
          {runWords(run)}
        </span>,
        thousands(run.usage.prefilled + run.usage.output),
        <span class="muted mono">{JSON.stringify(run.inputs)}</span>,
      ]}
    />
  );
}
