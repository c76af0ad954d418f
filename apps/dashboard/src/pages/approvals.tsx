// SPDX-License-Identifier: Apache-2.0
// What waits for a person, with every byte that would be executed; allowed or denied here.
import { useState } from 'preact/hooks';
import { ApiError, post } from '../api/client';
import type { Approval } from '../api/types';
import { href } from '../lib/router';
import { Plain } from '../ui/long_text';
import { Trouble } from '../ui/parts';
import { useResource } from '../ui/resource';

// Who asks for what: a call of a tool, a step that asks a person, or one that was cut off before it was known to end.
function asks({ kind, step, tool, effect }: Approval) {
  if (kind === 'approve') return <><b>{step}</b> asks for your word.</>;
  if (kind === 'again') {
    return <><b>{step}</b> was cut off, and it is not known what it did. Allow: it runs again. Deny: it is skipped.</>;
  }
  return <><b>{tool}</b> wants to run{effect && ` (${effect.replace('_', ' ')})`}{step && ` for ${step}`}.</>;
}

export function Approvals({ run }: { run?: string }) {
  const waiting = useResource<{ approvals: Approval[] }>('/api/approvals', 1500);
  const [problem, setProblem] = useState<ApiError>();
  const list = (waiting.data?.approvals ?? []).filter(
    (one) => one.state === 'waiting' && (!run || one.run === run),
  );
  const decide = async (approval: Approval, decision: 'allow' | 'deny') => {
    try {
      await post(`/api/approvals/${encodeURIComponent(approval.id)}`, { decision });
      setProblem(undefined);
    } catch (error) {
      setProblem(error as ApiError);
    }
    waiting.reload();
  };
  if (list.length === 0 && !problem) return null;
  return (
    <section class="approvals" aria-label="Waits for you">
      {problem && <Trouble error={problem} what="Approvals" />}
      {list.map((approval) => (
        <div key={approval.id} class="approval">
          <p>
            {asks(approval)} {approval.reason}
          </p>
          <Plain text={approval.arguments} label="What would be executed" />
          <div class="row">
            <button
              type="button"
              class="btn primary"
              data-allow
              onClick={() => void decide(approval, 'allow')}
            >
              Allow
            </button>
            <button
              type="button"
              class="btn danger"
              data-deny
              onClick={() => void decide(approval, 'deny')}
            >
              Deny
            </button>
            {!run && <a href={href('runs', approval.run)}>Its run</a>}
          </div>
        </div>
      ))}
    </section>
  );
}
