// SPDX-License-Identifier: Apache-2.0
// What waits for a person, with every byte that would be executed; allowed or denied here. However much waits, it takes a
// part of the page only, and scrolls within it.
import { useEffect, useState } from 'preact/hooks';
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

// What comes to stand where something else stood a moment ago cannot be answered by a press that was meant for that.
const armsAfterMs = 400;

function useArmed(place: number): boolean {
  const [armed, setArmed] = useState(-1);
  useEffect(() => {
    const timer = setTimeout(() => setArmed(place), armsAfterMs);
    return () => clearTimeout(timer);
  }, [place]);
  return armed === place;
}

interface CardProps {
  approval: Approval;
  place: number;
  linked: boolean;
  onDecide: (decision: 'allow' | 'deny') => void;
}

function Card({ approval, place, linked, onDecide }: CardProps) {
  const armed = useArmed(place);
  return (
    <div class="approval">
      <p>
        {asks(approval)} {approval.reason}
      </p>
      <Plain text={approval.arguments} label="What would be executed" />
      <div class="row">
        <button
          type="button"
          class="btn primary"
          data-allow
          disabled={!armed}
          onClick={() => onDecide('allow')}
        >
          Allow
        </button>
        <button
          type="button"
          class="btn danger"
          data-deny
          disabled={!armed}
          onClick={() => onDecide('deny')}
        >
          Deny
        </button>
        {linked && <a href={href('runs', approval.run)}>Its run</a>}
      </div>
    </div>
  );
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
    <section class="approvals" aria-label="Waits for you" tabIndex={0}>
      {problem && <Trouble error={problem} what="Approvals" />}
      {list.length > 1 && <h3>{list.length} wait for you</h3>}
      {list.map((approval, place) => (
        <Card
          key={approval.id}
          approval={approval}
          place={place}
          linked={!run}
          onDecide={(decision) => void decide(approval, decision)}
        />
      ))}
    </section>
  );
}
