// SPDX-License-Identifier: Apache-2.0
// A thing loaded from the server: its data, or why there is none. Reloading keeps what is shown.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, get, token } from '../api/client';

export interface Resource<T> {
  data: T | undefined;
  error: ApiError | undefined;
  loading: boolean;
  reload: () => void;
}

const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError(0, String(error));

// `path`: null loads nothing. `everyMs`: load again while the page is visible.
export function useResource<T>(path: string | null, everyMs = 0): Resource<T> {
  const [state, setState] = useState<{ path: string | null; data?: T; error?: ApiError }>({ path });
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((value) => value + 1), []);
  const shown = useRef(path);
  shown.current = path;

  useEffect(() => {
    if (path === null || !token.value) return undefined;
    const abort = new AbortController();
    get<T>(path, abort.signal).then(
      (data) => setState({ path, data }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState((old) => ({ ...(old.path === path ? old : { path }), error: asApiError(error) }));
      },
    );
    return () => abort.abort();
  }, [path, turn, token.value]);

  useEffect(() => {
    if (everyMs <= 0 || path === null) return undefined;
    const timer = setInterval(() => document.hidden || reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, path]);

  const fits = state.path === path;
  const data = fits ? state.data : undefined;
  const error = fits ? state.error : undefined;
  return { data, error, loading: path !== null && !data && !error, reload };
}
