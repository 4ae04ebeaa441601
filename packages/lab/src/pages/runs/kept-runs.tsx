/** @file The runs that were trained in this browser: looked at again, trained again, deleted. */
import { useEffect, useState } from 'preact/hooks';
import { Confirm } from '../../components/confirm.js';
import { messageOf } from '../../components/message.js';
import { Notice } from '../../components/notice.js';
import { hrefOf } from '../../shell/route.js';
import type { RunRecord, RunStatus } from '../../store/database.js';
import { deleteRun, listRuns } from '../../store/runs.js';
import { epochsDone } from '../../training/done.js';
import { lockedRuns } from '../../training/lock.js';
import { KeptRunView } from './kept-run-view.js';

interface Kept {
  readonly runs: readonly RunRecord[];
  /** Those that a tab is training now. */
  readonly locked: ReadonlySet<string>;
}

const load = async (): Promise<Kept> => {
  const [runs, locked] = await Promise.all([listRuns(), lockedRuns()]);
  return { runs, locked: new Set(locked) };
};

export function KeptRuns() {
  const [kept, setKept] = useState<Kept>();
  const [problem, setProblem] = useState<string>();
  const [shown, setShown] = useState<string>();
  const [doomed, setDoomed] = useState<RunRecord>();
  const renew = () =>
    load().then(setKept, (error) =>
      setProblem(`What this browser keeps cannot be read: ${messageOf(error)}`),
    );
  useEffect(() => void renew(), []);

  const forget = async () => {
    if (doomed === undefined) return;
    setDoomed(undefined);
    try {
      await deleteRun(doomed.id);
    } catch (error) {
      setProblem(messageOf(error));
    }
    await renew();
  };
  return (
    <section class="kept-runs" aria-labelledby="kept">
      <h2 id="kept">Trained in this browser</h2>
      {problem === undefined ? null : <Notice kind="error">{problem}</Notice>}
      {kept === undefined ? null : kept.runs.length === 0 ? (
        <p class="note">
          Nothing yet. <a href={hrefOf('train')}>Train a network</a>, and its run is listed here.
        </p>
      ) : (
        <ul>
          {kept.runs.map((run) => (
            <li key={run.id} data-kept={run.id}>
              <KeptRun
                run={run}
                isLocked={kept.locked.has(run.id)}
                isShown={shown === run.id}
                onShow={() => setShown(shown === run.id ? undefined : run.id)}
                onDelete={() => setDoomed(run)}
              />
            </li>
          ))}
        </ul>
      )}
      <Confirm
        isOpen={doomed !== undefined}
        title="Delete this run?"
        yes="Delete it"
        no="Keep it"
        onYes={() => void forget()}
        onNo={() => setDoomed(undefined)}
      >
        <p>{doomed?.title}: its curves, its networks and its checkpoints are deleted from this browser.</p>
      </Confirm>
    </section>
  );
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

const statusWords = (status: RunStatus, isLocked: boolean): string => {
  if (status !== 'running') return status;
  return isLocked ? 'under way' : 'interrupted';
};

interface KeptRunProps {
  readonly run: RunRecord;
  readonly isLocked: boolean;
  readonly isShown: boolean;
  readonly onShow: () => void;
  readonly onDelete: () => void;
}

function KeptRun({ run, isLocked, isShown, onShow, onDelete }: KeptRunProps) {
  const done = epochsDone(run.arms);
  return (
    <>
      <div class="kept-run">
        <div>
          <h3>{run.title}</h3>
          <p class="note">
            {dates.format(run.started)}; {statusWords(run.status, isLocked)} after {done} of {run.epochs}{' '}
            epochs; {run.where}
          </p>
        </div>
        <div class="buttons">
          <button type="button" class="button" aria-expanded={isShown} disabled={done === 0} onClick={onShow}>
            {isShown ? 'Hide' : 'Show'}
            <span class="visually-hidden"> {run.title}</span>
          </button>
          <a class="button" href={hrefOf('train', run.query)}>
            Its settings
            <span class="visually-hidden"> of {run.title}</span>
          </a>
          <button
            type="button"
            class="button"
            disabled={isLocked && run.status === 'running'}
            onClick={onDelete}
          >
            Delete
            <span class="visually-hidden"> {run.title}</span>
          </button>
        </div>
      </div>
      {isShown ? <KeptRunView run={run} /> : null}
    </>
  );
}
