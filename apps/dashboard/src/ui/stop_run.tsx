// SPDX-License-Identifier: Apache-2.0
// Stops a run, wherever one is shown. Says that it was asked to until the run is over, and why where that did not work.
import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import { Icon } from './icons';

export function StopRun({ run, small }: { run: string; small?: boolean }) {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState('');
  const stop = async () => {
    setAsked(true);
    setProblem('');
    try {
      await post(`/api/runs/${encodeURIComponent(run)}/cancel`);
    } catch (error) {
      setAsked(false);
      setProblem((error as ApiError).message);
    }
  };
  return (
    <span class="row stop">
      <button
        type="button"
        class={small ? 'btn small' : 'btn'}
        data-stop
        disabled={asked}
        onClick={() => void stop()}
      >
        <Icon name="stop" />
        {asked ? 'Stopping…' : 'Stop'}
      </button>
      {problem && (
        <span class="tag bad" role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
