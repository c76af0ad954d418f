// SPDX-License-Identifier: Apache-2.0
// Runs: what the program did and does. What waits for a person is answered here.
import { useMemo, useState } from 'preact/hooks';
import type { Run } from '../api/types';
import { folderName, thousands, when } from '../lib/format';
import { href, route } from '../lib/router';
import { Empty, Head, Search, Skeleton, StateMark, Trouble, Words } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualTable, type Column } from '../ui/vtable';
import { Approvals } from './approvals';
import { kinds, RunView } from './run';

const columns: Column[] = [
  { name: 'Run', width: 'minmax(0, 1fr)' },
  { name: 'Kind', width: '88px' },
  { name: 'State', width: '136px' },
  { name: 'Events', width: '72px', num: true },
  { name: 'Started', width: '150px', num: true },
];

// What was read or audited is a folder; its name says more than where it lies.
const titleOf = (run: Run) =>
  run.kind === 'ingest' || run.kind === 'audit' ? (
    <>
      {folderName(run.title)} <span class="muted mono small">{run.title}</span>
    </>
  ) : (
    <Words text={run.title || run.id} />
  );

function RunList() {
  const runs = useResource<{ runs: Run[] }>('/api/runs', 3000);
  const [words, setWords] = useState('');
  const list = runs.data?.runs ?? [];
  const shown = useMemo(() => {
    const wanted = words.toLowerCase();
    return list.filter((run) => `${run.title} ${run.kind} ${run.state}`.toLowerCase().includes(wanted));
  }, [runs.data, words]);
  return (
    <>
      <Head title="Runs" sub="Since the server was started">
        <Search label="Search runs" value={words} onInput={setWords} />
      </Head>
      <div class="body column">
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
        {shown.length > 0 && (
          <VirtualTable
            label="Runs"
            columns={columns}
            items={shown}
            rowHeight={30}
            keyOf={(run) => run.id}
            hrefOf={(run) => href('runs', run.id)}
            cells={(run) => [
              titleOf(run),
              <span class="muted">{kinds[run.kind] ?? run.kind}</span>,
              <StateMark state={run.state} />,
              thousands(run.last_event),
              when(run.created),
            ]}
          />
        )}
        {list.length > 0 && shown.length === 0 && <p class="muted">No run has “{words}”.</p>}
      </div>
    </>
  );
}

export function RunsPage() {
  const id = route.value.id;
  return id ? <RunView key={id} id={id} /> : <RunList />;
}
