// SPDX-License-Identifier: Apache-2.0
// Workflows: the steps of each as a graph, what it can cost at most, and its text in an editor that is checked as it is
// written.
import { useEffect, useState } from 'preact/hooks';
import { ApiError, download, post } from '../api/client';
import type { CheckedWorkflow, Workflow, WorkflowText } from '../api/types';
import { count, dollars, thousands } from '../lib/format';
import { go, route } from '../lib/router';
import type { Schema } from '../lib/schema_complete';
import { StepGraph } from '../ui/graph';
import { Icon } from '../ui/icons';
import { Empty, Head, Skeleton, Tabs, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualList } from '../ui/vlist';
import { YamlEditor } from '../ui/yaml_editor';

const noStates = new Map<string, string>();

function Bound({ checked }: { checked: CheckedWorkflow }) {
  const { bound, graph } = checked;
  if (!bound || !graph) return null;
  const atMost = (value: number | null, say: (value: number) => string) =>
    value === null ? 'not bounded' : say(value);
  return (
    <>
      <dl class="figures">
        <div>
          <dt>tokens at most</dt>
          <dd>{atMost(bound.tokens_max, thousands)}</dd>
        </div>
        <div>
          <dt>dollars at most</dt>
          <dd>{atMost(bound.dollars_max, dollars)}</dd>
        </div>
        <div>
          <dt>steps</dt>
          <dd>{graph.nodes.length}</dd>
        </div>
      </dl>
      <table class="table">
        <thead>
          <tr>
            <th>Step</th>
            <th>Kind</th>
            <th class="num">Times</th>
            <th class="num">Tokens at most</th>
            <th>Bounded by</th>
          </tr>
        </thead>
        <tbody>
          {bound.steps.map((step) => (
            <tr key={step.id}>
              <td class="mono">{step.id}</td>
              <td>{graph.nodes.find((node) => node.id === step.id)?.kind}</td>
              <td class="num">{thousands(step.instances_max)}</td>
              <td class="num">{atMost(step.tokens_max, thousands)}</td>
              <td class="muted">{step.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

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
            {one.suggestion && <span class="muted"> — did you mean {one.suggestion}?</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Inputs({ checked }: { checked: CheckedWorkflow }) {
  const inputs = checked.inputs ?? [];
  if (inputs.length === 0) return null;
  return (
    <table class="table">
      <thead>
        <tr>
          <th>Input</th>
          <th>Type</th>
          <th>Default</th>
          <th>Meaning</th>
        </tr>
      </thead>
      <tbody>
        {inputs.map((input) => (
          <tr key={input.name}>
            <td class="mono">{input.name}</td>
            <td>{input.type}</td>
            <td class="mono muted">{input.required ? 'needed' : JSON.stringify(input.default)}</td>
            <td class="muted">{input.description}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
  const [tab, setTab] = useState('graph');
  const graph = checked.graph;
  const steps = (graph?.nodes ?? []).map((node) => ({
    id: node.id,
    kind: `${node.kind}${node.matrix ? ' × matrix' : ''}`,
    needs: (graph?.edges ?? []).filter((edge) => edge.to === node.id).map((edge) => edge.from),
  }));
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
        onPick={setTab}
        tabs={[
          { id: 'graph', label: 'Steps and cost' },
          { id: 'yaml', label: 'YAML', ...(checked.problems.length > 0 ? { n: checked.problems.length } : {}) },
        ]}
      />
      <div id="workflow" role="tabpanel" aria-labelledby={`tab-${tab}`} class="stack">
        {tab === 'yaml' ? (
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
        ) : (
          <>
            {!checked.ok && <Problems checked={checked} />}
            {graph && <StepGraph steps={steps} states={noStates} />}
            <Bound checked={checked} />
            <Inputs checked={checked} />
          </>
        )}
      </div>
      <p class="small muted">
        Run it: <code>fathom run {start.name}</code>
      </p>
    </div>
  );
}

function Chosen({ name }: { name: string }) {
  const found = useResource<WorkflowText>(`/api/workflows/${encodeURIComponent(name)}`);
  if (found.error) return <Trouble error={found.error} what="Workflows" retry={found.reload} />;
  return found.data ? <WorkflowView start={found.data} /> : <Skeleton />;
}

export function WorkflowsPage() {
  const found = useResource<{ workflows: Workflow[] }>('/api/workflows');
  const list = found.data?.workflows ?? [];
  const { id } = route.value;
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
              {now ? (
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
