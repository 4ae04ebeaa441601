/** @file With THINNET_TRACE=1 says how long the way to the first training step was. */

import type { ProgressView } from './view.js';
import { noProgress } from './view.js';

/** Writes `first-step <milliseconds since the process began>` once. */
export function firstStepTrace(
  write: (line: string) => void,
  now: () => number = () => performance.now(),
): ProgressView {
  let isDone = false;
  const once = () => {
    if (!isDone) write(`first-step ${Math.round(now())}`);
    isDone = true;
  };
  return { ...noProgress, step: once, epoch: once };
}
