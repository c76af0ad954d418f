// SPDX-License-Identifier: Apache-2.0
// One session: its turns, what fills its context, and the ways on: the next turn, a fork, an export.
import { useEffect, useState } from 'preact/hooks';
import { ApiError, download, getText, post, remove } from '../api/client';
import type { Run, Session, SessionDetail, SessionMessage, SessionTurn, Status } from '../api/types';
import { count, dollars, thousands, when } from '../lib/format';
import { go, href } from '../lib/router';
import { isOver, stageText, type RunModel } from '../lib/run_model';
import { useTitle } from '../lib/title';
import { Dialog } from '../ui/dialog';
import { Gauge } from '../ui/gauge';
import { Icon } from '../ui/icons';
import { Growing, Plain, Prose } from '../ui/long_text';
import { Menu } from '../ui/menu';
import { Skeleton, StateMark, Trouble, Words } from '../ui/parts';
import { useResource } from '../ui/resource';
import { StopRun } from '../ui/stop_run';
import { useRun } from '../ui/use_run';
import { VirtualStack } from '../ui/vstack';
import { Approvals } from './approvals';

const api = (id: string, tail = ''): string => `/api/sessions/${encodeURIComponent(id)}${tail}`;

function MessageView({ message }: { message: SessionMessage }) {
  return (
    <div class={`message ${message.role}`}>
      <b class="small">{message.name ? `${message.role} ${message.name}` : message.role}</b>
      {message.thinking && (
        <details class="thoughts">
          <summary>Thinking</summary>
          <Prose text={message.thinking} />
        </details>
      )}
      {message.role === 'tool' ? (
        <Plain text={message.content} label={`What ${message.name ?? 'the tool'} gave`} />
      ) : (
        message.content && <Prose text={message.content} />
      )}
      {(message.tool_calls ?? []).map((call) => (
        <div key={call.id} class="call">
          <span class="tag accent">calls {call.function.name}</span>
          <Plain text={call.function.arguments} label={`Arguments of ${call.function.name}`} />
        </div>
      ))}
    </div>
  );
}

const turnWords: Record<string, string> = {
  open: 'still open', done: 'done', limit: 'paused by a limit', stuck: 'stood still',
  cancelled: 'stopped',
};

function TurnHead({ turn, onFork }: { turn: SessionTurn; onFork: () => void }) {
  const { usage } = turn;
  return (
    <header class="row turn">
      <h3>Turn {turn.turn}</h3>
      <span class="muted small grow">
        {turnWords[turn.state] ?? turn.state} · {when(turn.started)}
        {usage.calls > 0 &&
          ` · ${thousands(usage.prefilled + usage.output)} tokens computed, ${thousands(usage.cached)} saved`}
      </span>
      <button type="button" class="btn quiet small" onClick={onFork}>
        <Icon name="fork" />
        Fork here
      </button>
    </header>
  );
}

// Turns and their messages below each other.
type Part = { turn: SessionTurn } | { message: SessionMessage; index: number };

function partsOf({ turn_list: turns, message_list: messages }: SessionDetail): Part[] {
  const byTurn = new Map<number, Part[]>();
  messages.forEach((message, index) => {
    const list = byTurn.get(message.turn) ?? [];
    list.push({ message, index });
    byTurn.set(message.turn, list);
  });
  return turns.flatMap((turn) => [{ turn }, ...(byTurn.get(turn.turn) ?? [])]);
}

function Usage({ session }: { session: Session }) {
  const { usage } = session;
  return (
    <p class="muted small clip" title={session.workspace}>
      {usage.calls === 0
        ? 'nothing was computed yet'
        : `${thousands(usage.prompt)} tokens in, ${thousands(usage.cached)} of them saved, ` +
          `${thousands(usage.output)} out · ${count(usage.calls, 'call')}`}
      {usage.dollars > 0 && ` · ${dollars(usage.dollars)}`}
      {session.workspace && (
        <>
          {' · '}
          <span class="mono">{session.workspace}</span>
        </>
      )}
    </p>
  );
}

// What fills the context, counted by the server's tokenizer. What is neither said nor thought are instructions and the
// descriptions of tools.
function Context({ session }: { session: SessionDetail }) {
  const window = useResource<Status>('/api/status').data?.model.context_tokens_max ?? 0;
  const [parts, setParts] = useState<{ history: number; thinking: number }>();
  const { context = 0 } = session.usage;
  useEffect(() => {
    let gone = false;
    const said = session.message_list.map((message) => message.content).join('\n');
    const thought = session.message_list.map((message) => message.thinking ?? '').join('');
    const tokens = async (text: string) =>
      text ? (await post<{ count: number }>('/tokenize', { text })).count : 0;
    Promise.all([tokens(said), tokens(thought)]).then(
      ([history, thinking]) => gone || setParts({ history, thinking }),
      () => undefined, // no gauge then
    );
    return () => {
      gone = true;
    };
  }, [session]);
  if (!parts || !window || !context) return null;
  const history = Math.min(parts.history, context);
  const thinking = Math.min(parts.thinking, context - history);
  return (
    <Gauge
      window={window}
      segments={[
        { kind: 'tools', name: 'tools and instructions', tokens: context - history - thinking },
        { kind: 'history', name: 'history', tokens: history },
        { kind: 'thinking', name: 'thinking', tokens: thinking },
      ]}
    />
  );
}

const goes = (run: Run): boolean =>
  run.state === 'queued' || run.state === 'running' || run.state === 'waiting';

function doing(model: RunModel): string {
  if (model.state === 'waiting') return '';
  if (model.now) return 'writing';
  if (model.total > model.done) {
    return `${stageText(model.stage)}: ${thousands(model.done)} of ${thousands(model.total)} tokens`;
  }
  return model.step > 0 ? `step ${model.step}` : '';
}

interface LiveProps {
  run: string;
  onStep: () => void; // there is more to be read of the session
  onOver: (error: string | undefined) => void;
}

// The turn that is carried out now, below what was said before: what is written, what waits for a person, the way to
// stop it.
function Live({ run, onStep, onOver }: LiveProps) {
  const { model, error } = useRun(run);
  const over = isOver(model);
  useEffect(() => {
    if (model.step > 0) onStep();
  }, [model.step]);
  useEffect(() => {
    if (over) onOver(model.error);
  }, [over]);
  return (
    <section class="live stack" aria-label="This turn">
      <div class="row">
        <StateMark state={model.state} />
        <span class="muted small grow clip">{doing(model)}</span>
        <a class="btn quiet small" href={href('runs', run)}>
          Timeline
        </a>
        {!over && <StopRun run={run} small />}
      </div>
      {error && <Trouble error={error} what="Runs" />}
      {!over && model.now && model.state !== 'waiting' && (
        <div class="tail" tabIndex={0} role="region" aria-label="What is written now">
          <Growing text={model.now} />
        </div>
      )}
      {!over && <Approvals run={run} />}
    </section>
  );
}

// The next turn; or the open one goes on.
function Resume(props: { session: Session; busy: boolean; onStart: (run: Run) => void }) {
  const { session, busy, onStart } = props;
  const [message, setMessage] = useState('');
  const [problem, setProblem] = useState<ApiError>();
  const open = !busy && session.turns > 0 && session.turn_state !== 'done';
  const send = (words: string) =>
    void post<Run>(api(session.id, '/resume'), words ? { message: words } : {}).then(
      (run) => {
        setMessage('');
        setProblem(undefined);
        onStart(run);
      },
      (error: ApiError) => setProblem(error),
    );
  return (
    <form
      class="stack resume"
      onSubmit={(event) => {
        event.preventDefault();
        send(message.trim());
      }}
    >
      {problem && <Trouble error={problem} what="Sessions" />}
      <div class="row">
        <textarea
          class="input"
          rows={2}
          data-ask
          aria-label="Next turn"
          placeholder="Say what comes next"
          value={message}
          onInput={(event) => setMessage(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            if (message.trim() && !busy) send(message.trim());
          }}
        />
        <button class="btn primary" disabled={busy || !message.trim()} aria-label="Send">
          <Icon name="send" />
        </button>
      </div>
      {open && (
        <button type="button" class="btn" onClick={() => send('')}>
          Go on with the open turn
        </button>
      )}
    </form>
  );
}

interface ViewProps {
  id: string;
  updated: string | undefined; // when the list last heard of it: what was said elsewhere is read then
  onChange: () => void;
}

export function SessionView({ id, updated, onChange }: ViewProps) {
  const detail = useResource<SessionDetail>(api(id));
  const over = !detail.data || detail.data.turn_state === 'done';
  const runs = useResource<{ runs: Run[] }>(over ? null : '/api/runs', 4000);
  useEffect(() => {
    if (detail.data && updated && updated !== detail.data.updated) detail.reload();
  }, [updated]);
  const [started, setStarted] = useState('');
  const live = (runs.data?.runs ?? []).find((run) => run.session === id && goes(run))?.id || started;
  const stepped = () => {
    detail.reload();
    onChange(); // the first words become its title
  };
  const ended = (error: string | undefined) => {
    setStarted('');
    setProblem(error ? new ApiError(500, error) : undefined);
    detail.reload();
    runs.reload();
    onChange();
  };
  const [problem, setProblem] = useState<ApiError>();
  const [dropping, setDropping] = useState(false);
  const attempt = (work: () => Promise<void>) => () =>
    void work().catch((error: ApiError) => setProblem(error));
  const fork = (turn?: number) =>
    attempt(async () => {
      const made = await post<Session>(api(id, '/fork'), turn === undefined ? {} : { turn });
      onChange();
      go('sessions', made.id);
    });
  const save = (format: string) =>
    attempt(async () => {
      const text = await getText(api(id, `/export?format=${format}`));
      const markdown = format === 'markdown';
      download(`${id}.${markdown ? 'md' : 'json'}`, markdown ? 'text/markdown' : 'application/json', text);
    });
  useTitle(detail.data?.title ?? '');
  if (detail.loading) return <Skeleton rows={10} />;
  if (detail.error || !detail.data) {
    return detail.error ? <Trouble error={detail.error} what="Sessions" /> : null;
  }
  const session = detail.data;
  return (
    <div class="stack session">
      <header class="row">
        <div class="grow">
          <h2 class="clip">
            <Words text={session.title || session.id} />
          </h2>
          <Usage session={session} />
        </div>
        <button type="button" class="btn" onClick={fork()}>
          <Icon name="fork" />
          Fork
        </button>
        <Menu
          label="Export"
          choices={[
            { id: 'markdown', label: 'Markdown' },
            { id: 'json', label: 'JSON' },
          ]}
          onPick={(format) => save(format)()}
        />
        <button type="button" class="btn danger" onClick={() => setDropping(true)}>
          Delete…
        </button>
      </header>
      {problem && <Trouble error={problem} what="Sessions" />}
      <Context session={session} />
      <VirtualStack
        label="Turns"
        items={partsOf(session)}
        guess={120}
        toEnd
        keyOf={(part) => ('turn' in part ? `turn ${part.turn.turn}` : String(part.index))}
        part={(part) =>
          'turn' in part ? (
            <TurnHead turn={part.turn} onFork={fork(part.turn.turn)} />
          ) : (
            <MessageView message={part.message} />
          )
        }
      />
      {live && <Live key={live} run={live} onStep={stepped} onOver={ended} />}
      <Resume session={session} busy={live !== ''} onStart={(run) => setStarted(run.id)} />
      {dropping && (
        <Dialog title="Delete this session?" onClose={() => setDropping(false)}>
          <p>{count(session.turn_list.length, 'turn is', 'turns are')} removed from this machine. Forks of it stay.</p>
          <div class="actions">
            <button type="button" class="btn" data-first onClick={() => setDropping(false)}>
              Keep
            </button>
            <button
              type="button"
              class="btn danger"
              onClick={attempt(async () => {
                await remove(api(id));
                onChange();
                go('sessions');
              })}
            >
              Delete
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
