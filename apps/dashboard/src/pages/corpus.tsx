// SPDX-License-Identifier: Apache-2.0
// One corpus: how it fills the context, what is kept of it, and where its tokens are.
import { useMemo, useState } from 'preact/hooks';
import { ApiError, remove } from '../api/client';
import type { Answer, Corpus, CorpusPlan, PlanFile, Run, Status } from '../api/types';
import { bytes, count, folderName, percent, thousands, when } from '../lib/format';
import { amend, href, route } from '../lib/router';
import { useTitle } from '../lib/title';
import { Dialog } from '../ui/dialog';
import { Gauge } from '../ui/gauge';
import { Search, Skeleton, Tabs, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { Legend, Treemap, type Colour } from '../ui/treemap';
import { VirtualTable, type Column } from '../ui/vtable';

function Forget(props: { corpus: Corpus; onClose: () => void; onDone: () => void }) {
  const [problem, setProblem] = useState<ApiError>();
  const drop = async () => {
    try {
      await remove(`/api/corpora/${props.corpus.name}`);
      props.onDone();
    } catch (error) {
      setProblem(error as ApiError);
    }
  };
  return (
    <Dialog title={`Forget ${folderName(props.corpus.root)}?`} onClose={props.onClose}>
      <p>
        The saved state ({bytes(props.corpus.state_bytes)}, a copy of what was read) is removed from
        this machine. The folder itself stays. The next question reads it again.
      </p>
      {problem && <Trouble error={problem} what="Corpora" />}
      <div class="actions">
        <button type="button" class="btn" data-first onClick={props.onClose}>
          Keep
        </button>
        <button type="button" class="btn danger" onClick={() => void drop()}>
          Forget
        </button>
      </div>
    </Dialog>
  );
}

function Facts({ corpus, plan, status }: { corpus: Corpus; plan?: CorpusPlan; status?: Status }) {
  const window = plan?.window_tokens ?? status?.model.window_tokens ?? 0;
  const inside = plan
    ? plan.per_file.reduce((sum, file) => sum + (file.window === 0 ? file.tokens : 0), 0)
    : Math.min(corpus.tokens, window);
  return (
    <>
      <dl class="facts">
        <dt>Read</dt>
        <dd>
          {thousands(corpus.tokens)} tokens, {count(corpus.lines, 'line')}, by {corpus.model},{' '}
          {when(corpus.created)}
        </dd>
        <dt>On disk</dt>
        <dd>
          {bytes(corpus.state_bytes)} of state in {count(corpus.windows, 'window')}
        </dd>
        {plan && plan.tokens !== corpus.tokens && (
          <>
            <dt>Now</dt>
            <dd>
              The folder has changed: {thousands(plan.tokens)} tokens. The next question reads what
              is new.
            </dd>
          </>
        )}
        {plan && plan.overflow_files > 0 && (
          <>
            <dt>Beyond</dt>
            <dd>
              {count(plan.overflow_files, 'file')} ({percent(plan.overflow_files, plan.files)}) stand
              beyond the context and are found through the index
            </dd>
          </>
        )}
      </dl>
      {window > 0 && (
        <Gauge window={window} segments={[{ kind: 'corpus', name: 'corpus', tokens: inside }]} />
      )}
    </>
  );
}

// How often the answers since the server's start cited each file of a corpus.
function useCitations(corpus: string): Map<string, number> {
  const runs = useResource<{ runs: Run[] }>('/api/runs').data?.runs;
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const run of runs ?? []) {
      if (run.kind !== 'ask' || run.corpus !== corpus) continue;
      for (const { path } of (run.result as Answer | undefined)?.citations ?? []) {
        counts.set(path, (counts.get(path) ?? 0) + 1);
      }
    }
    return counts;
  }, [runs, corpus]);
}

const columns: Column[] = [
  { name: 'File', width: 'minmax(0, 1fr)' },
  { name: 'Tokens', width: '72px', num: true },
  { name: 'Lines', width: '64px', num: true },
  { name: 'Changes', width: '72px', num: true },
  { name: 'Citations', width: '72px', num: true },
  { name: 'Where', width: '112px' },
];

interface FileTableProps {
  files: PlanFile[];
  cited: Map<string, number>;
  words: string;
  onOpen: (path: string) => void;
}

function FileTable({ files, cited, words, onOpen }: FileTableProps) {
  const shown = useMemo(() => {
    const wanted = words.toLowerCase();
    return files.filter((file) => file.path.toLowerCase().includes(wanted));
  }, [files, words]);
  return (
    <VirtualTable
      label="Files"
      columns={columns}
      items={shown}
      rowHeight={28}
      keyOf={(file) => file.path}
      onPick={(file) => onOpen(file.path)}
      cells={(file) => [
        <span class="mono">{file.path}</span>,
        thousands(file.tokens),
        <span class="muted">{thousands(file.lines)}</span>,
        <span class="muted">{thousands(file.changes)}</span>,
        cited.get(file.path) ?? '',
        <span class="muted">{file.window === 0 ? 'in the context' : 'beyond it'}</span>,
      ]}
    />
  );
}

export function CorpusView({ corpus, onGone }: { corpus: Corpus; onGone: () => void }) {
  const plan = useResource<CorpusPlan>(`/api/corpora/${corpus.name}/tree`);
  const status = useResource<Status>('/api/status').data;
  const [picked, setColour] = useState<Colour>();
  const history = plan.data?.per_file.some((file) => file.changes > 0) ?? true;
  const colour = picked ?? (history ? 'changes' : 'window');
  const [words, setWords] = useState('');
  const cited = useCitations(corpus.name);
  const tab = route.value.query.get('view') ?? 'map';
  const open = (path: string) => amend({ file: path, line: undefined, end: undefined });
  const [dropping, setDropping] = useState(false);
  useTitle(folderName(corpus.root));
  return (
    <div class="stack corpus">
      <header class="row wrap">
        <div class="grow">
          <h2>{folderName(corpus.root)}</h2>
          <p class="muted small mono">{corpus.root}</p>
        </div>
        <a class="btn primary" href={href('ask', corpus.name)}>
          Ask
        </a>
        <a class="btn" href={href('audits', '', { path: corpus.root })}>
          Audit
        </a>
        <button type="button" class="btn danger" onClick={() => setDropping(true)}>
          Forget…
        </button>
      </header>
      <Facts corpus={corpus} plan={plan.data} status={status} />
      <div class="row wrap">
        <Tabs
          label="Views of the files"
          panel="files"
          now={tab}
          onPick={(id) => amend({ view: id === 'map' ? undefined : id })}
          tabs={[
            { id: 'map', label: 'Map' },
            { id: 'list', label: 'Files', ...(plan.data ? { n: plan.data.files } : {}) },
          ]}
        />
        <span class="grow" />
        {tab === 'map' && <Legend colour={colour} files={plan.data?.files ?? 0} onPick={setColour} />}
        <Search label="Search files" value={words} onInput={setWords} />
      </div>
      {plan.loading && <Skeleton rows={8} />}
      {plan.error && <Trouble error={plan.error} what="Corpora" retry={plan.reload} />}
      {plan.data && (
        <div id="files" role="tabpanel" aria-labelledby={`tab-${tab}`} class="files">
          {tab === 'map' ? (
            <Treemap
              files={plan.data.per_file}
              cited={cited}
              colour={colour}
              words={words}
              onOpen={open}
            />
          ) : (
            <FileTable files={plan.data.per_file} cited={cited} words={words} onOpen={open} />
          )}
        </div>
      )}
      {plan.data && plan.data.skipped.length > 0 && (
        <details class="small">
          <summary>{count(plan.data.skipped.length, 'file was', 'files were')} not read</summary>
          <ul class="skipped">
            {plan.data.skipped.slice(0, 500).map((file) => (
              <li key={file.path}>
                <span class="mono">{file.path}</span> <span class="muted">{file.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {dropping && (
        <Forget
          corpus={corpus}
          onClose={() => setDropping(false)}
          onDone={() => {
            setDropping(false);
            onGone();
          }}
        />
      )}
    </div>
  );
}
