/** @file The run of this tab as state. It goes on while other pages of the lab are open. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Settings } from '../../settings/settings.js';
import { Run, type StartOptions } from '../../training/run.js';
import type { RunState } from '../../training/state.js';

let current: Run | undefined;

export interface UsedRun {
  readonly run: Run | undefined;
  readonly state: RunState | undefined;
  readonly start: (settings: Settings, options: StartOptions) => void;
  /** Lets go of a run that has ended. */
  readonly leave: () => void;
}

/** The component renders again when the run's state changes, at most once a frame of the display. */
export function useRun(): UsedRun {
  const [run, setRun] = useState(current);
  const [, render] = useState<unknown>();
  useLayoutEffect(() => {
    if (run === undefined) return;
    let waiting = 0;
    const show = () => {
      waiting = 0;
      render(run.state);
    };
    const unsubscribe = run.subscribe(() => {
      if (waiting === 0) waiting = requestAnimationFrame(show);
    });
    show();
    return () => {
      unsubscribe();
      cancelAnimationFrame(waiting);
    };
  }, [run]);
  const become = (next: Run | undefined) => {
    current?.close();
    current = next;
    setRun(next);
  };
  return {
    run,
    state: run?.state,
    start: (settings, options) => become(new Run(settings, options)),
    leave: () => become(undefined),
  };
}
