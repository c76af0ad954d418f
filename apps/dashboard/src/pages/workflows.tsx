// SPDX-License-Identifier: Apache-2.0
// Workflows: the steps of each as a graph, the way to run it, its runs, and its text in an editor that is checked as it
// is written.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ApiError, download, post } from '../api/client';
import type { CheckedWorkflow, Workflow, WorkflowRun, WorkflowText } from '../api/types';
import { count } from '../lib/format';
import { amend, go, route } from '../lib/router';
import type { Schema } from '../lib/schema_complete';
import { useTitle } from '../lib/title';
import { StepGraph } from '../ui/graph';
import { Icon } from '../ui/icons';
import { Empty, Head, Skeleton, Tabs, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualList } from '../ui/vlist';
import { YamlEditor } from '../ui/yaml_editor';
import { graphSteps } from './workflow_graph';
import { PastRuns, WorkflowRunPage } from './workflow_run';
import { StartForm } from './workflow_start';

const noStates = new Map<string, never>();

function Problems({ checked }: { checked: CheckedWorkflow }) {
  if (checked.problems.length === 0) {
    return (
      <p class="row small">
        <span class="tag ok">no problem</span>
        <span class="muted">It can be run as it is.</span>
      </p>
    );
  }
  return (
    <ol class="problems" aria-label="Problems">
      {checked.problems.map((one, index) => (
        <li key={index} class="row small">
          <span class={one.severity === 'error' ? 'tag bad' : 'tag'}>{one.code}</span>
          <span class="mono muted nowrap">
            {one.line}:{one.column}
          </span>
          <span class="grow">
            {one.message}
            <span class="muted"> — {one.suggestion ? `did you mean ${one.suggestion}?` : one.advice}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

const checkAfterMs = 350;

// The text as it is edited, checked by the server a moment after the last key.
function useChecked(start: WorkflowText) {
  const [text, setText] = useState(start.yaml);
  const [checked, setChecked] = useState(start.checked);
  const [problem, setProblem] = useState<ApiError>();
  useEffect(() => {
    if (text === start.yaml) {
      setChecked(start.checked);
      return undefined;
    }
    const timer = setTimeout(() => {
      post<CheckedWorkflow>('/api/workflows/check', { yaml: text }).then(
        (found) => {
          setChecked(found);
          setProblem(undefined);
        },
        (error: ApiError) => setProblem(error),
      );
    }, checkAfterMs);
    return () => clearTimeout(timer);
  }, [text]);
  return { text, setText, checked, problem };
}

function WorkflowView({ start }: { start: WorkflowText }) {
  const { text, setText, checked, problem } = useChecked(start);
  const schema = useResource<Schema>('/api/workflows/schema').data;
  const past = useResource<{ workflow_runs: WorkflowRun[] }>('/api/workflow-runs?limit=500', 4000);
  const runs = useMemo(
    () => (past.data?.workflow_runs ?? []).filter((run) => run.workflow === start.name),
    [past.data, start.name],
  );
  const tab = route.value.query.get('tab') ?? 'graph';
  const edited = text !== start.yaml;
  useTitle(start.name);
  return (
    <div class="stack workflow">
      <header class="row">
        <div class="grow">
          <h2>{start.name}</h2>
          <p class="muted small">{checked.description}</p>
        </div>
        <button
          type="button"
          class="btn"
          onClick={() => download(`${start.name}.yaml`, 'text/yaml', text)}
        >
          <Icon name="down" />
          Save YAML
        </button>
      </header>
      {problem && <Trouble error={problem} what="Workflows" />}
      <Tabs
        label="Views of the workflow"
        panel="workflow"
        now={tab}
        onPick={(id) => amend({ tab: id === 'graph' ? undefined : id })}
        tabs={[
          { id: 'graph', label: 'Steps and start' },
          { id: 'yaml', label: 'YAML', ...someOf(checked.problems.length) },
          { id: 'runs', label: 'Runs', ...someOf(runs.length) },
        ]}
      />
      <div id="workflow" role="tabpanel" aria-labelledby={`tab-${tab}`} class="stack panel">
        {tab === 'yaml' && (
          <>
            <YamlEditor
              label={`YAML of ${start.name}`}
              text={text}
              schema={schema}
              problems={checked.problems}
              onChange={setText}
            />
            <Problems checked={checked} />
          </>
        )}
        {tab === 'runs' && (
          <>
            {past.error && <Trouble error={past.error} what="Workflow runs" retry={past.reload} />}
            {past.data && <PastRuns runs={runs} />}
          </>
        )}
        {tab === 'graph' && (
          <>
            {!checked.ok && <Problems checked={checked} />}
            {checked.graph && <StepGraph steps={graphSteps(checked.graph)} states={noStates} />}
            {edited && checked.ok && (
              <p class="note info small">It runs with the text as it was edited here.</p>
            )}
            {checked.ok && (
              <StartForm name={start.name} yaml={edited ? text : undefined} checked={checked} />
            )}
          </>
        )}
      </div>
    </div>
  );
}

const someOf = (n: number) => (n > 0 ? { n } : {});

function Chosen({ name }: { name: string }) {
  const found = useResource<WorkflowText>(`/api/workflows/${encodeURIComponent(name)}`);
  if (found.error) return <Trouble error={found.error} what="Workflows" retry={found.reload} />;
  return found.data ? <WorkflowView start={found.data} /> : <Skeleton />;
}

export function WorkflowsPage() {
  const found = useResource<{ workflows: Workflow[] }>('/api/workflows');
  const list = found.data?.workflows ?? [];
  const { id, query } = route.value;
  const run = query.get('run');
  const now = list.find((one) => one.name === id) ?? (id ? undefined : list[0]);
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
            text="Workflows are YAML files in configs/workflows of the program, or in the folder workflows beside config.yaml."
          />
        )}
        {list.length > 0 && (
          <div class="split narrow">
            <div class="list">
              <VirtualList
                label="Workflows"
                items={list}
                rowHeight={52}
                selected={now?.name ?? ''}
                keyOf={(one) => one.name}
                onPick={(one) => go('workflows', one.name)}
                row={(one) => (
                  <>
                    <span class="row">
                      <b class="clip grow">{one.name}</b>
                      {!one.ok && <span class="tag bad">has errors</span>}
                    </span>
                    <span class="muted clip">
                      {one.ok ? `${count(one.steps, 'step')} · ${one.description}` : 'cannot be run'}
                    </span>
                  </>
                )}
              />
            </div>
            <div class="detail">
              {run ? (
                <WorkflowRunPage key={run} id={run} />
              ) : now ? (
                <Chosen key={now.name} name={now.name} />
              ) : (
                <Empty icon="workflows" title="It is not there" text={`No workflow is named ${id}.`} />
              )}
            </div>
          </div>
        )}
      </div>
    </>
  );
}
