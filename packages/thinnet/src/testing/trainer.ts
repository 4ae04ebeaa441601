/** @file A trainer for the time of a test, and what its epochs say. */
import { nodeRuntime } from '../runtime/node/ort.js';
import { localEngine } from '../train/local-engine.js';
import type { TrainingPlan } from '../train/plan.js';
import { trainerOver } from '../train/trainer.js';
import type { Epoch, FitOptions, Trainer, TrainingData } from '../train/trainer-types.js';
import { smallData } from './network.js';

/** A trainer here, closed when `use` is done. */
export async function withTrainer<T>(
  plan: TrainingPlan,
  use: (trainer: Trainer) => Promise<T>,
  data: TrainingData = smallData(),
): Promise<T> {
  const trainer = trainerOver(await localEngine(plan, data, nodeRuntime), plan, data);
  try {
    return await use(trainer);
  } finally {
    await trainer.close();
  }
}

/** All epochs of a fit. */
export async function epochsOf(trainer: Trainer, options: FitOptions): Promise<Epoch[]> {
  const epochs: Epoch[] = [];
  for await (const epoch of trainer.fit(options)) epochs.push(epoch);
  return epochs;
}

/** What does not depend on the machine's speed. */
export const numbersOf = ({ epoch, step, thinnedLoss, train, test }: Epoch) => ({
  epoch,
  step,
  thinnedLoss,
  train,
  test,
});
