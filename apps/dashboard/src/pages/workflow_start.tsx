// SPDX-License-Identifier: Apache-2.0
// Before a workflow runs: its inputs as a form, and what it can cost at most with these.
import { useEffect, useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { CheckedWorkflow, Run, Status } from '../api/types';
import { count, dollars, thousands } from '../lib/format';
import { go } from '../lib/router';
import { Field, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';

type Input = NonNullable<CheckedWorkflow['inputs']>[number];
type Values = Record<string, string>;
const checkAfterMs = 350;

// What the fields say as the server wants it; empty ones are left to their defaults.
export function inputsOf(inputs: Input[], values: Values): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { name, type } of inputs) {
    const text = values[name] ?? '';
    if (text.trim() === '') continue;
    if (type === 'list') given[name] = text.split('\n').map((line) => line.trim()).filter(Boolean);
    else if (type === 'boolean') given[name] = text === 'true';
    else if (type === 'integer' || type === 'number') given[name] = Number(text);
    else given[name] = text;
  }
  return given;
}

const shown = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

interface InputProps {
  input: Input;
  value: string;
  onChange: (value: string) => void;
}

function InputField({ input, value, onChange }: InputProps) {
  const common = {
    class: input.type === 'path' ? 'input mono' : 'input',
    required: input.required,
    placeholder: shown(input.default),
    value,
    'data-input': input.name,
    onInput: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  const choices = input.type === 'boolean' ? ['true', 'false'] : (input.enum ?? []).map(shown);
  const about = input.description.trim();
  const said = /^$|[.!?:]$/.test(about) ? about : `${about}.`;
  const hint = [said, input.type === 'list' ? 'One on each line.' : '', input.required ? '' : 'Empty: as shown.'];
  return (
    <Field label={input.name} hint={hint.filter(Boolean).join(' ')}>
      {choices.length > 0 ? (
        <select {...common}>
          <option value="">{input.required ? 'Choose…' : shown(input.default)}</option>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : input.type === 'list' ? (
        <textarea {...common} rows={3} />
      ) : (
        <input
          {...common}
          type={input.type === 'integer' || input.type === 'number' ? 'number' : 'text'}
          step={input.type === 'number' ? 'any' : undefined}
          spellcheck={false}
        />
      )}
    </Field>
  );
}

function atMost(value: number | null, say: (value: number) => string): string {
  return value === null ? 'not bounded' : say(value);
}

// What it can cost at most, step by step; where nothing bounds it, by what that is so.
export function Bound({ checked }: { checked: CheckedWorkflow }) {
  const { bound, graph } = checked;
  if (!bound || !graph) return null;
  const open = bound.steps.filter((step) => step.tokens_max === null);
  return (
    <section class="stack tight" aria-label="Cost at most">
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
      {open.length > 0 && (
        <p class="note info small" data-unbounded>
          <span>
            Not bounded before it runs, because of{' '}
            {open.map((step, index) => (
              <span key={step.id}>
                {index > 0 && '; '}
                <b>{step.id}</b>: {step.why}
              </span>
            ))}
            . A limit below pauses the run when it is reached.
          </span>
        </p>
      )}
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
    </section>
  );
}

// The workflow checked with these inputs, a moment after the last key.
function useBound(source: Record<string, string>, inputs: Record<string, unknown>, start: CheckedWorkflow) {
  const [checked, setChecked] = useState(start);
  const key = JSON.stringify([source, inputs]);
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(() => {
      post<CheckedWorkflow>('/api/workflows/check', { ...source, inputs }).then(
        (found) => gone || setChecked(found),
        () => gone || setChecked(start),
      );
    }, checkAfterMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [key]);
  return checked;
}

const limits: [string, string, string][] = [
  ['bound_tokens', 'Tokens it may cost', 'Not started when it could cost more.'],
  ['tokens_max', 'Pause after tokens', 'Computed ones.'],
  ['dollars_max', 'Pause after dollars', ''],
  ['seconds_max', 'Pause after seconds', ''],
];

interface Props {
  name: string;
  yaml: string | undefined; // the edited text; undefined: the installed one
  checked: CheckedWorkflow;
}

export function StartForm({ name, yaml, checked }: Props) {
  const status = useResource<Status>('/api/status').data;
  const [values, setValues] = useState<Values>({});
  const [caps, setCaps] = useState<Values>({});
  const [other, setOther] = useState(false);
  const [problem, setProblem] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const inputs = checked.inputs ?? [];
  const given = inputsOf(inputs, values);
  const source: Record<string, string> = yaml === undefined ? { workflow: name } : { yaml };
  const bounded = useBound(source, given, checked);
  const here = status?.model.name ?? '';
  const foreign = Boolean(checked.model && here && checked.model !== here);
  const missing = inputs.filter((input) => input.required && given[input.name] === undefined);

  const start = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const numbers = Object.entries(caps).filter(([, text]) => Number(text) > 0);
    const body = {
      ...source,
      inputs: given,
      ...(foreign && other ? { model: here } : {}),
      ...Object.fromEntries(numbers.map(([key, text]) => [key, Number(text)])),
    };
    try {
      const run = await post<Run>('/api/workflow-runs', body);
      go('workflows', name, { run: run.workflow_run });
    } catch (error) {
      setProblem(error as ApiError);
      setBusy(false);
    }
  };
  return (
    <form class="stack" onSubmit={(event) => void start(event)}>
      <Bound checked={bounded} />
      {inputs.length > 0 && (
        <div class="inputs">
          {inputs.map((input) => (
            <InputField
              key={input.name}
              input={input}
              value={values[input.name] ?? ''}
              onChange={(value) => setValues({ ...values, [input.name]: value })}
            />
          ))}
        </div>
      )}
      <details class="small">
        <summary>Limits</summary>
        <div class="inputs">
          {limits.map(([key, label, hint]) => (
            <Field key={key} label={label} hint={hint}>
              <input
                class="input"
                type="number"
                min="0"
                step="any"
                data-limit={key}
                placeholder="as the workflow says"
                value={caps[key] ?? ''}
                onInput={(event) => setCaps({ ...caps, [key]: event.currentTarget.value })}
              />
            </Field>
          ))}
        </div>
      </details>
      {foreign && (
        <label class="check small">
          <input type="checkbox" checked={other} onChange={(event) => setOther(event.currentTarget.checked)} />
          It asks for {checked.model}; {here} runs here. Run it with {here} nevertheless.
        </label>
      )}
      {bounded.inputs_problem && missing.length === 0 && (
        <div class="note" role="alert">
          {bounded.inputs_problem}
        </div>
      )}
      {problem && <Trouble error={problem} what="Workflow runs" />}
      <div class="row">
        <button class="btn primary" data-start disabled={busy || !checked.ok || missing.length > 0 || (foreign && !other)}>
          Start
        </button>
        <span class="muted small">
          {missing.length > 0
            ? `${missing.map((input) => input.name).join(', ')} ${missing.length === 1 ? 'is' : 'are'} needed`
            : `${count(checked.graph?.nodes.length ?? 0, 'step')}; nothing was spent yet`}
        </span>
      </div>
    </form>
  );
}
