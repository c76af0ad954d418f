// SPDX-License-Identifier: Apache-2.0
// A folder becomes a corpus: first the plan (nothing is spent), then the reading, with its progress.
import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { Corpus, CorpusPlan, Run, Status } from '../api/types';
import { bytes, count, duration, thousands } from '../lib/format';
import { isOver, stageText, type RunModel } from '../lib/run_model';
import { Dialog } from '../ui/dialog';
import { Gauge } from '../ui/gauge';
import { Bar, Field, Trouble } from '../ui/parts';
import { StopRun } from '../ui/stop_run';
import { useResource } from '../ui/resource';
import { useRun } from '../ui/use_run';

export function progressShare(model: RunModel): number | undefined {
  return model.total > 0 ? model.done / model.total : undefined;
}

export function ReadingProgress({ model }: { model: RunModel }) {
  const counted = model.stage === 'read' && model.total > 0;
  const read = model.spans.find((span) => span.label === 'read');
  const took = read ? model.seconds - read.start : 0;
  const rate = took > 0.3 ? model.done / took : 0;
  return (
    <div class="stack tight" role="status">
      <Bar share={counted ? progressShare(model) : undefined} label="Progress" />
      <div class="row small muted">
        <span class="grow">{stageText(model.stage) || 'starting'}</span>
        {counted && (
          <span>
            {thousands(model.done)} of {thousands(model.total)} tokens
            {rate > 0 && ` · ${thousands(rate)} tokens/s`}
            {rate > 0 && ` · ${duration((model.total - model.done) / rate)} left`}
          </span>
        )}
      </div>
    </div>
  );
}

export function PlanFacts({ plan }: { plan: CorpusPlan }) {
  const fits = plan.overflow_files === 0;
  return (
    <div class="stack">
      <dl class="facts">
        <dt>Folder</dt>
        <dd class="mono">{plan.root}</dd>
        <dt>To read</dt>
        <dd>
          {count(plan.files, 'file')}, {count(plan.lines, 'line')}, {bytes(plan.bytes)} —{' '}
          <b>{thousands(plan.tokens)} tokens</b>
        </dd>
        <dt>Fits</dt>
        <dd>
          {fits
            ? 'all of it, at once'
            : `${count(plan.overflow_files, 'file')} stand beyond the window: audits read them in ` +
              `${plan.windows} windows, questions find them through the index`}
        </dd>
        <dt>State on disk</dt>
        <dd>about {bytes(plan.state_bytes_estimate)}</dd>
      </dl>
      <Gauge
        window={plan.window_tokens}
        segments={[
          { kind: 'corpus', name: 'corpus', tokens: Math.min(plan.tokens, plan.window_tokens) },
        ]}
      />
      {plan.skipped.length > 0 && (
        <details class="small">
          <summary>{count(plan.skipped.length, 'file')} will not be read</summary>
          <ul class="skipped">
            {plan.skipped.slice(0, 200).map((file) => (
              <li key={file.path}>
                <span class="mono">{file.path}</span> <span class="muted">{file.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Reading(props: { run: string; onDone: (corpus: Corpus) => void; onClose: () => void }) {
  const { model, error } = useRun(props.run);
  const corpus = model.corpus;
  return (
    <div class="stack">
      {!isOver(model) && <ReadingProgress model={model} />}
      {error && <Trouble error={error} what="Runs" />}
      {model.error && <Trouble error={new ApiError(500, model.error)} what="Corpora" />}
      {isOver(model) && corpus && (
        <p>
          {thousands(corpus.tokens)} tokens were read and kept ({bytes(corpus.state_bytes)}). A
          question about them now costs the question alone.
        </p>
      )}
      <div class="actions">
        {isOver(model) ? (
          <button
            type="button"
            class="btn primary"
            onClick={() => (corpus ? props.onDone(corpus) : props.onClose())}
          >
            Done
          </button>
        ) : (
          <>
            <StopRun run={props.run} />
            <button type="button" class="btn" onClick={props.onClose}>
              Go on in the background
            </button>
          </>
        )}
      </div>
    </div>
  );
}

interface Props {
  path?: string;
  onClose: () => void;
  onDone: (corpus: Corpus) => void;
}

export function AddCorpus(props: Props) {
  const roots = useResource<Status>('/api/status').data?.roots ?? [];
  const [path, setPath] = useState(props.path ?? '');
  const [plan, setPlan] = useState<CorpusPlan>();
  const [run, setRun] = useState('');
  const [problem, setProblem] = useState<ApiError>();
  const [busy, setBusy] = useState(false);

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    await work().catch((error: ApiError) => setProblem(error));
    setBusy(false);
  };
  const look = (event: Event) => {
    event.preventDefault();
    void attempt(async () => setPlan(await post<CorpusPlan>('/api/corpora/plan', { path })));
  };
  const read = () =>
    void attempt(async () => setRun((await post<Run>('/api/corpora', { path })).id));

  return (
    <Dialog title="Add a corpus" wide onClose={props.onClose}>
      {!run && (
        <form class="stack" onSubmit={look}>
          <Field
            label="Folder or file"
            hint={roots.length > 0 ? `Below ${roots.join(', ')}` : undefined}
          >
            <input
              class="input mono"
              data-first
              required
              spellcheck={false}
              value={path}
              placeholder="examples/orders-service"
              onInput={(event) => {
                setPath(event.currentTarget.value);
                setPlan(undefined);
              }}
            />
          </Field>
          {problem && <Trouble error={problem} what="Corpora" />}
          {plan && <PlanFacts plan={plan} />}
          <div class="actions">
            <button type="button" class="btn" onClick={props.onClose}>
              Cancel
            </button>
            {plan ? (
              <button key="read" type="button" class="btn primary" disabled={busy} onClick={read}>
                Read {count(plan.tokens, 'token')}
              </button>
            ) : (
              <button key="plan" class="btn primary" disabled={busy || !path.trim()}>
                {busy ? 'Counting…' : 'Plan'}
              </button>
            )}
          </div>
        </form>
      )}
      {run && <Reading run={run} onDone={props.onDone} onClose={props.onClose} />}
    </Dialog>
  );
}
