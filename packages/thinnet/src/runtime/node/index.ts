/** @file `thinnet/node`: what needs Node. */

import { shown, ThinnetError } from '../../error.js';
import { checkPlan } from '../../train/check.js';
import type { TrainingPlan } from '../../train/plan.js';
import { trainerOver } from '../../train/trainer.js';
import type { Trainer, TrainingData } from '../../train/trainer-types.js';
import { workerEngine } from './worker-engine.js';

export { nodeRuntime } from './ort.js';

/**
 * A trainer on ONNX Runtime's CPU provider, in a worker thread of its own. Close it when done. Everything that it can be
 * told is in the plan, `threads` too.
 *
 * Errors: a plan that does not fit the data or cannot be trained; a third argument.
 */
export async function createTrainer(
  plan: TrainingPlan,
  data: TrainingData,
  ...none: readonly never[]
): Promise<Trainer> {
  if (none.length > 0)
    throw new ThinnetError(
      `createTrainer: its third argument is ${shown(none[0])}; in Node it takes two: put threads into the plan`,
    );
  checkPlan(plan, data);
  return trainerOver(await workerEngine(plan, data), plan, data);
}
