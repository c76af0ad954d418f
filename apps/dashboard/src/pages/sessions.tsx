// SPDX-License-Identifier: Apache-2.0
// Sessions: conversations that are kept. Search goes through their text; a fork takes the turns up to one of them.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { Run, Session, Status } from '../api/types';
import { count, short, when } from '../lib/format';
import { forkTree, type Branch } from '../lib/fork_tree';
import { go, route } from '../lib/router';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icons';
import { Empty, Field, Head, Search, Skeleton, Trouble, Words } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualList } from '../ui/vlist';
import { SessionView } from './session';

// A value that stands still for a moment, so that typing does not ask the server for every letter.
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

function Row({ branch }: { branch: Branch }) {
  const { session, depth, forks } = branch;
  return (
    <div class="branch" style={{ paddingLeft: `${Math.min(depth, 8) * 16}px` }}>
      <span class="row">
        {depth > 0 && <Icon name="fork" />}
        <b class="clip grow">
          <Words text={session.title || session.id} />
        </b>
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

export function SessionsPage() {
  const [words, setWords] = useState('');
  const [adding, setAdding] = useState(false);
  const q = useSettled(words.trim(), 250);
  const found = useResource<{ sessions: Session[] }>(
    `/api/sessions?limit=500${q ? `&q=${encodeURIComponent(q)}` : ''}`,
    10_000,
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
          >
            {!q && (
              <button type="button" class="btn primary" onClick={() => setAdding(true)}>
                New session
              </button>
            )}
          </Empty>
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
            <div class="detail fixed">
              <SessionView
                key={id}
                id={id}
                updated={tree.find((one) => one.session.id === id)?.session.updated}
                onChange={found.reload}
              />
            </div>
          </div>
        )}
      </div>
      {adding && (
        <NewSession
          onClose={() => setAdding(false)}
          onStart={(run) => {
            setAdding(false);
            found.reload();
            go('sessions', run.session ?? '');
          }}
        />
      )}
    </>
  );
}
