// SPDX-License-Identifier: Apache-2.0
// One question and what came of it: thinking and answer as they stream, then the checked answer with its citations.
import { ApiError } from '../api/client';
import type { Answer, Citation, Corpus, Status } from '../api/types';
import { count, dollars, duration, thousands } from '../lib/format';
import { href } from '../lib/router';
import { isOver, type RunModel } from '../lib/run_model';
import type { FileAt } from '../ui/file_pane';
import { Gauge } from '../ui/gauge';
import { Growing, Prose } from '../ui/long_text';
import { Trouble, Words } from '../ui/parts';
import { StopRun } from '../ui/stop_run';
import { useRun } from '../ui/use_run';
import { ReadingProgress } from './add_corpus';

export interface Asked {
  run: string;
  corpus: string;
  question: string;
}

type Open = (place: Omit<FileAt, 'corpus'>) => void;

const verdicts: Record<Citation['verdict'], [string, string]> = {
  found: ['ok', 'stands where the model said'],
  shifted: ['warn', 'stands at other lines than the model said; these are the true ones'],
  misattributed: ['warn', 'stands in another file than the model said; this is the true one'],
  stitched: ['bad', 'pieced together from several places'],
  absent: ['bad', 'stands nowhere in the corpus'],
};

function CitationRow({ citation, onOpen }: { citation: Citation; onOpen: Open }) {
  const [tone, meaning] = verdicts[citation.verdict];
  const lines = citation.end > citation.start ? `${citation.start}–${citation.end}` : citation.start;
  return (
    <li class="citation">
      <button type="button" onClick={() => onOpen(citation)}>
        <span class="row">
          <span class="mono place">
            {citation.path}:{lines}
          </span>
          <span class={`tag ${tone}`} title={meaning}>
            {citation.verdict}
          </span>
          {citation.via === 'index' && <span class="tag">looked up</span>}
        </span>
        <code class="quote">{citation.quote}</code>
      </button>
    </li>
  );
}

function Dropped({ list }: { list: Citation[] }) {
  if (list.length === 0) return null;
  return (
    <details class="small">
      <summary>
        {count(list.length, 'citation was', 'citations were')} dropped: what they quote does not
        stand in the corpus
      </summary>
      <ul class="skipped">
        {list.map((citation, index) => (
          <li key={index}>
            <span class="tag bad">{citation.verdict}</span>{' '}
            <code>{citation.quote || '(no text)'}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

// What the model wrote: Markdown, unless it is a quote, which is shown as it stands.
export function AnswerText({ text, answer }: { text: string; answer: Answer | undefined }) {
  if (answer && quotesOnly(answer)) return <pre class="plain">{text}</pre>;
  return <Prose text={text} />;
}

// An answer that is nothing but the words it cites reads best as those.
function quotesOnly(answer: Answer): boolean {
  const quotes = answer.citations.map((citation) => citation.quote.trim());
  const lines = (answer.answer ?? '').split('\n').map((line) => line.trim());
  return quotes.length > 0 && lines.every((line) => !line || quotes.some((q) => q.includes(line)));
}

function Verdict({ answer }: { answer: Answer }) {
  if (answer.withheld) {
    return (
      <p class="refused">
        The model gave a quote that does not stand in the corpus. It is withheld.
      </p>
    );
  }
  if (answer.only_called) return <p class="refused">It is called here, and defined nowhere in what was read.</p>;
  if (answer.refused) return <p class="refused">The model finds no answer in the corpus.</p>;
  if (quotesOnly(answer)) return null;
  return <Prose text={answer.answer ?? ''} />;
}

function Cost({ answer, run, status }: { answer: Answer; run: string; status?: Status }) {
  const { usage } = answer;
  const price = status?.model.price_input ?? 0;
  const saved = ((price - (status?.model.price_input_cached ?? 0)) * usage.cached) / 1e6;
  return (
    <p class="cost muted small">
      <span>
        {thousands(usage.cached)} of {thousands(usage.prompt)} tokens reused
      </span>
      <span>{thousands(usage.prefilled)} computed</span>
      {usage.thinking > 0 && <span>{thousands(usage.thinking)} thought</span>}
      <span>{thousands(usage.output)} written</span>
      <span>{duration(usage.seconds)}</span>
      {saved > 0 && <span>{dollars(saved)} saved by the snapshot</span>}
      <a href={href('runs', run)}>Timeline</a>
    </p>
  );
}

// Where a reader may look: when the model has no answer, or for more uses of a name than the one it quotes.
function Others({ answer, onOpen }: { answer: Answer; onOpen: Open }) {
  const { nearest = [], also = [], also_count: more = 0 } = answer;
  const lines = nearest.length > 0 ? nearest : also;
  if (lines.length === 0) return null;
  return (
    <>
      <p class="muted small">
        {nearest.length > 0 ? 'Nearest to the question' : `${more} ${answer.refused ? '' : 'more '}${more === 1 ? 'line names' : 'lines name'} it`},
        not judged by the model:
      </p>
      <ul class="citations" aria-label={nearest.length > 0 ? 'Nearest lines' : 'More lines'}>
        {lines.map(({ path, line, text }) => (
          <li class="citation" key={`${path}:${line}`}>
            <button type="button" onClick={() => onOpen({ path, start: line, end: line })}>
              <span class="row">
                <span class="mono place">
                  {path}:{line}
                </span>
              </span>
              <code class="quote">{text}</code>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Result(props: { answer: Answer; asked: Asked; onOpen: Open; status?: Status }) {
  const { answer } = props;
  const rewritten = answer.asked && answer.asked !== answer.question;
  return (
    <>
      <Verdict answer={answer} />
      {answer.citations.length > 0 && (
        <ul class="citations" aria-label="Citations">
          {answer.citations.map((citation, index) => (
            <CitationRow key={index} citation={citation} onOpen={props.onOpen} />
          ))}
        </ul>
      )}
      <Others answer={answer} onOpen={props.onOpen} />
      <Dropped list={answer.dropped_citations} />
      {rewritten && (
        <p class="muted small">
          Asked as “<span class="mono">{answer.asked}</span>”
        </p>
      )}
      <Cost answer={answer} run={props.asked.run} status={props.status} />
    </>
  );
}

function ContextOf(props: { model: RunModel; corpus?: Corpus; status?: Status }) {
  const usage = props.model.answer?.usage;
  const whole = props.status?.model.context_tokens_max ?? 0;
  if (!usage || !props.corpus || !whole) return null;
  const corpus = Math.min(props.corpus.tokens, usage.prompt);
  return (
    <details class="small">
      <summary>Context</summary>
      <Gauge
        window={whole}
        segments={[
          { kind: 'corpus', name: 'corpus', tokens: corpus },
          { kind: 'history', name: 'question', tokens: usage.prompt - corpus },
          { kind: 'thinking', name: 'thinking', tokens: usage.thinking },
          { kind: 'text', name: 'answer', tokens: usage.output },
        ]}
      />
    </details>
  );
}

function Streaming({ model, run }: { model: RunModel; run: string }) {
  return (
    <>
      {model.text ? (
        <div class="provisional" aria-live="off">
          <Growing text={model.text} />
          <span class="muted small">not checked yet</span>
        </div>
      ) : (
        <ReadingProgress model={model} />
      )}
      <StopRun run={run} small />
    </>
  );
}

function Lost({ error, onForget }: { error: ApiError; onForget: () => void }) {
  if (error.status !== 404) return <Trouble error={error} what="Runs" />;
  return (
    <p class="muted small">
      The server was started anew and no longer has this answer.{' '}
      <button type="button" class="link" onClick={onForget}>
        Remove
      </button>
    </p>
  );
}

interface Props {
  asked: Asked;
  corpus: Corpus | undefined;
  status: Status | undefined;
  onOpen: Open;
  onForget: () => void;
}

export function Exchange({ asked, corpus, status, onOpen, onForget }: Props) {
  const { model, error } = useRun(asked.run);
  const over = isOver(model);
  return (
    <article class="exchange">
      <h2 class="question">
        <Words text={asked.question} />
      </h2>
      {model.thinking && (
        <details class="thoughts" open={!over}>
          <summary>{over ? 'Thinking' : 'Thinking…'}</summary>
          {over ? <Prose text={model.thinking} /> : <Growing text={model.thinking} />}
        </details>
      )}
      {!over && !error && <Streaming model={model} run={asked.run} />}
      {model.answer && (
        <Result answer={model.answer} asked={asked} onOpen={onOpen} status={status} />
      )}
      {over && model.state === 'cancelled' && <p class="refused">Stopped.</p>}
      {model.error && <Trouble error={new ApiError(500, model.error)} what="Questions" />}
      {error && <Lost error={error} onForget={onForget} />}
      <ContextOf model={model} corpus={corpus} status={status} />
    </article>
  );
}
