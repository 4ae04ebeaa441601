/** @file `thinnet/node`: what needs Node. */

import type { TrainingPlan } from '../../train/plan.js';
import { trainerOver } from '../../train/trainer.js';
import type { Trainer, TrainingData } from '../../train/trainer-types.js';
import { workerEngine } from './worker-engine.js';

export { nodeRuntime } from './ort.js';

/** A trainer on ONNX Runtime's CPU provider, in a worker thread of its own. Close it when done. */
export async function createTrainer(plan: TrainingPlan, data: TrainingData): Promise<Trainer> {
  return trainerOver(await workerEngine(plan, data), plan, data);
}
