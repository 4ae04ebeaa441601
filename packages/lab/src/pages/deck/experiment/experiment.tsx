/** @file A card's experiment: what it tests and how, the button that runs it, how far it is, and its last result. */
import { type Card, type CardId, deck } from 'thinnet-deck';
import { downloadProgress } from '../../../components/download-progress.js';
import { Live } from '../../../components/live.js';
import { Notice } from '../../../components/notice.js';
import { Progress, type ProgressProps } from '../../../components/progress.js';
import { CardLine, CardText } from '../card/text.js';
import type { ExperimentState } from './experiments.js';
import { ResultView } from './result.js';
import { useExperiment } from './use-experiment.js';
import './experiment.css';

export function ExperimentView({ card }: { readonly card: Card }) {
  const { state, record, problem, run, stop } = useExperiment(card.id);
  const isBusy = state?.state === 'running' || state?.state === 'waiting';
  return (
    <section class="panel experiment" aria-labelledby={`experiment-${card.id}`} data-experiment={card.id}>
      <h2 id={`experiment-${card.id}`}>The experiment</h2>
      <p class="claim">
        <CardLine text={card.claim} />
      </p>
      <div class="note">
        <CardText text={card.method} />
      </div>
      <div class="experiment-controls">
        <div class="buttons">
          {isBusy ? (
            <button type="button" class="button" onClick={stop}>
              Stop
            </button>
          ) : (
            <button type="button" class="button primary" onClick={run}>
              {record === undefined ? 'Run it here' : 'Run it again'}
            </button>
          )}
        </div>
        <div class="experiment-state">
          {isBusy ? <Progress {...progressOf(state)} /> : <span class="note">{timeOf(card)}</span>}
        </div>
      </div>
      {state?.state === 'failed' ? (
        <Notice kind="error" title="The experiment ended with an error">
          {state.message}
        </Notice>
      ) : null}
      <Live text={wordsOf(state, record?.result.verdict)} />
      {record === undefined ? null : <ResultView key={record.at} record={record} />}
      {problem === undefined ? null : <Notice kind="warning">{problem}</Notice>}
    </section>
  );
}

/** WebAssembly takes two to two and a half times as long as Node, both with two trainings at once (the card `conv`: 291 and 138 s). */
function timeOf({ cost }: Card): string {
  const seconds = 2.5 * cost;
  if (seconds <= 10) return 'Takes a few seconds.';
  if (seconds < 90) return `Takes about ${10 * Math.round(seconds / 10)} seconds.`;
  return `Takes about ${Math.round(seconds / 60)} minutes.`;
}

const questionOf = (id: CardId): string => deck.find((card) => card.id === id)?.question ?? id;

function progressOf(state: ExperimentState | undefined): ProgressProps {
  if (state?.state === 'waiting')
    return { label: 'Waits for another experiment', detail: `“${questionOf(state.for)}”` };
  const progress = state?.state === 'running' ? state.progress : undefined;
  if (progress === undefined) return { label: 'Starting' };
  if (!('download' in progress))
    return { label: 'Running', done: progress.done, ...(progress.doing ? { detail: progress.doing } : {}) };
  return downloadProgress(progress.download);
}

/** What a screen reader is told. */
function wordsOf(state: ExperimentState | undefined, verdict: string | undefined): string {
  if (state?.state === 'failed') return '';
  if (state !== undefined) {
    const { label, done } = progressOf(state);
    return done === undefined ? label : `${label}, ${Math.floor(10 * done) * 10} per cent`;
  }
  return verdict === undefined ? '' : `Verdict on the claim: ${verdict}`;
}
