// SPDX-License-Identifier: Apache-2.0
// Audits: the list of them, and the way to a new one.
import { useMemo, useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { Audit, Corpus, Run, Status } from '../api/types';
import { folderName, thousands, when } from '../lib/format';
import { go, href, route } from '../lib/router';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icons';
import { Empty, Field, Head, Search, Skeleton, StateMark, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualTable, type Column } from '../ui/vtable';
import { AuditView } from './audit';

function NewAudit({ path, onClose }: { path: string; onClose: () => void }) {
  const roots = useResource<Status>('/api/status').data?.roots ?? [];
  const corpora = useResource<{ corpora: Corpus[] }>('/api/corpora').data?.corpora ?? [];
  const [folder, setFolder] = useState(path);
  const [rules, setRules] = useState('');
  const [baseline, setBaseline] = useState('');
  const earlier = (useResource<{ audits: Audit[] }>('/api/audits').data?.audits ?? []).filter(
    (audit) => audit.state === 'done' && audit.root.endsWith(folder.trim().replace(/^\.?\//, '')),
  );
  const [problem, setProblem] = useState<ApiError>();
  const start = async (event: Event) => {
    event.preventDefault();
    const names = rules.split(/[\s,]+/).filter(Boolean);
    const body = {
      path: folder.trim(),
      ...(names.length > 0 ? { rules: names } : {}),
      ...(baseline ? { baseline } : {}),
    };
    try {
      const run = await post<Run>('/api/audits', body);
      onClose();
      go('audits', run.id);
    } catch (error) {
      setProblem(error as ApiError);
    }
  };
  return (
    <Dialog title="New audit" onClose={onClose}>
      <form class="stack" onSubmit={(event) => void start(event)}>
        <Field label="Folder" hint={roots.length > 0 ? `Below ${roots.join(', ')}` : undefined}>
          <input
            class="input mono"
            data-first
            required
            list="folders"
            spellcheck={false}
            placeholder="examples/orders-service"
            value={folder}
            onInput={(event) => setFolder(event.currentTarget.value)}
          />
        </Field>
        <datalist id="folders">
          {corpora.map((corpus) => (
            <option key={corpus.name} value={corpus.root} />
          ))}
        </datalist>
        <Field label="Families" hint="Such as sql-injection, weak-hash. Empty: all of them.">
          <input
            class="input mono"
            spellcheck={false}
            value={rules}
            onInput={(event) => setRules(event.currentTarget.value)}
          />
        </Field>
        {folder.trim() && earlier.length > 0 && (
          <Field label="Baseline" hint="What that audit reported is marked as known, not as new.">
            <select
              class="input"
              value={baseline}
              onChange={(event) => setBaseline(event.currentTarget.value)}
            >
              <option value="">None</option>
              {earlier.map((audit) => (
                <option key={audit.id} value={audit.id}>
                  {when(audit.created)}, {audit.findings ?? 0} findings
                </option>
              ))}
            </select>
          </Field>
        )}
        {problem && <Trouble error={problem} what="Audits" />}
        <div class="actions">
          <button type="button" class="btn" onClick={onClose}>
            Cancel
          </button>
          <button class="btn primary" disabled={!folder.trim()}>
            Start
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const columns: Column[] = [
  { name: 'Folder', width: 'minmax(0, 1fr)' },
  { name: 'State', width: '120px' },
  { name: 'Findings', width: '76px', num: true },
  { name: 'Rejected', width: '76px', num: true },
  { name: 'Suppressed', width: '92px', num: true },
  { name: 'Started', width: '150px', num: true },
];

const known = (value: number | undefined) => (value === undefined ? '–' : thousands(value));

function AuditTable({ audits }: { audits: Audit[] }) {
  return (
    <VirtualTable
      label="Audits"
      columns={columns}
      items={audits}
      rowHeight={30}
      keyOf={(audit) => audit.id}
      hrefOf={(audit) => href('audits', audit.id)}
      cells={(audit) => [
        <>
          {folderName(audit.root)} <span class="muted small mono">{audit.root}</span>
        </>,
        <StateMark state={audit.state} />,
        <b>{known(audit.findings)}</b>,
        <span class="muted">{known(audit.rejected)}</span>,
        <span class="muted">{known(audit.suppressed)}</span>,
        when(audit.created),
      ]}
    />
  );
}

function AuditList() {
  const audits = useResource<{ audits: Audit[] }>('/api/audits', 5000);
  const [adding, setAdding] = useState(route.value.query.get('path') ?? '');
  const [open, setOpen] = useState(route.value.query.has('path'));
  const [filter, setFilter] = useState('');
  const list = audits.data?.audits ?? [];
  const shown = useMemo(
    () => list.filter((audit) => audit.root.toLowerCase().includes(filter.toLowerCase())),
    [audits.data, filter],
  );
  const begin = () => {
    setAdding('');
    setOpen(true);
  };
  return (
    <>
      <Head title="Audits" sub="What the model calls a weakness, and what was checked about it">
        <Search label="Search folders" value={filter} onInput={setFilter} />
        {!audits.error?.notBuilt && (
          <button type="button" class="btn primary" data-new onClick={begin}>
            <Icon name="plus" />
            New audit
          </button>
        )}
      </Head>
      <div class="body column">
        {audits.loading && <Skeleton />}
        {audits.error && <Trouble error={audits.error} what="Audits" retry={audits.reload} />}
        {audits.data && list.length === 0 && (
          <Empty
            icon="audits"
            title="No audit yet"
            text="An audit reads a folder once, questions every line, checks each candidate and says what it rejected and why."
          >
            <button type="button" class="btn primary" onClick={begin}>
              New audit
            </button>
          </Empty>
        )}
        {shown.length > 0 && <AuditTable audits={shown} />}
        {list.length > 0 && shown.length === 0 && <p class="muted">No folder has “{filter}”.</p>}
      </div>
      {open && <NewAudit path={adding} onClose={() => setOpen(false)} />}
    </>
  );
}

export function AuditsPage() {
  const id = route.value.id;
  return id ? <AuditView key={id} id={id} /> : <AuditList />;
}
