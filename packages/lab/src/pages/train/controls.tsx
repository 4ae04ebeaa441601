/** @file Pause, step, go on, stop; afterwards, once more with the next seed. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Run } from '../../training/run.js';
import type { RunState } from '../../training/state.js';
import { isUnderWay } from '../../training/state.js';

export interface ControlsProps {
  readonly run: Run;
  readonly state: RunState;
  readonly onNextSeed: () => void;
  readonly onLeave: () => void;
}

export function Controls({ run, state, onNextSeed, onLeave }: ControlsProps) {
  const box = useRef<HTMLDivElement>(null);
  const hadFocus = box.current?.contains(document.activeElement) ?? false;
  // Where the button that was pressed has gone, the keyboard stays with the run, on none of its other buttons.
  useLayoutEffect(() => {
    if (hadFocus && !box.current?.contains(document.activeElement))
      box.current?.closest<HTMLElement>('.train-run')?.focus({ preventScroll: true });
  });
  return (
    <div class="buttons controls" ref={box}>
      {isUnderWay(state) ? underWay(run, state) : ended(onNextSeed, onLeave)}
    </div>
  );
}

/** A button that is out of use for a moment keeps the focus; `disabled` would lose it. */
function underWay(run: Run, { phase, isPausing }: RunState) {
  const isWaiting = phase !== 'paused' && (phase !== 'running' || isPausing);
  const press = () => (phase === 'paused' ? run.go() : run.pause());
  return (
    <>
      <button
        key="go"
        type="button"
        class="button primary"
        aria-disabled={isWaiting || undefined}
        onClick={isWaiting ? undefined : press}
      >
        {phase === 'paused' ? 'Go on' : 'Pause'}
      </button>
      <button
        key="step"
        type="button"
        class="button"
        disabled={phase !== 'paused'}
        onClick={() => run.step()}
      >
        One step
      </button>
      <button key="stop" type="button" class="button" onClick={() => run.stop()}>
        Stop
      </button>
    </>
  );
}

const ended = (onNextSeed: () => void, onLeave: () => void) => (
  <>
    <button key="next" type="button" class="button" onClick={onNextSeed}>
      With the next seed
    </button>
    <button key="clear" type="button" class="button" onClick={onLeave}>
      Clear
    </button>
  </>
);
