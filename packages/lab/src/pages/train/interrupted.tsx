/** @file Runs that a reload or a crash has interrupted: go on with them, or forget them. */
import { useEffect, useState } from 'preact/hooks';
import { Confirm } from '../../components/confirm.js';
import { Notice } from '../../components/notice.js';
import { decode } from '../../settings/codec.js';
import type { Settings } from '../../settings/settings.js';
import type { RunRecord } from '../../store/database.js';
import { deleteRun, listRuns } from '../../store/runs.js';
import { epochsDone } from '../../training/done.js';
import { lockedRuns, whenOneIsUnlocked } from '../../training/lock.js';

export interface InterruptedProps {
  readonly onResume: (id: string, settings: Settings) => void;
}

/** Runs that have not ended: those that nobody trains, and those that a tab has locked. */
async function unfinishedRuns(): Promise<Readonly<Record<'free' | 'locked', readonly RunRecord[]>>> {
  const [runs, locked] = await Promise.all([listRuns(), lockedRuns()]);
  const unfinished = runs.filter(({ status }) => status === 'running');
  return {
    free: unfinished.filter(({ id }) => !locked.has(id)).slice(0, 3),
    locked: unfinished.filter(({ id }) => locked.has(id)),
  };
}

export function Interrupted({ onResume }: InterruptedProps) {
  const [runs, setRuns] = useState<readonly RunRecord[]>();
  const [doomed, setDoomed] = useState<RunRecord>();
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const look = async (): Promise<void> => {
      const { free, locked } = await unfinishedRuns();
      if (signal.aborted) return;
      setRuns(free);
      if (locked.length === 0) return;
      // A tab that was closed or reloaded lets go of its run a little later than that.
      await whenOneIsUnlocked(
        locked.map(({ id }) => id),
        signal,
      );
      return look();
    };
    // A browser that keeps nothing has nothing to resume.
    look().catch(() => signal.aborted || setRuns([]));
    return () => leaving.abort();
  }, []);
  const forget = async () => {
    if (doomed === undefined) return;
    setDoomed(undefined);
    setRuns(runs?.filter((run) => run.id !== doomed.id));
    await deleteRun(doomed.id);
  };
  if (runs === undefined || runs.length === 0)
    return <div hidden data-interrupted={runs === undefined ? 'looking' : 'none'} />;
  return (
    <div data-interrupted={runs.length}>
      <Notice kind="info" title={runs.length === 1 ? 'A run was interrupted' : 'Runs were interrupted'}>
        <ul class="interrupted">
          {runs.map((run) => (
            <li key={run.id}>
              <span>
                {run.title}. It stands after epoch {epochsDone(run.arms)} of {run.epochs}.
              </span>
              <span class="buttons">
                <button
                  type="button"
                  class="button primary"
                  onClick={() => onResume(run.id, decode(run.query).settings)}
                >
                  Go on<span class="visually-hidden"> with {run.title}</span>
                </button>
                <button type="button" class="button" onClick={() => setDoomed(run)}>
                  Forget<span class="visually-hidden"> {run.title}</span>
                </button>
              </span>
            </li>
          ))}
        </ul>
      </Notice>
      <Confirm
        isOpen={doomed !== undefined}
        title="Forget this run?"
        yes="Forget it"
        no="Keep it"
        onYes={() => void forget()}
        onNo={() => setDoomed(undefined)}
      >
        <p>{doomed?.title}: its curves, its networks and its checkpoints are deleted from this browser.</p>
      </Confirm>
    </div>
  );
}
