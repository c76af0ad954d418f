// SPDX-License-Identifier: Apache-2.0
// Engine: the model, its load, what was spent and what reuse saved.
import { useEffect } from 'preact/hooks';
import type { Status } from '../api/types';
import { gauges, latest, metricsError, points, rates, watchMetrics } from '../lib/history';
import { bytes, dollars, duration, percent, short, thousands, when } from '../lib/format';
import { quantile } from '../lib/metrics';
import { Chart } from '../ui/chart';
import { Head, Skeleton, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';

const input = 'gen_ai_usage_input_tokens_total';
const cached = 'gen_ai_usage_cache_read_input_tokens_total';
const output = 'gen_ai_usage_output_tokens_total';

function Meter({ status }: { status: Status }) {
  const { totals, model, dollars: money } = status;
  const computed = totals.input_tokens - totals.cached_tokens;
  const perInput = model.price_input ?? 0;
  return (
    <section>
      <dl class="figures">
        <div>
          <dt>tokens computed</dt>
          <dd>{thousands(computed)}</dd>
        </div>
        <div class="saved">
          <dt>saved by snapshots</dt>
          <dd>
            {thousands(totals.cached_tokens)}
            <span class="unit"> {percent(totals.cached_tokens, totals.input_tokens)} of the input</span>
          </dd>
        </div>
        <div>
          <dt>written</dt>
          <dd>{thousands(totals.output_tokens)}</dd>
        </div>
        <div>
          <dt>spent</dt>
          <dd>
            {dollars(money.spent)}
            {money.saved > 0 && <span class="unit"> {dollars(money.saved)} saved</span>}
            {perInput === 0 && <span class="unit"> runs on this machine</span>}
          </dd>
        </div>
        <div>
          <dt>requests</dt>
          <dd>{thousands(totals.requests)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Charts() {
  const times = points.value.map((point) => point.at);
  const computed = rates(input).map((value, index) => {
    const reused = rates(cached)[index];
    return value === null || reused === null || reused === undefined ? null : Math.max(0, value - reused);
  });
  return (
    <div class="charts">
      <Chart
        label="Tokens a second"
        times={times}
        height={150}
        format={short}
        series={[
          { name: 'computed', colour: '--d-corpus', values: computed },
          { name: 'reused', colour: '--d-history', values: rates(cached) },
          { name: 'written', colour: '--d-tools', values: rates(output) },
        ]}
      />
      <Chart
        label="Batch: generations at once"
        times={times}
        height={150}
        format={(value) => (Number.isInteger(value) ? String(value) : '')}
        series={[
          { name: 'running', colour: '--d-corpus', values: gauges('fathom_generations_running') },
          { name: 'queued', colour: '--d-tools', values: gauges('fathom_generations_queued') },
        ]}
      />
    </div>
  );
}

function Latency() {
  const samples = points.value[points.value.length - 1]?.samples ?? [];
  const rows: [string, string][] = [
    ['First token', 'gen_ai_server_time_to_first_token_seconds'],
    ['Between tokens', 'gen_ai_server_time_per_output_token_seconds'],
    ['Whole answer', 'gen_ai_server_request_duration_seconds'],
  ];
  const show = (name: string, share: number) => {
    const value = quantile(samples, name, share);
    return value === undefined ? '–' : `≤ ${duration(value)}`;
  };
  return (
    <table class="table">
      <thead>
        <tr>
          <th>Latency</th>
          <th class="num">half</th>
          <th class="num">95 %</th>
          <th class="num">99 %</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, metric]) => (
          <tr key={metric}>
            <td>{name}</td>
            {[0.5, 0.95, 0.99].map((share) => (
              <td key={share} class="num">
                {show(metric, share)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Citations() {
  const good = latest('fathom_citations_verified_total') ?? 0;
  const dropped = latest('fathom_citations_dropped_total') ?? 0;
  return (
    <dl class="facts">
      <dt>Citations shown</dt>
      <dd>{thousands(good)}, all compared with the source</dd>
      <dt>Citations dropped</dt>
      <dd>
        {thousands(dropped)} ({percent(dropped, good + dropped)})
      </dd>
      <dt>Conversation states</dt>
      <dd>{bytes(latest('fathom_state_bytes') ?? 0)}</dd>
      <dt>Connections</dt>
      <dd>{thousands(latest('fathom_http_connections') ?? 0)}</dd>
    </dl>
  );
}

function ModelFacts({ status }: { status: Status }) {
  const { model, generations } = status;
  return (
    <dl class="facts">
      <dt>Name</dt>
      <dd>
        {model.title || model.name}, {short(model.parameters)} parameters
        {model.parameters_active < model.parameters && ` (${short(model.parameters_active)} active)`},{' '}
        {model.weights_type}
      </dd>
      <dt>Context</dt>
      <dd>
        {thousands(model.context_tokens_max)} tokens, of which a corpus may fill{' '}
        {thousands(model.window_tokens)}
      </dd>
      <dt>Weights</dt>
      <dd class="mono" title={model.sha256}>
        sha-256 {model.sha256.slice(0, 16)}…
      </dd>
      <dt>Threads</dt>
      <dd>{status.threads}</dd>
      <dt>Batch</dt>
      <dd>
        {generations.running} of {generations.running_max} generate together, {generations.queued}{' '}
        of {generations.queued_max} wait
      </dd>
      <dt>Up</dt>
      <dd>
        {duration(status.uptime_seconds)}, version {status.version}
      </dd>
    </dl>
  );
}

function Memory({ status }: { status: Status }) {
  const { memory } = status;
  const rest = Math.max(0, memory.resident_bytes - memory.weights_bytes - memory.kept_state_bytes);
  const parts: [string, number, string][] = [
    ['weights', memory.weights_bytes, 'corpus'],
    ['states of conversations', memory.kept_state_bytes, 'history'],
    ['everything else', rest, 'free'],
  ];
  const whole = parts.reduce((sum, [, size]) => sum + size, 0) || 1;
  return (
    <section>
      <h2>Memory</h2>
      <div class="memory" role="img" aria-label={parts.map(([name, size]) => `${name} ${bytes(size)}`).join(', ')}>
        {parts.map(([name, size, kind]) => (
          <i key={name} class={kind} style={{ width: `${(100 * size) / whole}%` }} />
        ))}
      </div>
      <dl class="facts">
        {parts.map(([name, size, kind]) => (
          <div key={name} class="pair">
            <dt>
              <i class={`swatch ${kind}`} /> {name}
            </dt>
            <dd>{bytes(size)}</dd>
          </div>
        ))}
        <div class="pair">
          <dt>states of corpora, on disk</dt>
          <dd>{bytes(memory.disk_state_bytes)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Prefixes({ status }: { status: Status }) {
  const { hits, misses, recent } = status.prefix;
  return (
    <section>
      <h2>Prefixes</h2>
      <p class="small">
        <b>{thousands(hits)}</b> requests went on from what was kept,{' '}
        <b>{thousands(misses)}</b> read all of their prompt ({percent(hits, hits + misses)} reused).
      </p>
      {recent.length === 0 ? (
        <p class="muted small">No conversation lost what was kept of it.</p>
      ) : (
        <table class="table">
          <thead>
            <tr>
              <th>Lost</th>
              <th>Why</th>
              <th class="num">Tokens again</th>
            </tr>
          </thead>
          <tbody>
            {recent.map((loss, index) => (
              <tr key={index}>
                <td class="nowrap">{when(loss.created)}</td>
                <td>{loss.reason}</td>
                <td class="num">{loss.tokens_again ? thousands(loss.tokens_again) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Parts({ status }: { status: Status }) {
  return (
    <ul class="row wrap parts">
      {Object.entries(status.parts).map(([name, there]) => (
        <li key={name} class={there ? 'tag ok' : 'tag'}>
          {name} {there ? '✓' : 'not built'}
        </li>
      ))}
    </ul>
  );
}

export function EnginePage() {
  const status = useResource<Status>('/api/status', 2000);
  useEffect(watchMetrics, []);
  return (
    <>
      <Head title="Engine" sub="Since the server was started" />
      <div class="body stack loose" tabIndex={0} role="region" aria-label="Engine">
        {status.loading && <Skeleton />}
        {status.error && <Trouble error={status.error} what="Status" retry={status.reload} />}
        {metricsError.value && !status.error && (
          <div class="note warn" role="status">
            {metricsError.value}
          </div>
        )}
        {status.data && (
          <>
            <Meter status={status.data} />
            <Charts />
            <div class="columns">
              <section>
                <h2>Model</h2>
                <ModelFacts status={status.data} />
              </section>
              <section class="stack tight">
                <h2>Answers</h2>
                <Latency />
                <Citations />
              </section>
            </div>
            <div class="columns">
              <Memory status={status.data} />
              <Prefixes status={status.data} />
            </div>
            {Object.keys(status.data.parts).length > 0 && (
              <section>
                <h2>Parts of this build</h2>
                <Parts status={status.data} />
              </section>
            )}
          </>
        )}
      </div>
    </>
  );
}
