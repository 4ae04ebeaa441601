/** @file The generalisation gap: how much worse a network does on examples it has not seen. */
import type { Score } from './classification.js';

/**
 * Test minus training, of the loss and of the error. Above 0 the network overfits; dropout exists to narrow it.
 * Measure both by the mean program: a training loss noted while dropout was on, and before the epoch's updates
 * were done, is too high and makes the gap look small or negative.
 */
export const generalizationGap = (train: Score, test: Score): Score => ({
  loss: test.loss - train.loss,
  error: test.error - train.error,
});
