// SPDX-License-Identifier: Apache-2.0
// The one place that talks to the server: token, errors, and streams that go on after a break.
import { signal } from '@preact/signals';
import { EventParser } from '../lib/sse';
import type { RunEvent } from './types';

const key = 'fathom.token';

// The token comes once, in the fragment of the URL that `fathom serve` prints (fragments are never sent), or from the
// login page. It stays in the tabs of this browser that show the dashboard.
function linked(): string {
  const [, text = ''] = /^#\/?token=([^&]+)/.exec(location.hash) ?? [];
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a broken escape: no token of the server's has one
  }
}

export const token = signal(sessionStorage.getItem(key) ?? '');
export const refused = signal(false); // the server did not know the token that was kept
export const offline = signal(false);

export function setToken(value: string): void {
  token.value = value;
  refused.value = false;
  if (value) sessionStorage.setItem(key, value);
  else sessionStorage.removeItem(key);
}

// A tab that was opened from another has none: it asks those of the same origin. Signing out holds for all of them.
const tabs = new BroadcastChannel(key);
tabs.onmessage = ({ data }: MessageEvent<{ ask?: true; out?: true; token?: string }>) => {
  if (data.ask && token.value) tabs.postMessage({ token: token.value });
  if (data.token && !token.value) setToken(data.token);
  if (data.out) setToken('');
};

export function signOut(): void {
  setToken('');
  tabs.postMessage({ out: true });
}

// Where a page of ours already stands, following the link changes the fragment only: nothing is loaded anew.
function takeLink(): void {
  const given = linked();
  if (!given) return;
  setToken(given);
  location.replace('#/ask'); // whoever reads the fragment hears of it, and the token is in no history
}
takeLink();
window.addEventListener('hashchange', takeLink);
if (!token.value) tabs.postMessage({ ask: true });

// Whether the server knows this token; it is not kept.
export async function tokenHolds(value: string): Promise<boolean> {
  const headers = { Authorization: `Bearer ${value}` };
  const response = await fetch('/api/status', { headers, cache: 'no-store', redirect: 'error' });
  if (!response.ok && response.status !== 401) throw new Error(`The server answered ${response.status}.`);
  return response.ok;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly requestId = '',
  ) {
    super(message);
  }
  get notBuilt(): boolean {
    return this.status === 501;
  }
}

interface ErrorBody {
  error?: { message?: string; request_id?: string };
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  const mine = token.value;
  try {
    response = await fetch(path, {
      ...init,
      cache: 'no-store',
      redirect: 'error',
      headers: { ...init.headers, Authorization: `Bearer ${mine}` },
    });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    offline.value = true;
    throw new ApiError(0, 'The server does not answer. Is `fathom serve` still running?');
  }
  offline.value = false;
  if (response.ok) return response;
  // Another token may have been given meanwhile.
  if (response.status === 401 && token.value === mine) {
    setToken('');
    refused.value = true;
  }
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  throw new ApiError(
    response.status,
    body.error?.message ?? `The server answered ${response.status}.`,
    body.error?.request_id ?? '',
  );
}

export async function get<T>(path: string, abort?: AbortSignal): Promise<T> {
  return (await send(path, { signal: abort ?? null })).json() as Promise<T>;
}

export async function getText(path: string): Promise<string> {
  return (await send(path, {})).text();
}

export async function post<T>(path: string, body: unknown = {}): Promise<T> {
  const response = await send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json() as Promise<T>;
}

export async function remove<T>(path: string): Promise<T> {
  return (await send(path, { method: 'DELETE' })).json() as Promise<T>;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function readEvents(response: Response, sink: (event: RunEvent) => void): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  const parser = new EventParser();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const event of parser.push(decoder.decode(value, { stream: true }))) {
      sink(JSON.parse(event.data) as RunEvent);
    }
  }
}

const retriesMax = 8;

// All events of a run, in order and once each, until `done`. A broken connection goes on behind the last id seen.
export async function follow(
  run: string,
  sink: (event: RunEvent) => void,
  abort: AbortSignal,
): Promise<void> {
  let last = 0;
  let finished = false;
  for (let retry = 0; !finished && !abort.aborted; retry += 1) {
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream' };
      if (last > 0) headers['Last-Event-ID'] = String(last);
      const path = `/api/runs/${encodeURIComponent(run)}/events`;
      await readEvents(await send(path, { headers, signal: abort }), (event) => {
        if (event.id <= last) return;
        last = event.id;
        retry = 0;
        finished = event.type === 'done';
        sink(event);
      });
    } catch (error) {
      if (abort.aborted) return;
      const status = error instanceof ApiError ? error.status : 0;
      if ((status >= 400 && status < 500) || retry >= retriesMax) throw error;
    }
    if (!finished) await pause(Math.min(4000, 250 * 2 ** retry));
  }
}

export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
