// SPDX-License-Identifier: Apache-2.0
// The small parts that every page is made of.
import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/client';
import type { RunState, Severity } from '../api/types';
import { thousands } from '../lib/format';
import { useTitle } from '../lib/title';
import { Icon } from './icons';

export function Head(props: {
  title: string; // of words that somebody wrote, those between backticks are code
  sub?: ComponentChildren;
  children?: ComponentChildren;
}) {
  useTitle(props.title);
  return (
    <header class="head">
      <div class="grow">
        <h1 class="clip" tabIndex={-1} id="title">
          <Words text={props.title} />
        </h1>
        {props.sub && <div class="sub clip">{props.sub}</div>}
      </div>
      {props.children}
    </header>
  );
}

// A line of words, of which those between backticks are code.
export function Words({ text }: { text: string }) {
  const parts = text.split(/`([^`\n]{1,200})`/);
  return <>{parts.map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part))}</>;
}

export function Empty(props: {
  icon: string;
  title: string;
  text: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name={props.icon} />
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children && <div class="row wrap">{props.children}</div>}
    </div>
  );
}

export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div class="skeleton" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <i key={index} style={{ width: `${[92, 74, 83, 61, 88, 70][index % 6]}%` }} />
      ))}
    </div>
  );
}

// What went wrong, and the way on. A part that this build does not have is no fault.
export function Trouble(props: { error: ApiError; what: string; retry?: () => void }) {
  if (props.error.notBuilt) {
    return (
      <Empty
        icon="engine"
        title={`${props.what} are not part of this build`}
        text="The server of this program does not offer them. Everything else works, and the command line may have what is missing here: fathom --help."
      >
        <a class="btn" href="#/engine">
          What this build has
        </a>
      </Empty>
    );
  }
  return (
    <div class="note" role="alert">
      <div class="grow">
        {props.error.message}
        {props.error.requestId && <span class="muted small"> (request {props.error.requestId})</span>}
      </div>
      {props.retry && (
        <button type="button" class="btn small" onClick={props.retry}>
          Try again
        </button>
      )}
    </div>
  );
}

export const SeverityMark = ({ severity }: { severity: Severity }) => (
  <span class={`sev ${severity}`}>{severity}</span>
);

const stateWords: Record<string, string> = {
  queued: 'waits for its turn',
  running: 'running',
  waiting: 'waits for you',
  done: 'done',
  failed: 'failed',
  cancelled: 'stopped',
  paused: 'paused',
  negative: 'the answer is no',
  skipped: 'skipped',
  cut: 'cut off',
};

// Of a run, or of a step of a workflow.
export function StateMark({ state }: { state: RunState | string }) {
  return (
    <span class="row nowrap">
      <i class={`dot ${state}`} />
      <span>{stateWords[state] ?? state}</span>
    </span>
  );
}

// `share`: 0..1, or undefined when not known.
export function Bar({ share, label }: { share: number | undefined; label: string }) {
  const known = share !== undefined;
  const value = known ? Math.round(Math.min(1, Math.max(0, share)) * 100) : undefined;
  return (
    <div
      class={known ? 'bar' : 'bar unknown'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
    >
      <i style={known ? { width: `${value}%` } : {}} />
    </div>
  );
}

export function Field(props: { label: string; hint?: ComponentChildren; children: ComponentChildren }) {
  return (
    <label class="field">
      <span>{props.label}</span>
      {props.children}
      {props.hint && <span class="hint">{props.hint}</span>}
    </label>
  );
}

export function Search(props: { value: string; onInput: (value: string) => void; label: string }) {
  return (
    <div class="search">
      <Icon name="search" />
      <input
        class="input"
        type="search"
        data-search
        aria-label={props.label}
        placeholder={props.label}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </div>
  );
}

export interface Tab {
  id: string;
  label: string;
  n?: number;
}

// Arrow keys move between tabs, as screen readers expect.
export function Tabs(props: {
  label: string;
  tabs: Tab[];
  now: string;
  panel: string;
  onPick: (id: string) => void;
}) {
  const move = (event: KeyboardEvent, index: number) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = props.tabs[(index + step + props.tabs.length) % props.tabs.length];
    if (!step || !next) return;
    event.preventDefault();
    props.onPick(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={props.label}>
      {props.tabs.map((tab, index) => (
        <button
          key={tab.id}
          id={`tab-${tab.id}`}
          type="button"
          role="tab"
          aria-selected={tab.id === props.now}
          aria-controls={props.panel}
          tabIndex={tab.id === props.now ? 0 : -1}
          onClick={() => props.onPick(tab.id)}
          onKeyDown={(event) => move(event, index)}
        >
          {tab.label}
          {tab.n !== undefined && <span class="n">{thousands(tab.n)}</span>}
        </button>
      ))}
    </div>
  );
}
