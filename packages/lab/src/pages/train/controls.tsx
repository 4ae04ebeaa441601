/** @file Pause, step, go on, stop, again. */
import type { Run } from '../../training/run.js';
import type { RunState } from '../../training/state.js';
import { isUnderWay } from '../../training/state.js';

export interface ControlsProps {
  readonly run: Run;
  readonly state: RunState;
  readonly onRestart: () => void;
  readonly onNextSeed: () => void;
  readonly onLeave: () => void;
}

export function Controls({ run, state, onRestart, onNextSeed, onLeave }: ControlsProps) {
  const { phase, isPausing } = state;
  if (!isUnderWay(state))
    return (
      <div class="buttons controls">
        <button type="button" class="button primary" onClick={onRestart}>
          Train again
        </button>
        <button type="button" class="button" onClick={onNextSeed}>
          With the next seed
        </button>
        <button type="button" class="button" onClick={onLeave}>
          Clear
        </button>
      </div>
    );
  return (
    <div class="buttons controls">
      {phase === 'paused' ? (
        <button type="button" class="button primary" onClick={() => run.go()}>
          Go on
        </button>
      ) : (
        <button
          type="button"
          class="button primary"
          disabled={phase !== 'running' || isPausing}
          onClick={() => run.pause()}
        >
          Pause
        </button>
      )}
      <button type="button" class="button" disabled={phase !== 'paused'} onClick={() => run.step()}>
        One step
      </button>
      <button type="button" class="button" onClick={() => run.stop()}>
        Stop
      </button>
    </div>
  );
}
