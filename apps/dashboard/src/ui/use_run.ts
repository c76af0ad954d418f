// SPDX-License-Identifier: Apache-2.0
// Follows a run while the component is there. Redraws at most once a frame, however fast the tokens come.
import { useEffect, useState } from 'preact/hooks';
import { ApiError, follow } from '../api/client';
import { newRun, reduce, type RunModel } from '../lib/run_model';

export interface FollowedRun {
  model: RunModel;
  error: ApiError | undefined;
}

function snapshot(model: RunModel): RunModel {
  const spans = model.spans.map((span) => ({ ...span }));
  return { ...model, spans, asked: model.asked.map((one) => ({ ...one })), flow: new Map(model.flow) };
}

export function useRun(id: string): FollowedRun {
  const [shown, show] = useState<FollowedRun>({ model: newRun(), error: undefined });

  useEffect(() => {
    if (!id) return undefined;
    const abort = new AbortController();
    const model = newRun();
    let frame = 0;
    // What is drawn is a copy: a component that gets the same object again is not drawn again.
    const soon = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        show({ model: snapshot(model), error: undefined });
      });
    };
    const sink = (event: Parameters<typeof reduce>[1]) => {
      reduce(model, event);
      soon();
    };
    follow(id, sink, abort.signal).catch((error: unknown) => {
      cancelAnimationFrame(frame);
      const known = error instanceof ApiError ? error : new ApiError(0, String(error));
      show({ model: snapshot(model), error: known });
    });
    return () => {
      abort.abort();
      cancelAnimationFrame(frame);
    };
  }, [id]);
  return shown;
}
