/** @file Trains the page's own network. */
import { localEngine, type Runtime, trainerOver } from 'thinnet';
import { type Prepared, planOf } from '../../../experiment/plan.js';
import { nextTask } from '../../../training/yield.js';
import type { NetworkSource, Parameters } from './source.js';

/** After an epoch. */
export interface TrainingProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** Share of the test images misclassified by the mean network. */
  readonly testError: number;
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
  try {
    for await (const { epoch, test } of trainer.fit({ epochs: settings.epochs, signal })) {
      report({ epoch, epochs: settings.epochs, testError: test.error });
      // Between tasks the page can be heard.
      await nextTask();
    }
    return await trainer.parameters();
  } finally {
    await trainer.close();
  }
}
