/**
 * @file A convolutional network's training step in TensorFlow.js, as one line of JSON.
 *
 * 28 × 28 – conv 5 × 5 × 32 – ReLU – max-pool 2 – conv 5 × 5 × 64 – ReLU – max-pool 2 – dense 1024 – ReLU – dropout 0.5 –
 * dense 10, batch 128, cross-entropy, SGD with learning rate 0.05 and momentum 0.9. A step gathers a fresh batch
 * from a [60000, 28, 28, 1] array, draws its masks, and updates the weights. The WebAssembly backend with SIMD (it has
 * threads in browsers only: in Node 4.22 starts none), or the plain `cpu` backend where WebAssembly lacks a kernel that the
 * step needs. That one takes minutes for a step of 128 examples, nearly all of them in convolutions: a step takes 8 unless
 * told otherwise, and its time is multiplied by 16.
 *
 * Usage: tfjs-cnn.mjs [--steps 2] [--warmup 1] [--threads 2] [--backend wasm] [--batch 8]
 */
import { timeSteps } from '../training/tfjs.mjs';

const kernelInitializer = 'heNormal';
const block = ({ conv2d, maxPooling2d }, filters, more = {}) => [
  conv2d({ filters, kernelSize: 5, padding: 'same', activation: 'relu', kernelInitializer, ...more }),
  maxPooling2d({ poolSize: 2 }),
];

await timeSteps(
  [28, 28, 1],
  (layers) => [
    ...block(layers, 32, { inputShape: [28, 28, 1] }),
    ...block(layers, 64),
    layers.flatten(),
    layers.dense({ units: 1024, activation: 'relu', kernelInitializer }),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
  { steps: '2', warmup: '1', batch: '8' },
);
