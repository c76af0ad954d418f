// SPDX-License-Identifier: Apache-2.0
// A file of a corpus at a line, beside what speaks of it.
import type { FileText } from '../api/types';
import { thousands } from '../lib/format';
import { Code } from './code';
import { Icon } from './icons';
import { Skeleton, Trouble } from './parts';
import { useResource } from './resource';

export interface FileAt {
  corpus: string;
  path: string;
  start: number;
  end: number;
}

export function fileUrl({ corpus, path, start }: FileAt, context = 2000): string {
  const query = new URLSearchParams({
    corpus, path, line: String(Math.max(1, start)), context: String(context),
  });
  return `/api/files?${query.toString()}`;
}

export function FilePane({ at, onClose }: { at: FileAt; onClose: () => void }) {
  const file = useResource<FileText>(fileUrl(at));
  return (
    <aside class="filepane" aria-label={`File ${at.path}`}>
      <header class="row">
        <Icon name="file" />
        <span class="mono clip grow" title={at.path}>
          {at.path}
        </span>
        {file.data && <span class="muted small nowrap">{thousands(file.data.line_count)} lines</span>}
        <button type="button" class="btn quiet small" data-close aria-label="Close the file" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {file.loading && <Skeleton rows={12} />}
      {file.error && <Trouble error={file.error} what="Files" retry={file.reload} />}
      {file.data && (
        <Code
          tall
          path={at.path}
          lines={file.data.lines}
          firstLine={file.data.first_line}
          marked={at.start > 0 ? [{ start: at.start, end: Math.max(at.start, at.end) }] : []}
        />
      )}
    </aside>
  );
}
