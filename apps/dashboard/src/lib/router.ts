// SPDX-License-Identifier: Apache-2.0
// Hash routes: `#/audits/ID?finding=…`. The server needs no fallback, and every view is a link.
import { computed, signal } from '@preact/signals';

export interface Route {
  page: string; // first segment
  id: string; // second, decoded; empty when absent
  query: URLSearchParams;
}

function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', ...rest] = path.split('/');
  let id = rest.join('/');
  try {
    id = decodeURIComponent(id);
  } catch {
    id = ''; // a broken escape names nothing
  }
  return { page: page || 'ask', id, query: new URLSearchParams(query) };
}

const hash = signal(location.hash);
window.addEventListener('hashchange', () => (hash.value = location.hash));

export const route = computed(() => parse(hash.value));

type Query = Record<string, string | number | undefined>;

export function href(page: string, id = '', query: Query = {}): string {
  const set = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') set.set(name, String(value));
  }
  const tail = set.toString();
  return `#/${page}${id ? `/${encodeURIComponent(id)}` : ''}${tail ? `?${tail}` : ''}`;
}

export function go(page: string, id = '', query: Query = {}): void {
  location.hash = href(page, id, query);
}

// The same page with other parameters, without a step in the history.
export function amend(query: Query): void {
  const now = route.value;
  const merged: Query = { ...Object.fromEntries(now.query), ...query };
  history.replaceState(null, '', href(now.page, now.id, merged));
  hash.value = location.hash;
}
