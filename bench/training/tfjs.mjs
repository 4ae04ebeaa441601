/** @file Times training steps in TensorFlow.js: what the benchmarks of a step share, whatever their network. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as wasm from '@tensorflow/tfjs-backend-wasm';

// The library logs that a native build for Node exists; the one line of JSON below must stand alone.
console.log = console.warn = console.info = console.error;

const examples = 60_000;

/**
 * Times the steps of a network over 60,000 examples and prints one line of JSON: on the WebAssembly backend, or on the plain
 * `cpu` backend where WebAssembly lacks a kernel. Options of the command line: --steps, --warmup, --threads, --backend, --batch;
 * `defaults` are those of --steps, --warmup and --batch. Times are multiplied up to a batch of 128.
 */
export async function timeSteps(shape, layers, defaults) {
  const { values } = parseArgs({
    options: {
      steps: { type: 'string', default: defaults.steps },
      warmup: { type: 'string', default: defaults.warmup },
      threads: { type: 'string', default: '2' },
      backend: { type: 'string', default: 'wasm' },
      batch: { type: 'string', default: defaults.batch },
    },
  });
  const [steps, warmup, threads, batch] = [values.steps, values.warmup, values.threads, values.batch].map(
    Number,
  );
  const features = Float32Array.from({ length: examples * 784 }, () => Math.random());
  const labels = Uint8Array.from({ length: examples }, () => Math.random() * 10);
  const order = new Uint32Array(examples).map((_, row) => row);
  tf.util.shuffle(order);

  function network() {
    const model = tf.sequential({ layers: layers(tf.layers) });
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
    const [inputs, targets] = [tf.tensor(x, [batch, ...shape]), tf.tensor2d(y, [batch, 10])];
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
}
