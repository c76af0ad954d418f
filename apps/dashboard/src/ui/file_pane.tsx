// SPDX-License-Identifier: Apache-2.0
// A file of a corpus at a line, beside what speaks of it. A long file comes in pieces, as one scrolls to them.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, get } from '../api/client';
import type { FileText } from '../api/types';
import { count } from '../lib/format';
import { highlightLines } from '../lib/highlight';
import { Line } from './code';
import { Icon } from './icons';
import { Skeleton, Trouble } from './parts';
import { useVirtual } from './vlist';

export interface FileAt {
  corpus: string;
  path: string;
  start: number;
  end: number;
}

export function fileUrl({ corpus, path, start }: FileAt, context: number): string {
  const query = new URLSearchParams({
    corpus, path, line: String(Math.max(1, start)), context: String(context),
  });
  return `/api/files?${query.toString()}`;
}

const reach = 500; // lines before and after the middle of a piece
const pieceLines = 2 * reach + 1;

interface Piece {
  first: number; // line
  html: string[];
}

interface Pieces {
  count: number | undefined; // lines of the file, once known
  list: Map<number, Piece>;
  error?: ApiError;
}

function usePieces(at: FileAt): Pieces & { want: (piece: number) => void } {
  const [pieces, setPieces] = useState<Pieces>({ count: undefined, list: new Map() });
  const asked = useRef(new Set<number>());
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);
  const want = (piece: number) => {
    if (asked.current.has(piece)) return;
    asked.current.add(piece);
    const middle = piece * pieceLines + reach + 1;
    get<FileText>(fileUrl({ ...at, start: middle }, reach), abort.current.signal).then(
      (file) =>
        setPieces((old) => ({
          count: file.line_count,
          list: new Map(old.list).set(piece, {
            first: file.first_line,
            html: highlightLines(file.lines, at.path),
          }),
        })),
      (error: unknown) => {
        if (!abort.current.signal.aborted) setPieces((old) => ({ ...old, error: error as ApiError }));
      },
    );
  };
  return { ...pieces, want };
}

function Lines({ at, pieces }: { at: FileAt; pieces: ReturnType<typeof usePieces> }) {
  const { scroll, virtual } = useVirtual(pieces.count ?? 0, 20, 30);
  useEffect(() => {
    if (at.start > 0) virtual.scrollToIndex(at.start - 1, { align: 'center' });
  }, [at.start]);
  const marked = at.start > 0 ? [{ start: at.start, end: Math.max(at.start, at.end) }] : [];
  const rows = virtual.getVirtualItems();
  const wanted = [...new Set(rows.map((row) => Math.floor(row.index / pieceLines)))];
  useEffect(() => wanted.forEach(pieces.want), [wanted.join()]);
  return (
    <div ref={scroll} class="code tall" tabIndex={0} role="region" aria-label={at.path}>
      <div class="space" style={{ height: `${virtual.getTotalSize()}px` }}>
        {rows.map(({ index, start }) => {
          const piece = pieces.list.get(Math.floor(index / pieceLines));
          const html = piece?.html[index + 1 - piece.first];
          return (
            <div key={index} class="vline" style={{ transform: `translateY(${start}px)` }}>
              <Line number={index + 1} html={html ?? ''} marked={marked} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

export function FilePane(props: { at: FileAt; onClose: () => void }) {
  return <Pane key={`${props.at.corpus} ${props.at.path}`} {...props} />;
}

function Pane({ at, onClose }: { at: FileAt; onClose: () => void }) {
  const pieces = usePieces(at);
  useEffect(() => pieces.want(Math.floor(Math.max(0, at.start - 1) / pieceLines)), [at.start]);
  return (
    <aside class="filepane" aria-label={`File ${at.path}`}>
      <header class="row">
        <Icon name="file" />
        <span class="mono clip grow" title={at.path}>
          {at.path}
        </span>
        {pieces.count !== undefined && (
          <span class="muted small nowrap">{count(pieces.count, 'line')}</span>
        )}
        <button type="button" class="btn quiet small" data-close aria-label="Close the file" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {pieces.count === undefined && !pieces.error && <Skeleton rows={12} />}
      {pieces.error && <Trouble error={pieces.error} what="Files" />}
      {pieces.count !== undefined && <Lines at={at} pieces={pieces} />}
    </aside>
  );
}
