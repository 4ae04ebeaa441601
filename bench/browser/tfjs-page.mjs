/** @file The training step in a page, in TensorFlow.js: `measure` of this module runs there. */
import * as tf from '@tensorflow/tfjs';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';

/**
 * Milliseconds of single steps.
 * @param {{ backend: 'wasm' | 'webgpu' | 'webgl' | 'cpu', threads: number, warmup: number, runs: number }} options
 */
globalThis.measure = async ({ backend, threads, warmup, runs }) => {
  wasm.setWasmPaths('/tfjs/');
  wasm.setThreadsCount(threads);
  if (!(await tf.setBackend(backend))) throw new Error(`the ${backend} backend does not start`);
  const { dense, dropout } = tf.layers;
  const model = tf.sequential({
    layers: [
      dropout({ rate: 0.2, inputShape: [784] }),
      ...[1, 2, 3].flatMap(() => [
        dense({ units: 1024, activation: 'relu', kernelInitializer: 'heNormal' }),
        dropout({ rate: 0.5 }),
      ]),
      dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.momentum(0.05, 0.9), loss: 'categoricalCrossentropy' });
  const times = [];
  let loss;
  for (let step = 0; step < warmup + runs; step++) {
    const start = performance.now();
    const x = tf.tensor2d(
      Float32Array.from({ length: 128 * 784 }, () => Math.random()),
      [128, 784],
    );
    const y = tf.oneHot(
      Int32Array.from({ length: 128 }, () => Math.random() * 10),
      10,
    );
    // The loss is a number, so the step has ended when it is there.
    loss = await model.trainOnBatch(x, y);
    tf.dispose([x, y]);
    if (step >= warmup) times.push(performance.now() - start);
  }
  const isThreaded = backend === 'wasm' && (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'));
  return {
    times,
    loss,
    backend,
    threads: isThreaded ? wasm.getThreadsCount() : 1,
    version: `TensorFlow.js ${tf.version.tfjs}`,
  };
};
