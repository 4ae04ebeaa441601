/** @file Trains the page's own network. */
import { localEngine, type Runtime, trainerOver } from 'thinnet';
import { type Prepared, planOf } from '../../../experiment/plan.js';
import { nextTask } from '../../../training/yield.js';
import type { NetworkSource, Parameters } from './source.js';

/** Before the first epoch, and after each. */
export interface TrainingProgress {
  /** The epochs that it has done. */
  readonly epoch: number;
  readonly epochs: number;
  /** Share of the test images misclassified by the mean network; once there is an epoch. */
  readonly testError?: number;
}

export async function trained(
  { settings, arm }: NetworkSource,
  { data, input }: Prepared,
  runtime: Runtime,
  report: (progress: TrainingProgress) => void,
  signal: AbortSignal,
): Promise<Parameters> {
  const plan = planOf(settings, arm, input);
  const trainer = trainerOver(await localEngine(plan, data, runtime), plan, data);
  const { epochs } = settings;
  report({ epoch: 0, epochs });
  try {
    for await (const { epoch, test } of trainer.fit({ epochs, signal })) {
      report({ epoch, epochs, testError: test.error });
      // Between tasks the page can be heard.
      await nextTask();
    }
    return await trainer.parameters();
  } finally {
    await trainer.close();
  }
}
