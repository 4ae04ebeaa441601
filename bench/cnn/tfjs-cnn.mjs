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
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as wasm from '@tensorflow/tfjs-backend-wasm';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '2' },
    warmup: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
    backend: { type: 'string', default: 'wasm' },
    batch: { type: 'string', default: '8' },
  },
});
const [steps, warmup, threads, batch] = [values.steps, values.warmup, values.threads, values.batch].map(
  Number,
);
const examples = 60_000;

// The library logs that a native build for Node exists; the one line of JSON below must stand alone.
console.log = console.warn = console.info = console.error;

const features = Float32Array.from({ length: examples * 784 }, () => Math.random());
const labels = Uint8Array.from({ length: examples }, () => Math.random() * 10);
const order = new Uint32Array(examples).map((_, row) => row);
tf.util.shuffle(order);

function network() {
  const { conv2d, dense, dropout, flatten, maxPooling2d } = tf.layers;
  const kernelInitializer = 'heNormal';
  const block = (filters, more = {}) => [
    conv2d({ filters, kernelSize: 5, padding: 'same', activation: 'relu', kernelInitializer, ...more }),
    maxPooling2d({ poolSize: 2 }),
  ];
  const model = tf.sequential({
    layers: [
      ...block(32, { inputShape: [28, 28, 1] }),
      ...block(64),
      flatten(),
      dense({ units: 1024, activation: 'relu', kernelInitializer }),
      dropout({ rate: 0.5 }),
      dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss: 'categoricalCrossentropy' });
  return model;
}

/** One step: returns the loss. */
async function trainStep(model, step) {
  const x = new Float32Array(batch * 784);
  const y = new Float32Array(batch * 10);
  for (let i = 0; i < batch; i++) {
    const row = order[(step * batch + i) % examples];
    x.set(features.subarray(row * 784, row * 784 + 784), i * 784);
    y[i * 10 + labels[row]] = 1;
  }
  const [inputs, targets] = [tf.tensor4d(x, [batch, 28, 28, 1]), tf.tensor2d(y, [batch, 10])];
  const loss = await model.trainOnBatch(inputs, targets);
  tf.dispose([inputs, targets]);
  return loss;
}

async function measure(backend) {
  if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} backend does not start`);
  const model = network();
  const times = [];
  let loss = Number.NaN;
  for (let step = 0; step < warmup + steps; step++) {
    const start = performance.now();
    loss = await trainStep(model, step);
    if (step >= warmup) times.push(((performance.now() - start) * 128) / batch);
  }
  return { times: times.sort((a, b) => a - b), loss };
}

const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
wasm.setWasmPaths(`${folder}/`);
wasm.setThreadsCount(threads);

let backend = values.backend;
let result;
let fellBack;
try {
  result = await measure(backend);
} catch (error) {
  if (backend !== 'wasm') throw error;
  fellBack = `wasm: ${error.message.split('\n')[0]}`;
  backend = 'cpu';
  result = await measure(backend);
}
const middle = result.times.length >> 1;
const medianMs =
  result.times.length % 2 ? result.times[middle] : (result.times[middle - 1] + result.times[middle]) / 2;
const [simd, threaded] =
  backend === 'wasm'
    ? await Promise.all([
        tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'),
        tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'),
      ])
    : [false, false];

process.stdout.write(
  `${JSON.stringify({
    medianMs,
    minMs: result.times[0],
    maxMs: result.times.at(-1),
    steps: result.times.length,
    version: `TensorFlow.js ${tf.version.tfjs}`,
    threads: threaded ? wasm.getThreadsCount() : 1,
    backend: simd ? `${backend}, SIMD` : backend,
    ...(fellBack === undefined ? {} : { fellBack }),
    loss: result.loss,
  })}\n`,
);
// Its worker threads would keep the process alive.
process.exit(0);
