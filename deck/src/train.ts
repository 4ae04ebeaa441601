/** @file Training a network in the laboratory. */
import type { Epoch, Network, TrainingData, TrainingPlan } from 'thinnet';
import type { Laboratory } from './laboratory.js';
import { type Parameters, withParameters } from './run.js';

export interface Trained {
  /** With its trained parameters. */
  readonly network: Network;
  readonly parameters: Parameters;
  readonly epochs: readonly Epoch[];
  /** The ONNX file that the trainer exports. */
  readonly file: Uint8Array;
}

/** Trains for a number of epochs; `onEpoch` hears of each. */
export async function train(
  laboratory: Laboratory,
  plan: TrainingPlan,
  data: TrainingData,
  epochs: number,
  onEpoch?: (epoch: number) => void,
): Promise<Trained> {
  laboratory.signal?.throwIfAborted();
  const trainer = await laboratory.trainer(plan, data);
  try {
    const { signal } = laboratory;
    const history: Epoch[] = [];
    for await (const epoch of trainer.fit({ epochs, ...(signal ? { signal } : {}) })) {
      history.push(epoch);
      onEpoch?.(epoch.epoch);
    }
    const parameters = await trainer.parameters();
    const network = withParameters(plan.network, parameters);
    return { network, parameters, epochs: history, file: await trainer.export() };
  } finally {
    await trainer.close();
  }
}
