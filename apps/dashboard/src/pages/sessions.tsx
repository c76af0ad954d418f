// SPDX-License-Identifier: Apache-2.0
// Sessions: conversations that are kept. Search goes through their text; a fork takes the turns up to one of them.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ApiError, download, getText, post, remove } from '../api/client';
import type { Session, SessionDetail, Turn } from '../api/types';
import { count, dollars, short, thousands, when } from '../lib/format';
import { forkTree, type Branch } from '../lib/fork_tree';
import { go, route } from '../lib/router';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icons';
import { Empty, Head, Search, Skeleton, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualList } from '../ui/vlist';
import { Prose } from './exchange';

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
        {session.input_tokens !== undefined &&
          ` · ${short(session.input_tokens + (session.output_tokens ?? 0))} tokens`}
        {' · '}
        {when(session.updated)}
      </span>
    </div>
  );
}

function TurnView({ turn, onFork }: { turn: Turn; onFork: () => void }) {
  const calls = turn.tool_calls ?? [];
  return (
    <li class={`turn ${turn.role}`}>
      <header class="row">
        <b>{turn.name ? `${turn.role} ${turn.name}` : turn.role}</b>
        <span class="muted small grow">
          {turn.index} {turn.created ? `· ${when(turn.created)}` : ''}
        </span>
        <button type="button" class="btn quiet small" onClick={onFork}>
          <Icon name="fork" />
          Fork here
        </button>
      </header>
      {turn.thinking && (
        <details class="thoughts">
          <summary>Thinking</summary>
          <Prose text={turn.thinking} />
        </details>
      )}
      {turn.role === 'tool' ? (
        <pre class="args" tabIndex={0}>{turn.content}</pre>
      ) : (
        <Prose text={turn.content} />
      )}
      {calls.map((call) => (
        <p key={call.id} class="call">
          <span class="tag accent">calls {call.function.name}</span>{' '}
          <code>{call.function.arguments}</code>
        </p>
      ))}
    </li>
  );
}

function Usage({ session }: { session: Session }) {
  const { input_tokens: input, cached_tokens: cached, output_tokens: output } = session;
  if (input === undefined) return null;
  return (
    <p class="muted small">
      {thousands(input)} tokens in, {thousands(cached ?? 0)} of them saved,{' '}
      {thousands(output ?? 0)} out
      {session.dollars !== undefined && session.dollars > 0 && ` · ${dollars(session.dollars)}`}
    </p>
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
  const { session, turns } = detail.data;
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
      <p class="small muted">
        Go on in a terminal: <code>fathom sessions resume {session.id}</code>
      </p>
      <ol class="turns">
        {turns.map((turn) => (
          <TurnView key={turn.index} turn={turn} onFork={fork(turn.index)} />
        ))}
      </ol>
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
    </>
  );
}
