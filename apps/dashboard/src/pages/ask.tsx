// SPDX-License-Identifier: Apache-2.0
// Ask a corpus. Each question is a run: it streams, can be stopped, and is there again after a reload.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { Corpus, Run, Status } from '../api/types';
import { count, folderName, short } from '../lib/format';
import { amend, go, route } from '../lib/router';
import { FilePane, type FileAt } from '../ui/file_pane';
import { Icon } from '../ui/icons';
import { Empty, Head, Skeleton, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { AddCorpus } from './add_corpus';
import { Exchange, type Asked } from './exchange';

const key = 'fathom.asked';
const askedMax = 50; // kept in this tab, oldest dropped first

function stored(): Asked[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as Asked[];
  } catch {
    return [];
  }
}

const asked = signal<Asked[]>(stored());
function remember(list: Asked[]): void {
  asked.value = list.slice(-askedMax);
  sessionStorage.setItem(key, JSON.stringify(asked.value));
}

function Composer(props: { corpus: Corpus | undefined; onSend: (text: string) => Promise<void> }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!text.trim() || busy || !props.corpus) return;
    setBusy(true);
    try {
      await props.onSend(text.trim());
      setText('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        class="input"
        data-ask
        rows={2}
        aria-label="Question"
        placeholder={
          props.corpus ? `Ask ${folderName(props.corpus.root)}…` : 'Pick a corpus first'
        }
        disabled={!props.corpus}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <button class="btn primary" disabled={!text.trim() || busy || !props.corpus} aria-label="Ask">
        <Icon name="send" />
      </button>
    </form>
  );
}

function CorpusPick(props: { corpora: Corpus[]; now: Corpus | undefined; onAdd: () => void }) {
  return (
    <>
      {props.corpora.length > 0 && (
        <label class="row">
          <span class="muted small">Corpus</span>
          <select
            class="input pick"
            value={props.now?.name ?? ''}
            onChange={(event) => go('ask', event.currentTarget.value)}
          >
            {props.corpora.map((corpus) => (
              <option key={corpus.name} value={corpus.name}>
                {folderName(corpus.root)} — {short(corpus.tokens)} tokens
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="button" class="btn" data-new onClick={props.onAdd}>
        <Icon name="plus" />
        Add a corpus
      </button>
    </>
  );
}

// The file that the address names, if it names one.
function fileOf(corpus: Corpus | undefined): FileAt | null {
  const query = route.value.query;
  const path = query.get('file');
  if (!path || !corpus) return null;
  const start = Number(query.get('line') ?? 0);
  return { corpus: corpus.name, path, start, end: Number(query.get('end') ?? start) };
}

function Thread(props: { list: Asked[]; corpora: Corpus[]; status: Status | undefined }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [props.list.length]);
  const open = (place: Omit<FileAt, 'corpus'>) =>
    amend({ file: place.path, line: place.start, end: place.end });
  return (
    <div class="thread" role="log" aria-label="Questions and answers" tabIndex={0}>
      {props.list.map((one) => (
        <Exchange
          key={one.run}
          asked={one}
          corpus={props.corpora.find((corpus) => corpus.name === one.corpus)}
          status={props.status}
          onOpen={open}
          onForget={() => remember(asked.value.filter((other) => other.run !== one.run))}
        />
      ))}
      <div ref={end} />
    </div>
  );
}

// A link names a run that this tab has not asked: it joins the list.
function adopt(run: string, corpus: string, title: string): void {
  if (asked.value.some((one) => one.run === run)) return;
  remember([...asked.value, { run, corpus, question: title }]);
}

export function AskPage() {
  const corpora = useResource<{ corpora: Corpus[] }>('/api/corpora');
  const status = useResource<Status>('/api/status');
  const [adding, setAdding] = useState(false);
  const [problem, setProblem] = useState<ApiError>();
  const list = corpora.data?.corpora ?? [];
  const now = list.find((corpus) => corpus.name === route.value.id) ?? list[0];
  useEffect(() => {
    if (route.value.id && corpora.data && now?.name !== route.value.id) corpora.reload(); // it may have been read since
  }, [route.value.id]);
  const mine = asked.value.filter((one) => one.corpus === now?.name);
  const file = fileOf(now);

  const linked = route.value.query.get('run') ?? '';
  useEffect(() => {
    if (linked && now) adopt(linked, now.name, route.value.query.get('q') ?? '');
  }, [linked, now?.name]);

  const send = async (question: string) => {
    if (!now) return;
    setProblem(undefined);
    try {
      const run = await post<Run>('/api/ask', { corpus: now.name, question });
      remember([...asked.value, { run: run.id, corpus: now.name, question }]);
    } catch (error) {
      setProblem(error as ApiError);
      throw error;
    }
  };
  return (
    <>
      <Head title="Ask" sub={now ? now.root : undefined}>
        <CorpusPick corpora={list} now={now} onAdd={() => setAdding(true)} />
      </Head>
      <div class={file ? 'body flush ask with-file' : 'body flush ask'}>
        <div class="talk">
          {corpora.loading && <Skeleton />}
          {corpora.error && (
            <Trouble error={corpora.error} what="Corpora" retry={corpora.reload} />
          )}
          {corpora.data && list.length === 0 && (
            <Empty
              icon="corpora"
              title="Nothing was read yet"
              text="Add a folder: it is read once, and every question after that costs only itself."
            >
              <button type="button" class="btn primary" onClick={() => setAdding(true)}>
                Add a corpus
              </button>
            </Empty>
          )}
          {now && mine.length === 0 && <Hints corpus={now} />}
          {mine.length > 0 && <Thread list={mine} corpora={list} status={status.data} />}
          {problem && <Trouble error={problem} what="Questions" />}
          {list.length > 0 && <Composer corpus={now} onSend={send} />}
        </div>
        {file && (
          <FilePane
            at={file}
            onClose={() => amend({ file: undefined, line: undefined, end: undefined })}
          />
        )}
      </div>
      {adding && (
        <AddCorpus
          onClose={() => setAdding(false)}
          onDone={(corpus) => {
            setAdding(false);
            corpora.reload();
            go('ask', corpus.name);
          }}
        />
      )}
    </>
  );
}

function Hints({ corpus }: { corpus: Corpus }) {
  return (
    <Empty
      icon="ask"
      title={`${folderName(corpus.root)} is read`}
      text={
        `${count(corpus.lines, 'line')}, ${count(corpus.tokens, 'token')} stand in the context. ` +
        'Answers carry citations whose bytes were compared with the source; what does not stand ' +
        'is not shown. Small models answer best what names a thing: “Where is MAX_RETRIES set?”'
      }
    />
  );
}
