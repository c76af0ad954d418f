// SPDX-License-Identifier: Apache-2.0
// Corpora: what was read, how it fills the context, and where the tokens are.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ApiError, remove } from '../api/client';
import type { Corpus, CorpusPlan, PlanFile, Status } from '../api/types';
import { bytes, count, folderName, percent, short, thousands, when } from '../lib/format';
import { amend, go, href, route } from '../lib/router';
import { heatOf, layout } from '../lib/treemap';
import { Dialog } from '../ui/dialog';
import { FilePane } from '../ui/file_pane';
import { Gauge } from '../ui/gauge';
import { Icon } from '../ui/icons';
import { Empty, Head, Search, Skeleton, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualList } from '../ui/vlist';
import { AddCorpus } from './add_corpus';

type Colour = 'changes' | 'window';

function useSize() {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => {
      if (!entry) return;
      setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return { box, ...size };
}

interface MapProps {
  files: PlanFile[];
  colour: Colour;
  words: string;
  onOpen: (path: string) => void;
}

function Treemap({ files, colour, words, onOpen }: MapProps) {
  const { box, width, height } = useSize();
  const cells = useMemo(() => layout(files, width, height), [files, width, height]);
  const heat = useMemo(() => heatOf(files), [files]);
  const fits = (path: string) => !words || path.toLowerCase().includes(words.toLowerCase());
  const tone = (file: PlanFile) =>
    colour === 'window' ? (file.window === 0 ? 1 : 4) : (heat.get(file.path) ?? 0);
  return (
    <div class="treemap" ref={box} role="group" aria-label="Tokens by file">
      {width > 0 &&
        cells.map((cell) => {
          const place = {
            left: `${cell.x}px`, top: `${cell.y}px`,
            width: `${cell.width}px`, height: `${cell.height}px`,
          };
          if (!cell.file) {
            return (
              <div key={`d ${cell.path}`} class="folder" style={place} aria-hidden="true">
                {cell.height > 40 && cell.width > 44 && <span class="clip">{cell.name}</span>}
              </div>
            );
          }
          const { file } = cell;
          // What is seen comes first, so that it can be spoken to.
          const said =
            `${cell.name} ${short(file.tokens)} tokens, ${count(file.changes, 'change')}, ` +
            file.path;
          return (
            <button
              key={cell.path}
              type="button"
              class={`cell heat-${tone(file)}${fits(file.path) ? '' : ' dim'}`}
              style={place}
              title={said}
              aria-label={said}
              onClick={() => onOpen(file.path)}
            >
              {cell.width > 46 && cell.height > 18 && <span class="clip">{cell.name}</span>}{' '}
              {cell.width > 46 && cell.height > 34 && <span class="xs">{short(file.tokens)}</span>}
            </button>
          );
        })}
    </div>
  );
}

function Legend({ colour, onPick }: { colour: Colour; onPick: (colour: Colour) => void }) {
  return (
    <div class="row wrap small">
      <label class="row">
        <span class="muted">Colour</span>
        <select
          class="input pick"
          value={colour}
          onChange={(event) => onPick(event.currentTarget.value as Colour)}
        >
          <option value="changes">how often it changes</option>
          <option value="window">in the context or beyond</option>
        </select>
      </label>
      {colour === 'changes' ? (
        <span class="row muted">
          still
          {[0, 1, 2, 3, 4].map((step) => (
            <i key={step} class={`swatch heat-${step}`} />
          ))}
          often
        </span>
      ) : (
        <span class="row muted">
          <i class="swatch heat-1" /> in the context <i class="swatch heat-4" /> beyond it
        </span>
      )}
    </div>
  );
}

function Forget(props: { corpus: Corpus; onClose: () => void; onDone: () => void }) {
  const [problem, setProblem] = useState<ApiError>();
  const drop = async () => {
    try {
      await remove(`/api/corpora/${props.corpus.name}`);
      props.onDone();
    } catch (error) {
      setProblem(error as ApiError);
    }
  };
  return (
    <Dialog title={`Forget ${folderName(props.corpus.root)}?`} onClose={props.onClose}>
      <p>
        The saved state ({bytes(props.corpus.state_bytes)}, a copy of what was read) is removed from
        this machine. The folder itself stays. The next question reads it again.
      </p>
      {problem && <Trouble error={problem} what="Corpora" />}
      <div class="actions">
        <button type="button" class="btn" data-first onClick={props.onClose}>
          Keep
        </button>
        <button type="button" class="btn danger" onClick={() => void drop()}>
          Forget
        </button>
      </div>
    </Dialog>
  );
}

function Facts({ corpus, plan, status }: { corpus: Corpus; plan?: CorpusPlan; status?: Status }) {
  const window = plan?.window_tokens ?? status?.model.window_tokens ?? 0;
  const inside = plan
    ? plan.per_file.reduce((sum, file) => sum + (file.window === 0 ? file.tokens : 0), 0)
    : Math.min(corpus.tokens, window);
  return (
    <>
      <dl class="facts">
        <dt>Read</dt>
        <dd>
          {thousands(corpus.tokens)} tokens, {count(corpus.lines, 'line')}, by {corpus.model},{' '}
          {when(corpus.created)}
        </dd>
        <dt>On disk</dt>
        <dd>
          {bytes(corpus.state_bytes)} of state in {count(corpus.windows, 'window')}
        </dd>
        {plan && plan.tokens !== corpus.tokens && (
          <>
            <dt>Now</dt>
            <dd>
              The folder has changed: {thousands(plan.tokens)} tokens. The next question reads what
              is new.
            </dd>
          </>
        )}
        {plan && plan.overflow_files > 0 && (
          <>
            <dt>Beyond</dt>
            <dd>
              {count(plan.overflow_files, 'file')} ({percent(plan.overflow_files, plan.files)}) stand
              beyond the context and are found through the index
            </dd>
          </>
        )}
      </dl>
      {window > 0 && (
        <Gauge window={window} segments={[{ kind: 'corpus', name: 'corpus', tokens: inside }]} />
      )}
    </>
  );
}

function CorpusView({ corpus, onGone }: { corpus: Corpus; onGone: () => void }) {
  const plan = useResource<CorpusPlan>(`/api/corpora/${corpus.name}/tree`);
  const status = useResource<Status>('/api/status').data;
  const [picked, setColour] = useState<Colour>();
  const history = plan.data?.per_file.some((file) => file.changes > 0) ?? true;
  const colour = picked ?? (history ? 'changes' : 'window');
  const [words, setWords] = useState('');
  const [dropping, setDropping] = useState(false);
  return (
    <div class="stack">
      <header class="row wrap">
        <div class="grow">
          <h2>{folderName(corpus.root)}</h2>
          <p class="muted small mono">{corpus.root}</p>
        </div>
        <a class="btn primary" href={href('ask', corpus.name)}>
          Ask
        </a>
        <a class="btn" href={href('audits', '', { path: corpus.root })}>
          Audit
        </a>
        <button type="button" class="btn danger" onClick={() => setDropping(true)}>
          Forget…
        </button>
      </header>
      <Facts corpus={corpus} plan={plan.data} status={status} />
      <div class="row wrap">
        <Legend colour={colour} onPick={setColour} />
        <span class="grow" />
        <Search label="Search files" value={words} onInput={setWords} />
      </div>
      {plan.loading && <Skeleton rows={8} />}
      {plan.error && <Trouble error={plan.error} what="Corpora" retry={plan.reload} />}
      {plan.data && (
        <Treemap
          files={plan.data.per_file}
          colour={colour}
          words={words}
          onOpen={(path) => amend({ file: path, line: undefined, end: undefined })}
        />
      )}
      {plan.data && plan.data.skipped.length > 0 && (
        <details class="small">
          <summary>{count(plan.data.skipped.length, 'file was', 'files were')} not read</summary>
          <ul class="skipped">
            {plan.data.skipped.slice(0, 500).map((file) => (
              <li key={file.path}>
                <span class="mono">{file.path}</span> <span class="muted">{file.reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {dropping && (
        <Forget
          corpus={corpus}
          onClose={() => setDropping(false)}
          onDone={() => {
            setDropping(false);
            onGone();
          }}
        />
      )}
    </div>
  );
}

function List({ list, now }: { list: Corpus[]; now: Corpus | undefined }) {
  return (
    <div class="list">
      <VirtualList
        label="Corpora"
        items={list}
        rowHeight={52}
        selected={now?.name ?? ''}
        keyOf={(corpus) => corpus.name}
        onPick={(corpus) => go('corpora', corpus.name)}
        row={(corpus) => (
          <>
            <span class="row">
              <b class="clip grow">{folderName(corpus.root)}</b>
              <span class="muted nowrap">{short(corpus.tokens)} tokens</span>
            </span>
            <span class="muted clip">
              {bytes(corpus.state_bytes)} · {when(corpus.created)}
            </span>
          </>
        )}
      />
    </div>
  );
}

export function CorporaPage() {
  const corpora = useResource<{ corpora: Corpus[] }>('/api/corpora');
  const { id, query } = route.value;
  const [adding, setAdding] = useState(query.has('add'));
  const list = corpora.data?.corpora ?? [];
  const now = list.find((corpus) => corpus.name === id) ?? (id ? undefined : list[0]);
  const file = query.get('file');
  const line = Number(query.get('line') ?? 0);
  return (
    <>
      <Head title="Corpora" sub="Read once, asked many times">
        <button type="button" class="btn primary" data-new onClick={() => setAdding(true)}>
          <Icon name="plus" />
          Add a corpus
        </button>
      </Head>
      <div class="body flush">
        {corpora.loading && <Skeleton />}
        {corpora.error && <Trouble error={corpora.error} what="Corpora" retry={corpora.reload} />}
        {corpora.data && list.length === 0 && (
          <Empty
            icon="corpora"
            title="Nothing was read yet"
            text="A plan says what a folder takes before anything is spent. Then it is read once, and the state is kept."
          >
            <button type="button" class="btn primary" onClick={() => setAdding(true)}>
              Add a corpus
            </button>
          </Empty>
        )}
        {list.length > 0 && (
          <div class="split narrow">
            <List list={list} now={now} />
            <div class={file ? 'detail with-file' : 'detail'}>
              {!now && <Empty icon="corpora" title="It is not kept" text={`No corpus is named ${id}.`} />}
              {now && !file && (
                <CorpusView
                  key={now.name}
                  corpus={now}
                  onGone={() => {
                    corpora.reload();
                    go('corpora');
                  }}
                />
              )}
              {now && file && (
                <FilePane
                  at={{ corpus: now.name, path: file, start: line, end: Number(query.get('end') ?? line) }}
                  onClose={() => amend({ file: undefined, line: undefined, end: undefined })}
                />
              )}
            </div>
          </div>
        )}
      </div>
      {adding && (
        <AddCorpus
          path={query.get('add') ?? ''}
          onClose={() => setAdding(false)}
          onDone={(corpus) => {
            setAdding(false);
            corpora.reload();
            go('corpora', corpus.name);
          }}
        />
      )}
    </>
  );
}
