// SPDX-License-Identifier: Apache-2.0
// Workflows: what each would do, as a graph of its steps.
import type { Workflow } from '../api/types';
import { count } from '../lib/format';
import { go, route } from '../lib/router';
import { StepGraph } from '../ui/graph';
import { Empty, Head, Skeleton, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualList } from '../ui/vlist';

const noStates = new Map<string, string>();

function WorkflowView({ workflow }: { workflow: Workflow }) {
  return (
    <div class="stack">
      <header>
        <h2>{workflow.title || workflow.name}</h2>
        {workflow.file && <p class="muted small mono">{workflow.file}</p>}
      </header>
      <StepGraph steps={workflow.steps} states={noStates} />
      <table class="table">
        <thead>
          <tr>
            <th>Step</th>
            <th>Kind</th>
            <th>Needs</th>
          </tr>
        </thead>
        <tbody>
          {workflow.steps.map((step) => (
            <tr key={step.id}>
              <td class="mono">{step.id}</td>
              <td>{step.kind}</td>
              <td class="mono muted">{step.needs.join(', ') || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small muted">
        Bound its cost before it starts: <code>fathom workflow check {workflow.file ?? workflow.name}</code>
      </p>
    </div>
  );
}

export function WorkflowsPage() {
  const found = useResource<{ workflows: Workflow[] }>('/api/workflows');
  const list = found.data?.workflows ?? [];
  const now = list.find((one) => one.name === route.value.id) ?? list[0];
  return (
    <>
      <Head title="Workflows" sub="Steps in YAML, with a cost bound before anything runs" />
      <div class="body flush">
        {found.loading && <Skeleton />}
        {found.error && <Trouble error={found.error} what="Workflows" retry={found.reload} />}
        {found.data && list.length === 0 && (
          <Empty
            icon="workflows"
            title="No workflow here"
            text="Workflows are YAML files in configs/workflows; each is checked when it is loaded."
          />
        )}
        {now && (
          <div class="split narrow">
            <div class="list">
              <VirtualList
                label="Workflows"
                items={list}
                rowHeight={52}
                selected={now.name}
                keyOf={(one) => one.name}
                onPick={(one) => go('workflows', one.name)}
                row={(one) => (
                  <>
                    <b class="clip">{one.title || one.name}</b>
                    <span class="muted clip">{count(one.steps.length, 'step')}</span>
                  </>
                )}
              />
            </div>
            <div class="detail">
              <WorkflowView workflow={now} />
            </div>
          </div>
        )}
      </div>
    </>
  );
}
