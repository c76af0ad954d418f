// SPDX-License-Identifier: Apache-2.0
// One audit: how far it is, then its findings beside their code, what was rejected and why, and what changed against
// an earlier audit of the same folder.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ApiError, download, getText } from '../api/client';
import type { Audit, AuditReport, Candidate, Corpus, Finding, Severity } from '../api/types';
import { compare, select, severities, stateNames, type Compared, type FindingFilter } from '../lib/findings';
import { count, duration, folderName, thousands, when } from '../lib/format';
import { amend, href, route } from '../lib/router';
import { isOver } from '../lib/run_model';
import { Menu } from '../ui/menu';
import { Empty, Head, Search, SeverityMark, Skeleton, StateMark, Tabs, Trouble } from '../ui/parts';
import { StopRun } from '../ui/stop_run';
import { useResource } from '../ui/resource';
import { useRun } from '../ui/use_run';
import { VirtualList } from '../ui/vlist';
import { ReadingProgress } from './add_corpus';
import { FindingDetail } from './finding';

function Figures({ report, compared }: { report: AuditReport; compared: Compared | undefined }) {
  const { counts, numbers } = report;
  const seconds =
    (numbers.read_seconds ?? 0) + (numbers.restore_seconds ?? 0) + (numbers.audit_seconds ?? 0);
  return (
    <div class="summary">
      <ul class="row wrap sevcounts" aria-label="Findings by severity">
        {severities.map((severity) => (
          <li key={severity} class={counts.by_severity[severity] ? '' : 'none'}>
            <b>{thousands(counts.by_severity[severity])}</b> <SeverityMark severity={severity} />
          </li>
        ))}
        {compared && (
          <li>
            <span class={compared.fresh > 0 ? 'tag bad' : 'tag'}>{compared.fresh} new</span>{' '}
            <span class={compared.fixed.length > 0 ? 'tag ok' : 'tag'}>
              {compared.fixed.length} fixed
            </span>
          </li>
        )}
      </ul>
      <p class="muted small">
        {count(numbers.files, 'file')}, {count(numbers.lines, 'line')},{' '}
        {thousands(numbers.tokens)} tokens ({thousands(numbers.restored ?? 0)} restored,{' '}
        {thousands(numbers.prefilled ?? 0)} read) · {count(numbers.candidates ?? 0, 'candidate')},{' '}
        {numbers.confirmed} confirmed by a check · {duration(seconds)}
      </p>
    </div>
  );
}

const formats: [string, string, string][] = [
  ['sarif', 'SARIF', 'application/sarif+json'],
  ['html', 'HTML', 'text/html'],
  ['json', 'JSON', 'application/json'],
  ['text', 'Text', 'text/plain'],
  ['github', 'GitHub annotations', 'text/plain'],
];

function Export({ audit, name }: { audit: string; name: string }) {
  const [problem, setProblem] = useState('');
  const save = async (format: string) => {
    const type = formats.find(([id]) => id === format)?.[2] ?? 'text/plain';
    const ending = format === 'github' || format === 'text' ? 'txt' : format;
    try {
      const path = `/api/audits/${encodeURIComponent(audit)}/report?format=${format}`;
      download(`${name}-audit.${ending}`, type, await getText(path));
      setProblem('');
    } catch (error) {
      setProblem((error as ApiError).message);
    }
  };
  return (
    <>
      {problem && (
        <span class="tag bad" role="alert">
          {problem}
        </span>
      )}
      <Menu
        label="Export"
        choices={formats.map(([id, label]) => ({ id, label }))}
        onPick={(format) => void save(format)}
      />
    </>
  );
}

function BaselinePick({ audit }: { audit: Audit }) {
  const all = useResource<{ audits: Audit[] }>('/api/audits').data?.audits ?? [];
  const others = all.filter(
    (one) => one.root === audit.root && one.id !== audit.id && one.state === 'done',
  );
  if (others.length === 0) return null;
  return (
    <select
      class="input pick"
      aria-label="Compare with"
      value={route.value.query.get('baseline') ?? ''}
      onChange={(event) => amend({ baseline: event.currentTarget.value || undefined })}
    >
      <option value="">Compare with…</option>
      {others.map((one) => (
        <option key={one.id} value={one.id}>
          against {when(one.created)} ({one.findings ?? 0})
        </option>
      ))}
    </select>
  );
}

function Row({ finding, change }: { finding: Finding; change: string | undefined }) {
  return (
    <>
      <span class="row">
        <SeverityMark severity={finding.severity} />
        <span class="clip grow">{finding.family}</span>
        {change === 'new' && <span class="tag bad">new</span>}
        <span class="tag">{finding.evidence}</span>
      </span>
      <span class="muted mono clip">
        {finding.path}:{finding.start}
      </span>
    </>
  );
}

function tabsOf(report: AuditReport, compared: Compared | undefined) {
  const tabs = (Object.keys(stateNames) as (keyof typeof stateNames)[])
    .map((state) => ({
      id: state as FindingFilter['state'],
      label: stateNames[state],
      n: report.findings.filter((finding) => finding.state === state).length,
    }))
    .filter((tab) => tab.n > 0 || tab.id === 'shown' || tab.id === 'rejected');
  if (compared) tabs.push({ id: 'fixed', label: 'Fixed', n: compared.fixed.length });
  return tabs;
}

const nothing: Record<string, string> = {
  shown: 'Nothing stands: no candidate passed the checks.',
  rejected: 'No candidate was rejected.',
  fixed: 'Everything that was found before is still found.',
};

function whyEmpty(report: AuditReport, state: string, searched: boolean): string {
  if (searched) return 'No finding fits the search.';
  if (report.partial && report.findings.length === 0) return 'It was stopped before a line was judged.';
  return nothing[state] ?? '';
}

interface ReportProps {
  audit: Audit;
  report: AuditReport;
  corpus: string | undefined;
  baseline: AuditReport | undefined;
}

// The stored report stays as it was; what was suppressed since is shown so until the next audit says it itself.
function withSuppressed(report: AuditReport, reasons: Map<string, string>): AuditReport {
  if (reasons.size === 0) return report;
  const findings = report.findings.map((finding): Finding => {
    const reason = reasons.get(finding.fingerprint);
    if (reason === undefined) return finding;
    return { ...finding, state: 'suppressed', reason, reason_place: '.fathom.yaml' };
  });
  return { ...report, findings };
}

function Report({ audit, report: stored, corpus, baseline }: ReportProps) {
  const [reasons, setReasons] = useState(new Map<string, string>());
  const report = useMemo(() => withSuppressed(stored, reasons), [stored, reasons]);
  const compared = useMemo(() => baseline && compare(report, baseline), [report, baseline]);
  const query = route.value.query;
  const [words, setWords] = useState('');
  const [severity, setSeverity] = useState<Severity | ''>('');
  const [state, setState] = useState((query.get('tab') ?? 'shown') as FindingFilter['state']);
  const pool = state === 'fixed' ? (compared?.fixed ?? []) : report.findings;
  const list = useMemo(() => select(pool, { state, words, severity }), [pool, state, words, severity]);
  const picked = list.find((one) => one.fingerprint === query.get('finding')) ?? list[0];
  return (
    <div class="report">
      <Figures report={report} compared={compared} />
      <Tabs
        label="Findings by state"
        panel="findings"
        tabs={tabsOf(report, compared)}
        now={state}
        onPick={(id) => {
          setState(id as FindingFilter['state']);
          amend({ tab: id, finding: undefined });
        }}
      />
      <div class="split" id="findings" role="tabpanel" aria-labelledby={`tab-${state}`}>
        <div class="list">
          <div class="filters">
            <Search label="Search findings" value={words} onInput={setWords} />
            <select
              class="input pick"
              aria-label="Severity"
              value={severity}
              onChange={(event) => setSeverity(event.currentTarget.value as Severity | '')}
            >
              <option value="">All severities</option>
              {severities.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </div>
          <VirtualList
            label="Findings"
            items={list}
            rowHeight={52}
            selected={picked?.fingerprint ?? ''}
            keyOf={(finding) => finding.fingerprint}
            onPick={(finding) => amend({ finding: finding.fingerprint })}
            row={(finding) => (
              <Row finding={finding} change={compared?.change.get(finding.fingerprint)} />
            )}
          />
        </div>
        <div class="detail">
          {picked ? (
            <FindingDetail
              key={picked.fingerprint}
              audit={audit.id}
              report={report}
              finding={picked}
              corpus={corpus}
              onSuppressed={(reason) =>
                setReasons(new Map(reasons).set(picked.fingerprint, reason))
              }
            />
          ) : (
            <Empty
              icon="audits"
              title="Nothing here"
              text={whyEmpty(report, state, Boolean(words || severity))}
            />
          )}
        </div>
      </div>
    </div>
  );
}

const outcomes: Record<Candidate['outcome'], [string, string]> = {
  stands: ['ok', 'stands'],
  unsure: ['', 'unsure'],
  rejected: ['bad', 'rejected'],
};

// The latest candidates first, as the checks judge them.
function Candidates({ list }: { list: Candidate[] }) {
  if (list.length === 0) return null;
  const latest = list.slice(-200).reverse();
  return (
    <div class="candidates" tabIndex={0} role="region" aria-label="Candidates, scrolls">
      {latest.map((one, index) => (
        <div key={list.length - index} class="row small">
          <span class={`tag ${outcomes[one.outcome][0]}`}>{outcomes[one.outcome][1]}</span>
          <span class="nowrap">{one.family}</span>
          <span class="mono muted clip grow">
            {one.path}:{one.line}
          </span>
          <span class="muted clip">{one.reason ?? ''}</span>
        </div>
      ))}
    </div>
  );
}

function Running({ id, onDone }: { id: string; onDone: () => void }) {
  const { model, error } = useRun(id);
  const over = isOver(model);
  useEffect(() => {
    if (over) onDone();
  }, [over]);
  return (
    <div class="body">
      <div class="progress-page stack">
        <h2>{over ? 'The audit has ended' : 'Reading, then questioning every line'}</h2>
        {!over && <ReadingProgress model={model} />}
        {error && <Trouble error={error} what="Runs" />}
        {model.error && <Trouble error={new ApiError(500, model.error)} what="Audits" />}
        <ol class="stages">
          {model.spans.map((span, index) => (
            <li key={index} class="row">
              <i class={span.open ? 'dot running' : 'dot done'} />
              <span class="grow">{span.label}</span>
              {span.tokens !== undefined && (
                <span class="muted">{thousands(span.tokens)} tokens</span>
              )}
              <span class="muted num">
                {duration((span.open ? model.seconds : span.end) - span.start)}
              </span>
            </li>
          ))}
        </ol>
        <Candidates list={model.candidates} />
        <div class="row">
          {!over && <StopRun run={id} />}
          <a class="btn quiet" href={href('runs', id)}>
            Timeline
          </a>
        </div>
      </div>
    </div>
  );
}

const going = (audit: Audit | undefined): boolean =>
  audit?.state === 'running' || audit?.state === 'queued';

export function AuditView({ id }: { id: string }) {
  const path = `/api/audits/${encodeURIComponent(id)}`;
  const audit = useResource<Audit>(path);
  const state = audit.data?.state;
  const report = useResource<AuditReport>(audit.data && !going(audit.data) ? `${path}/report` : null);
  const corpora = useResource<{ corpora: Corpus[] }>(report.data ? '/api/corpora' : null);
  const against = route.value.query.get('baseline');
  const baseline = useResource<AuditReport>(
    against ? `/api/audits/${encodeURIComponent(against)}/report` : null,
  );
  const root = audit.data?.root ?? '';
  const corpus = corpora.data?.corpora.find((one) => one.root === root)?.name;
  return (
    <>
      <Head title={root ? folderName(root) : 'Audit'} sub={root}>
        {audit.data && state !== 'done' && <StateMark state={audit.data.state} />}
        {audit.data && report.data && <BaselinePick audit={audit.data} />}
        {report.data && <Export audit={id} name={folderName(root)} />}
        <a class="btn quiet" href={href('runs', id)}>
          Timeline
        </a>
        <a class="btn quiet" href="#/audits" data-close>
          All audits
        </a>
      </Head>
      {report.data?.partial && (
        <div class="banner">The audit was stopped: what was not read is not judged.</div>
      )}
      {(audit.loading || report.loading) && (
        <div class="body">
          <Skeleton />
        </div>
      )}
      {(audit.error ?? report.error) && (
        <div class="body">
          <Trouble error={(audit.error ?? report.error)!} what="Audits" retry={audit.reload} />
        </div>
      )}
      {going(audit.data) && <Running key={state} id={id} onDone={audit.reload} />}
      {audit.data && report.data && (
        <Report
          audit={audit.data}
          report={report.data}
          corpus={corpus}
          baseline={baseline.data}
        />
      )}
    </>
  );
}
