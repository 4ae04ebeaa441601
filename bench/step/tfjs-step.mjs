/**
 * @file The training step in TensorFlow.js, as one line of JSON.
 *
 * 784-1024-1024-1024-10, ReLU, dropout 0.5 on hidden units and 0.2 on the input, batch 128, cross-entropy, SGD with
 * learning rate 0.05 and momentum 0.9. A step gathers a fresh batch from a [60000, 784] array, draws its masks, and
 * updates the weights. The WebAssembly backend with SIMD (it has threads in browsers only: in Node 4.22 starts none), or
 * the plain `cpu` backend where WebAssembly lacks a kernel that the step needs.
 *
 * Usage: tfjs-step.mjs [--steps 5] [--warmup 2] [--threads 2] [--backend wasm] [--batch 128]
 */
import { timeSteps } from '../training/tfjs.mjs';

await timeSteps(
  [784],
  ({ dense, dropout }) => [
    dropout({ rate: 0.2, inputShape: [784] }),
    ...[1, 2, 3].flatMap(() => [
      dense({ units: 1024, activation: 'relu', kernelInitializer: 'heNormal' }),
      dropout({ rate: 0.5 }),
    ]),
    dense({ units: 10, activation: 'softmax' }),
  ],
  { steps: '5', warmup: '2', batch: '128' },
);
