/**
 * @file A convolutional network's training step in Thinnet, as one line of JSON.
 *
 * 28 × 28 – conv 5 × 5 × 32 – ReLU – max-pool 2 – conv 5 × 5 × 64 – ReLU – max-pool 2 – dense 1024 – ReLU – dropout 0.5 –
 * dense 10, batch 128, cross-entropy, SGD with learning rate 0.05 and momentum 0.9. A step gathers a fresh batch
 * from a [60000, 1, 28, 28] array, draws its masks, and updates the weights. Several steps run at once, so a step's time
 * is its run's time divided by the number of steps.
 *
 * Usage: thinnet-cnn.mjs [--runs 5] [--warmup 1] [--steps-per-run 4] [--threads 2] [--dropout on|off]
 */
import { conv2d, dense, flatten, maxPool, relu } from 'thinnet';
import { timeSteps } from '../training/thinnet.mjs';

const block = (filters) => [conv2d(filters, { kernel: 5, padding: 'same' }), relu(), maxPool({ kernel: 2 })];

await timeSteps(
  [1, 28, 28],
  (thin) => [...block(32), ...block(64), flatten(), dense(1024), relu(), ...thin(0.5), dense(10)],
  { runs: '5', warmup: '1', stepsPerRun: '4' },
);
