// SPDX-License-Identifier: Apache-2.0
// Runs: what the program did and does, each as a timeline. What waits for a person is answered here.
import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { Approval, Run } from '../api/types';
import { duration, thousands, when } from '../lib/format';
import { href, route } from '../lib/router';
import { isOver, type RunModel, type Span } from '../lib/run_model';
import { Icon } from '../ui/icons';
import { Empty, Head, Search, Skeleton, StateMark, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { Timeline } from '../ui/timeline';
import { useRun } from '../ui/use_run';
import { ReadingProgress } from './add_corpus';
import { AnswerText, Prose } from './exchange';

const kinds: Record<Run['kind'], string> = {
  ingest: 'reading',
  ask: 'question',
  audit: 'audit',
  agent: 'agent',
  workflow: 'workflow',
};

export function Approvals({ run }: { run?: string }) {
  const waiting = useResource<{ approvals: Approval[] }>('/api/approvals', 1500);
  const [problem, setProblem] = useState<ApiError>();
  const list = (waiting.data?.approvals ?? []).filter(
    (one) => one.state === 'waiting' && (!run || one.run === run),
  );
  const decide = async (approval: Approval, decision: 'allow' | 'deny') => {
    try {
      await post(`/api/approvals/${encodeURIComponent(approval.id)}`, { decision });
      setProblem(undefined);
    } catch (error) {
      setProblem(error as ApiError);
    }
    waiting.reload();
  };
  if (list.length === 0 && !problem) return null;
  return (
    <section class="approvals" aria-label="Waits for you">
      {problem && <Trouble error={problem} what="Approvals" />}
      {list.map((approval) => (
        <div key={approval.id} class="approval">
          <p>
            <b>{approval.tool}</b> wants to run{approval.effect && ` (${approval.effect.replace('_', ' ')})`}.{' '}
            {approval.reason}
          </p>
          <pre class="args" tabIndex={0}>{approval.arguments}</pre>
          <div class="row">
            <button
              type="button"
              class="btn primary"
              data-allow
              onClick={() => void decide(approval, 'allow')}
            >
              Allow
            </button>
            <button
              type="button"
              class="btn danger"
              data-deny
              onClick={() => void decide(approval, 'deny')}
            >
              Deny
            </button>
            {!run && <a href={href('runs', approval.run)}>Its run</a>}
          </div>
        </div>
      ))}
    </section>
  );
}

function RunTable({ runs }: { runs: Run[] }) {
  return (
    <table class="table hover">
      <thead>
        <tr>
          <th>Run</th>
          <th>Kind</th>
          <th>State</th>
          <th class="num">Events</th>
          <th>Started</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <td class="wide">
              <a class="cover" href={href('runs', run.id)}>
                {run.title || run.id}
              </a>
            </td>
            <td class="muted">{kinds[run.kind] ?? run.kind}</td>
            <td>
              <StateMark state={run.state} />
            </td>
            <td class="num">{thousands(run.last_event)}</td>
            <td class="nowrap">{when(run.created)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RunList() {
  const runs = useResource<{ runs: Run[] }>('/api/runs', 3000);
  const [words, setWords] = useState('');
  const list = runs.data?.runs ?? [];
  const shown = list.filter((run) =>
    `${run.title} ${run.kind} ${run.state}`.toLowerCase().includes(words.toLowerCase()),
  );
  return (
    <>
      <Head title="Runs" sub="Since the server was started">
        <Search label="Search runs" value={words} onInput={setWords} />
      </Head>
      <div class="body">
        <Approvals />
        {runs.loading && <Skeleton />}
        {runs.error && <Trouble error={runs.error} what="Runs" retry={runs.reload} />}
        {runs.data && list.length === 0 && (
          <Empty
            icon="runs"
            title="Nothing has run yet"
            text="Readings, questions, audits and workflows appear here, each with what it spent its time on."
          >
            <a class="btn" href="#/ask">
              Ask something
            </a>
          </Empty>
        )}
        {shown.length > 0 && <RunTable runs={shown} />}
        {list.length > 0 && shown.length === 0 && <p class="muted">No run has “{words}”.</p>}
      </div>
    </>
  );
}

const laneWords: Record<Span['lane'], string> = {
  corpus: 'corpus', prefill: 'prefill', thinking: 'thinking', tokens: 'tokens', tools: 'tool',
  waits: 'wait',
};

function SpanTable(props: { model: RunModel; picked: number; onPick: (index: number) => void }) {
  const { model } = props;
  return (
    <table class="table spans">
      <thead>
        <tr>
          <th>What</th>
          <th>Kind</th>
          <th class="num">From</th>
          <th class="num">Took</th>
          <th class="num">Tokens</th>
          <th>Came to nothing because</th>
        </tr>
      </thead>
      <tbody>
        {model.spans.map((span, index) => (
          <tr key={index} class={props.picked === index ? 'picked' : ''}>
            <td>
              <button type="button" class="link plain" onClick={() => props.onPick(index)}>
                <i class={`swatch ${span.lane}`} /> {span.label}
              </button>
              {span.detail && <code class="muted clip block">{span.detail}</code>}
            </td>
            <td class="muted">{laneWords[span.lane]}</td>
            <td class="num">{duration(span.start)}</td>
            <td class="num">{duration((span.open ? model.seconds : span.end) - span.start)}</td>
            <td class="num">{span.tokens === undefined ? '' : thousands(span.tokens)}</td>
            <td class="bad-text">{span.wasted ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function wastedOf(model: RunModel) {
  const spans = model.spans.filter((span) => span.wasted);
  return {
    seconds: spans.reduce((sum, span) => sum + span.end - span.start, 0),
    tokens: spans.reduce((sum, span) => sum + (span.tokens ?? 0), 0),
    any: spans.length > 0,
  };
}

function Figures({ model }: { model: RunModel }) {
  const usage: Record<string, number> | undefined = model.answer?.usage ?? model.usage;
  const wasted = wastedOf(model);
  const reading = model.spans.find((span) => span.label === 'read');
  const spent = reading ? reading.end - reading.start : 0;
  return (
    <dl class="figures">
      <div>
        <dt>in all</dt>
        <dd>{duration(model.seconds)}</dd>
      </div>
      {usage && (
        <>
          <div>
            <dt>tokens computed</dt>
            <dd>{thousands((usage.prefilled ?? 0) + (usage.output ?? 0))}</dd>
          </div>
          <div>
            <dt>saved by the snapshot</dt>
            <dd>{thousands(usage.cached ?? 0)}</dd>
          </div>
        </>
      )}
      {reading?.tokens && spent > 0.05 ? (
        <div>
          <dt>tokens read a second</dt>
          <dd>{thousands(reading.tokens / spent)}</dd>
        </div>
      ) : null}
      {wasted.any && (
        <div class="wasted">
          <dt>came to nothing</dt>
          <dd>
            {duration(wasted.seconds)}
            {wasted.tokens > 0 && <span class="unit"> {thousands(wasted.tokens)} tokens</span>}
          </dd>
        </div>
      )}
    </dl>
  );
}

function RunView({ id }: { id: string }) {
  const run = useResource<Run>(`/api/runs/${encodeURIComponent(id)}`);
  const { model, error } = useRun(id);
  const [picked, setPicked] = useState(-1);
  const over = isOver(model);
  const result = run.data?.kind === 'audit' ? href('audits', id) : undefined;
  return (
    <>
      <Head
        title={run.data ? run.data.title || 'Run' : 'Run'}
        sub={run.data && `${kinds[run.data.kind] ?? run.data.kind}, ${when(run.data.created)}`}
      >
        {!run.error && <StateMark state={model.state} />}
        {!over && !run.error && (
          <button
            type="button"
            class="btn"
            data-stop
            onClick={() => void post(`/api/runs/${encodeURIComponent(id)}/cancel`)}
          >
            <Icon name="stop" />
            Stop
          </button>
        )}
        {run.data?.session && (
          <a class="btn" href={href('sessions', run.data.session)}>
            Session
          </a>
        )}
        {result && over && (
          <a class="btn" href={result}>
            Report
          </a>
        )}
        <a class="btn quiet" href="#/runs" data-close>
          All runs
        </a>
      </Head>
      <div class="body stack">
        {run.error && <Trouble error={run.error} what="Runs" retry={run.reload} />}
        {error && !run.error && <Trouble error={error} what="Runs" />}
        {model.error && <Trouble error={new ApiError(500, model.error)} what="Runs" />}
        <Approvals run={id} />
        {!over && model.total > 0 && <ReadingProgress model={model} />}
        {model.spans.length > 0 && (
          <>
            <Figures model={model} />
            <Timeline model={model} picked={picked} onPick={setPicked} />
            <SpanTable model={model} picked={picked} onPick={setPicked} />
          </>
        )}
        {model.thinking && (
          <details>
            <summary>Thinking</summary>
            <Prose text={model.thinking} />
          </details>
        )}
        {model.text && (
          <section class="section">
            <h2>Answer</h2>
            <AnswerText text={model.text} answer={model.answer} />
          </section>
        )}
      </div>
    </>
  );
}

export function RunsPage() {
  const id = route.value.id;
  return id ? <RunView key={id} id={id} /> : <RunList />;
}
