/**
 * @file The training step in Thinnet, as one line of JSON.
 *
 * 784-1024-1024-1024-10, ReLU, dropout 0.5 on hidden units and 0.2 on the input, batch 128, cross-entropy, SGD with
 * learning rate 0.05 and momentum 0.9. A step gathers a fresh batch from a [60000, 784] array, draws its masks, and
 * updates the weights. Several steps run at once, so a step's time is its run's time divided by the number of steps.
 *
 * Usage: thinnet-step.mjs [--runs 8] [--warmup 2] [--steps-per-run 16] [--threads 2] [--dropout on|off]
 */
import { dense, relu } from 'thinnet';
import { timeSteps } from '../training/thinnet.mjs';

await timeSteps(
  [784],
  (thin) => [...thin(0.2), ...[1, 2, 3].flatMap(() => [dense(1024), relu(), ...thin(0.5)]), dense(10)],
  { runs: '8', warmup: '2', stepsPerRun: '16' },
);
