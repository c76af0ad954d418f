// SPDX-License-Identifier: Apache-2.0
// One finding: what is claimed, the code, how strong the evidence is, what each check said, and the way to say that it
// is none.
import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { AuditReport, FileText, Finding, FindingPlace } from '../api/types';
import { evidence } from '../lib/findings';
import { href } from '../lib/router';
import { Code } from '../ui/code';
import { Dialog } from '../ui/dialog';
import { fileUrl } from '../ui/file_pane';
import { Field, SeverityMark, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';

const contextLines = 5;

interface ExcerptProps {
  place: FindingPlace;
  corpus: string | undefined;
  lines?: Finding['context'];
}

function Excerpt({ place, corpus, lines }: ExcerptProps) {
  const at = corpus
    ? { corpus, path: place.path, start: place.start, end: place.end }
    : undefined;
  // A finding brings its lines; where a value comes from is looked up.
  const file = useResource<FileText>(at && !lines ? fileUrl(at, contextLines) : null);
  const quote = (place.quote ?? '').split('\n');
  return (
    <>
      <div class="row">
        <span class="mono grow clip">
          {place.path}:{place.start}
          {place.end > place.start && `–${place.end}`}
        </span>
        {corpus && (
          <a
            class="small"
            href={href('corpora', corpus, { file: place.path, line: place.start, end: place.end })}
          >
            Whole file
          </a>
        )}
      </div>
      <Code
        path={place.path}
        lines={lines?.map((line) => line.text) ?? file.data?.lines ?? quote}
        firstLine={lines?.[0]?.number ?? file.data?.first_line ?? place.start}
        marked={[place]}
      />
    </>
  );
}

const signs = { agrees: '✓', silent: '·', contradicts: '✕' };
const outcomeWords = { agrees: 'agrees', silent: 'says nothing', contradicts: 'contradicts' };

function Log({ finding }: { finding: Finding }) {
  return (
    <ol class="log" aria-label="Verification log">
      {finding.log.map((entry, index) => (
        <li key={index} class={entry.outcome}>
          <span class="sign" aria-hidden="true">
            {signs[entry.outcome]}
          </span>
          <b>{entry.check}</b>
          <span class="outcome">{outcomeWords[entry.outcome]}</span>
          <span>{entry.said}</span>
        </li>
      ))}
    </ol>
  );
}

function EvidenceLadder({ finding }: { finding: Finding }) {
  const level = Number(finding.evidence.slice(1));
  return (
    <span class="row" title={`Evidence ${finding.evidence}: ${evidence[finding.evidence]}`}>
      <span class="ladder" aria-hidden="true">
        {[0, 1, 2, 3].map((step) => (
          <i key={step} class={step <= level ? 'on' : ''} />
        ))}
      </span>
      <span>
        <b>{finding.evidence}</b> <span class="muted">{evidence[finding.evidence]}</span>
      </span>
    </span>
  );
}

interface SuppressProps {
  audit: string;
  finding: Finding;
  onClose: () => void;
  onDone: (reason: string) => void;
}

function Suppress({ audit, finding, onClose, onDone }: SuppressProps) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<ApiError>();
  const send = async (event: Event) => {
    event.preventDefault();
    const body = { fingerprint: finding.fingerprint, reason: reason.trim() };
    try {
      await post(`/api/audits/${encodeURIComponent(audit)}/suppress`, body);
      onDone(body.reason);
    } catch (error) {
      setProblem(error as ApiError);
    }
  };
  return (
    <Dialog title="Why is this no finding?" onClose={onClose}>
      <form class="stack" onSubmit={(event) => void send(event)}>
        <p class="muted small">
          {finding.family} at <span class="mono">{finding.path}:{finding.start}</span>. The reason is
          written to <code>.fathom.yaml</code> in the folder and appears in every later report.
        </p>
        <Field label="Reason">
          <input
            class="input"
            data-first
            required
            maxLength={500}
            placeholder="The table name comes from an enum"
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        {problem && <Trouble error={problem} what="Suppressions" />}
        <div class="actions">
          <button type="button" class="btn" onClick={onClose}>
            Cancel
          </button>
          <button class="btn primary" disabled={!reason.trim()}>
            Suppress
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface Props {
  audit: string;
  report: AuditReport;
  finding: Finding;
  corpus: string | undefined;
  onSuppressed: (reason: string) => void;
}

function Reason({ finding }: { finding: Finding }) {
  if (!finding.reason) return null;
  const suppressed = finding.state === 'suppressed';
  return (
    <div class={suppressed ? 'note info' : 'note warn'}>
      <span>
        <b>{suppressed ? 'Suppressed' : 'Rejected'}:</b> {finding.reason}
        {finding.reason_place && <span class="muted"> ({finding.reason_place})</span>}
      </span>
    </div>
  );
}

export function FindingDetail({ audit, report, finding, corpus, onSuppressed }: Props) {
  const [asking, setAsking] = useState(false);
  const rule = report.rules.find((one) => one.id === finding.rule);
  return (
    <article class="stack finding">
      <header class="row">
        <div class="grow">
          <h2>{rule?.title ?? finding.family}</h2>
          <p class="row wrap small">
            <SeverityMark severity={finding.severity} />
            <span class="muted">CWE-{finding.cwe}</span>
            <span class="muted">{finding.family}</span>
          </p>
        </div>
        {finding.state === 'shown' && (
          <button type="button" class="btn" data-suppress onClick={() => setAsking(true)}>
            Suppress…
          </button>
        )}
      </header>
      <Reason finding={finding} />
      <p>{finding.message}</p>
      <Excerpt
        place={finding}
        corpus={corpus}
        {...(finding.context.length > 0 ? { lines: finding.context } : {})}
      />
      {finding.source && (
        <>
          <h3>Where the value comes from</h3>
          <Excerpt place={finding.source} corpus={corpus} />
        </>
      )}
      <div>
        <h3>Evidence</h3>
        <EvidenceLadder finding={finding} />
      </div>
      <div>
        <h3>What was checked</h3>
        <Log finding={finding} />
      </div>
      {rule?.help && (
        <div>
          <h3>What to do instead</h3>
          <p>{rule.help}</p>
        </div>
      )}
      <p class="muted xs mono">fingerprint {finding.fingerprint}</p>
      {asking && (
        <Suppress
          audit={audit}
          finding={finding}
          onClose={() => setAsking(false)}
          onDone={(reason) => {
            setAsking(false);
            onSuppressed(reason);
          }}
        />
      )}
    </article>
  );
}
