// SPDX-License-Identifier: Apache-2.0
// Corpora: what was read and is kept, and the way to a new one.
import { useEffect, useState } from 'preact/hooks';
import type { Corpus } from '../api/types';
import { bytes, folderName, short, when } from '../lib/format';
import { amend, go, route } from '../lib/router';
import { FilePane } from '../ui/file_pane';
import { Icon } from '../ui/icons';
import { Empty, Head, Skeleton, Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';
import { VirtualList } from '../ui/vlist';
import { AddCorpus } from './add_corpus';
import { CorpusView } from './corpus';

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
  const corpora = useResource<{ corpora: Corpus[] }>('/api/corpora', 15_000);
  const { id, query } = route.value;
  const [adding, setAdding] = useState(query.has('add'));
  const list = corpora.data?.corpora ?? [];
  const now = list.find((corpus) => corpus.name === id) ?? (id ? undefined : list[0]);
  useEffect(() => {
    if (id && corpora.data && !now) corpora.reload(); // it may have been read since
  }, [id]);
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
