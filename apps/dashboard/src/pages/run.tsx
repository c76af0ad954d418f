// SPDX-License-Identifier: Apache-2.0
// One run: where its time and tokens went, what came to nothing, what waits for a person, what it gave.
import { useState } from 'preact/hooks';
import { ApiError } from '../api/client';
import type { Run } from '../api/types';
import { count, duration, folderName, thousands, when } from '../lib/format';
import { href } from '../lib/router';
import { isOver, type RunModel, type Span } from '../lib/run_model';
import { Plain, Prose } from '../ui/long_text';
import { Head, StateMark, Trouble } from '../ui/parts';
import { StopRun } from '../ui/stop_run';
import { useResource } from '../ui/resource';
import { Timeline } from '../ui/timeline';
import { useRun } from '../ui/use_run';
import { VirtualTable, type Column } from '../ui/vtable';
import { ReadingProgress } from './add_corpus';
import { Approvals } from './approvals';
import { AnswerText } from './exchange';

export const kinds: Record<Run['kind'], string> = {
  ingest: 'reading',
  ask: 'question',
  audit: 'audit',
  agent: 'agent',
  workflow: 'workflow',
};

const laneWords: Record<Span['lane'], string> = {
  corpus: 'corpus', prefill: 'prefill', thinking: 'thinking', tokens: 'tokens', tools: 'tool',
  waits: 'wait',
};

const spanColumns: Column[] = [
  { name: 'What', width: 'minmax(0, 5fr)' },
  { name: 'Kind', width: '80px' },
  { name: 'From', width: '72px', num: true },
  { name: 'Took', width: '72px', num: true },
  { name: 'Tokens', width: '72px', num: true },
  { name: 'Came to nothing because', width: 'minmax(0, 4fr)' },
];

function SpanTable(props: { model: RunModel; picked: number; onPick: (index: number) => void }) {
  const { model } = props;
  return (
    <VirtualTable
      label="What it spent its time on"
      columns={spanColumns}
      items={model.spans}
      rowHeight={30}
      keyOf={(_, index) => String(index)}
      onPick={(_, index) => props.onPick(index)}
      picked={(_, index) => index === props.picked}
      cells={(span) => [
        <>
          <i class={`swatch ${span.lane}`} /> {span.label}
          {span.detail && <code class="muted"> {span.detail.slice(0, 200)}</code>}
        </>,
        <span class="muted">{laneWords[span.lane]}</span>,
        duration(span.start),
        duration((span.open ? model.seconds : span.end) - span.start),
        span.tokens === undefined ? '' : thousands(span.tokens),
        <span class="bad-text" title={span.wasted}>
          {span.wasted ?? ''}
        </span>,
      ]}
    />
  );
}

// The whole of what is picked: a table's row has room for its beginning only.
function Picked({ span }: { span: Span | undefined }) {
  if (!span?.detail && !span?.wasted) return null;
  return (
    <div class="stack tight">
      {span.wasted && <div class="note">{span.wasted}</div>}
      {span.detail && <Plain text={span.detail} label={`Arguments of ${span.label}`} />}
    </div>
  );
}

function wastedOf(model: RunModel) {
  const spans = model.spans.filter((span) => span.wasted);
  return {
    seconds: spans.reduce((sum, span) => sum + span.end - span.start, 0),
    tokens: spans.reduce((sum, span) => sum + (span.tokens ?? 0), 0),
    count: spans.length,
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
      {wasted.count > 0 && (
        <div class="wasted">
          <dt>came to nothing</dt>
          <dd>
            {wasted.seconds < 0.001 ? count(wasted.count, 'step') : duration(wasted.seconds)}
            {wasted.tokens > 0 && <span class="unit"> {thousands(wasted.tokens)} tokens</span>}
          </dd>
        </div>
      )}
    </dl>
  );
}

const titleOf = (run: Run): string =>
  run.kind === 'ingest' || run.kind === 'audit' ? folderName(run.title) : run.title || 'Run';

export function RunView({ id }: { id: string }) {
  const run = useResource<Run>(`/api/runs/${encodeURIComponent(id)}`);
  const { model, error } = useRun(id);
  const [picked, setPicked] = useState(-1);
  const over = isOver(model);
  const result = run.data?.kind === 'audit' ? href('audits', id) : undefined;
  return (
    <>
      <Head
        title={run.data ? titleOf(run.data) : 'Run'}
        sub={run.data && `${kinds[run.data.kind] ?? run.data.kind}, ${when(run.data.created)}`}
      >
        {!run.error && <StateMark state={model.state} />}
        {!over && !run.error && <StopRun run={id} />}
        {run.data?.session && (
          <a class="btn" href={href('sessions', run.data.session)}>
            Session
          </a>
        )}
        {run.data?.workflow_run && (
          <a class="btn" href={href('workflows', run.data.title, { run: run.data.workflow_run })}>
            Workflow
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
      <div class="body stack run">
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
            <Picked span={model.spans[picked]} />
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
