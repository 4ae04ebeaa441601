/** @file Epochs that follow from the number of the seed. */
import type { Epoch } from '../train/trainer-types.js';

/** Losses that fall as 1 / epoch; errors by the number of the seed. */
export const fallingEpochs = (seed: number, epochs: number): readonly Epoch[] =>
  Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    step: i + 1,
    thinnedLoss: 1,
    train: { loss: 1 / (i + 1), error: 0.1 },
    test: { loss: 1.5 / (i + 1) + seed / 10, error: 0.1 + seed / 100 },
    seconds: 1,
    examplesPerSecond: 1000,
  }));
