// SPDX-License-Identifier: Apache-2.0
// Sessions: conversations that are kept. Search goes through their text; a fork takes the turns up to one of them.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ApiError, download, getText, post, remove } from '../api/client';
import type { Run, Session, SessionDetail, SessionMessage, SessionTurn, Status } from '../api/types';
import { count, dollars, short, thousands, when } from '../lib/format';
import { forkTree, type Branch } from '../lib/fork_tree';
import { go, route } from '../lib/router';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icons';
import { Empty, Field, Head, Search, Skeleton, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualList } from '../ui/vlist';
import { Prose } from './exchange';
import { Approvals } from './runs';

// A value that stands still for a moment, so that typing does not ask the server for every letter.
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

const api = (id: string, tail = ''): string => `/api/sessions/${encodeURIComponent(id)}${tail}`;

function Row({ branch }: { branch: Branch }) {
  const { session, depth, forks } = branch;
  return (
    <div class="branch" style={{ paddingLeft: `${Math.min(depth, 8) * 16}px` }}>
      <span class="row">
        {depth > 0 && <Icon name="fork" />}
        <b class="clip grow">{session.title || session.id}</b>
        {forks > 0 && <span class="tag">{count(forks, 'fork')}</span>}
      </span>
      <span class="muted clip block">
        {count(session.turns, 'turn')}
        {` · ${short(session.usage.prompt + session.usage.output)} tokens`}
        {' · '}
        {when(session.updated)}
        {session.excerpt && ` · ${session.excerpt}`}
      </span>
    </div>
  );
}

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
        <pre class="args" tabIndex={0}>{message.content}</pre>
      ) : (
        message.content && <Prose text={message.content} />
      )}
      {(message.tool_calls ?? []).map((call) => (
        <p key={call.id} class="call">
          <span class="tag accent">calls {call.function.name}</span>{' '}
          <code>{call.function.arguments}</code>
        </p>
      ))}
    </div>
  );
}

const turnWords: Record<string, string> = {
  open: 'still open', done: 'done', limit: 'paused by a limit', stuck: 'stood still',
  cancelled: 'stopped',
};

interface TurnProps {
  turn: SessionTurn;
  messages: SessionMessage[];
  onFork: () => void;
}

function TurnView({ turn, messages, onFork }: TurnProps) {
  const { usage } = turn;
  return (
    <li class="turn">
      <header class="row">
        <h3>Turn {turn.turn}</h3>
        <span class="muted small grow">
          {turnWords[turn.state] ?? turn.state} · {when(turn.started)} ·{' '}
          {thousands(usage.prefilled + usage.output)} tokens computed, {thousands(usage.cached)} saved
        </span>
        <button type="button" class="btn quiet small" onClick={onFork}>
          <Icon name="fork" />
          Fork here
        </button>
      </header>
      {messages.map((message, index) => (
        <MessageView key={index} message={message} />
      ))}
    </li>
  );
}

function Usage({ session }: { session: Session }) {
  const { usage } = session;
  return (
    <p class="muted small">
      {thousands(usage.prompt)} tokens in, {thousands(usage.cached)} of them saved,{' '}
      {thousands(usage.output)} out · {count(usage.calls, 'call')}
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

// The next turn; or the open one goes on.
function Resume({ session, onStart }: { session: Session; onStart: (run: Run) => void }) {
  const [message, setMessage] = useState('');
  const [problem, setProblem] = useState<ApiError>();
  const open = session.turns > 0 && session.turn_state !== 'done';
  const send = (words: string) =>
    void post<Run>(api(session.id, '/resume'), words ? { message: words } : {}).then(
      onStart,
      (error: ApiError) => setProblem(error),
    );
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        send(message.trim());
      }}
    >
      {problem && <Trouble error={problem} what="Sessions" />}
      <Field label="Next turn">
        <textarea
          class="input"
          rows={2}
          data-ask
          placeholder="Say what comes next"
          value={message}
          onInput={(event) => setMessage(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            if (message.trim()) send(message.trim());
          }}
        />
      </Field>
      <div class="row">
        <button class="btn primary" disabled={!message.trim()}>
          Send
        </button>
        {open && (
          <button type="button" class="btn" onClick={() => send('')}>
            Go on with the open turn
          </button>
        )}
      </div>
    </form>
  );
}

function NewSession({ onClose, onStart }: { onClose: () => void; onStart: (run: Run) => void }) {
  const roots = useResource<Status>('/api/status').data?.roots ?? [];
  const [message, setMessage] = useState('');
  const [workspace, setWorkspace] = useState('');
  const [steps, setSteps] = useState('8');
  const [problem, setProblem] = useState<ApiError>();
  const start = async (event: Event) => {
    event.preventDefault();
    const body = {
      message: message.trim(),
      ...(workspace.trim() ? { workspace: workspace.trim() } : {}),
      ...(Number(steps) > 0 ? { steps_max: Number(steps) } : {}),
    };
    try {
      onStart(await post<Run>('/api/sessions', body));
    } catch (error) {
      setProblem(error as ApiError);
    }
  };
  return (
    <Dialog title="New session" onClose={onClose}>
      <form class="stack" onSubmit={(event) => void start(event)}>
        <Field label="Task" hint="What the agent is to do. What its tools must ask, it asks you here.">
          <textarea
            class="input"
            rows={3}
            data-first
            required
            value={message}
            onInput={(event) => setMessage(event.currentTarget.value)}
          />
        </Field>
        <Field label="Workspace" hint={`Folder its tools work in, below ${roots.join(', ')}. Empty: no tools.`}>
          <input
            class="input mono"
            spellcheck={false}
            value={workspace}
            onInput={(event) => setWorkspace(event.currentTarget.value)}
          />
        </Field>
        <Field label="Steps at most" hint="Queries to the model in this turn; then it pauses.">
          <input
            class="input"
            type="number"
            min="1"
            max="1000"
            value={steps}
            onInput={(event) => setSteps(event.currentTarget.value)}
          />
        </Field>
        {problem && <Trouble error={problem} what="Sessions" />}
        <div class="actions">
          <button type="button" class="btn" onClick={onClose}>
            Cancel
          </button>
          <button class="btn primary" disabled={!message.trim()}>
            Start
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function SessionView({ id, onChange }: { id: string; onChange: () => void }) {
  const detail = useResource<SessionDetail>(api(id));
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
  const save = (format: 'json' | 'markdown') =>
    attempt(async () => {
      const text = await getText(api(id, `/export?format=${format}`));
      const markdown = format === 'markdown';
      download(`${id}.${markdown ? 'md' : 'json'}`, markdown ? 'text/markdown' : 'application/json', text);
    });
  if (detail.loading) return <Skeleton rows={10} />;
  if (detail.error || !detail.data) {
    return detail.error ? <Trouble error={detail.error} what="Sessions" /> : null;
  }
  const session = detail.data;
  const { turn_list: turns, message_list: messages } = session;
  return (
    <div class="stack">
      <header class="row wrap">
        <div class="grow">
          <h2>{session.title || session.id}</h2>
          <Usage session={session} />
        </div>
        <button type="button" class="btn" onClick={fork()}>
          <Icon name="fork" />
          Fork
        </button>
        <button type="button" class="btn" onClick={save('markdown')}>
          <Icon name="down" />
          Markdown
        </button>
        <button type="button" class="btn" onClick={save('json')}>
          <Icon name="down" />
          JSON
        </button>
        <button type="button" class="btn danger" onClick={() => setDropping(true)}>
          Delete…
        </button>
      </header>
      {problem && <Trouble error={problem} what="Sessions" />}
      <Approvals />
      <ol class="turns">
        {turns.map((turn) => (
          <TurnView
            key={turn.turn}
            turn={turn}
            messages={messages.filter((message) => message.turn === turn.turn)}
            onFork={fork(turn.turn)}
          />
        ))}
      </ol>
      <Resume session={session} onStart={(run) => go('runs', run.id)} />
      {dropping && (
        <Dialog title="Delete this session?" onClose={() => setDropping(false)}>
          <p>{count(turns.length, 'turn')} are removed from this machine. Forks of it stay.</p>
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

export function SessionsPage() {
  const [words, setWords] = useState('');
  const [adding, setAdding] = useState(false);
  const q = useSettled(words.trim(), 250);
  const found = useResource<{ sessions: Session[] }>(
    `/api/sessions?limit=500${q ? `&q=${encodeURIComponent(q)}` : ''}`,
  );
  const tree = useMemo(() => forkTree(found.data?.sessions ?? []), [found.data]);
  const id = route.value.id || tree[0]?.session.id || '';
  const none = found.data && tree.length === 0;
  return (
    <>
      <Head title="Sessions" sub="Conversations that are kept on this machine">
        <Search label="Search sessions" value={words} onInput={setWords} />
        <button type="button" class="btn primary" data-new onClick={() => setAdding(true)}>
          <Icon name="plus" />
          New session
        </button>
      </Head>
      <div class="body flush">
        {found.loading && !found.data && <Skeleton />}
        {found.error && <Trouble error={found.error} what="Sessions" retry={found.reload} />}
        {none && (
          <Empty
            icon="sessions"
            title={q ? 'Nothing has these words' : 'No session yet'}
            text={
              q
                ? `No kept conversation has “${q}”.`
                : 'Agent runs and chats are kept here: search them, fork them at any turn, export them.'
            }
          />
        )}
        {tree.length > 0 && (
          <div class="split narrow">
            <div class="list">
              <VirtualList
                label="Sessions"
                items={tree}
                rowHeight={52}
                selected={id}
                keyOf={(branch) => branch.session.id}
                onPick={(branch) => go('sessions', branch.session.id)}
                row={(branch) => <Row branch={branch} />}
              />
            </div>
            <div class="detail">
              <SessionView key={id} id={id} onChange={found.reload} />
            </div>
          </div>
        )}
      </div>
      {adding && (
        <NewSession onClose={() => setAdding(false)} onStart={(run) => go('runs', run.id)} />
      )}
    </>
  );
}
