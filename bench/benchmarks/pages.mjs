/** @file In a page: a training step in Chromium, and the lab as a page. */
import { times } from './times.mjs';

/** @typedef {import('../benchmarks.mjs').Benchmark} Benchmark */

/** @type {readonly Benchmark[]} */
export const pages = [
  {
    name: 'browser',
    title: 'One training step in the browser',
    about:
      'The network of the first benchmark in Chromium, in a cross-origin isolated page. There is no GPU: WebGPU and WebGL run on ' +
      "SwiftShader, on the CPU, so that their rows show that they work, not how fast they are. TensorFlow.js's WebAssembly " +
      'says itself how many threads it has.',
    rounds: 3,
    figures: times,
    sides: [
      { name: 'Thinnet, WebAssembly', page: 'thinnet', backend: 'wasm', threads: 2, runs: 6 },
      { name: 'Thinnet, WebAssembly, one thread', page: 'thinnet', backend: 'wasm', threads: 1, runs: 6 },
      { name: 'TensorFlow.js, WebAssembly', page: 'tfjs', backend: 'wasm', threads: 2, runs: 4 },
      { name: 'Thinnet, WebGPU on the CPU', page: 'thinnet', backend: 'webgpu', threads: 2, runs: 1 },
      { name: 'TensorFlow.js, WebGPU on the CPU', page: 'tfjs', backend: 'webgpu', threads: 2, runs: 2 },
      { name: 'TensorFlow.js, WebGL on the CPU', page: 'tfjs', backend: 'webgl', threads: 2, runs: 2 },
    ].map(({ name, page, backend, threads, runs }) => ({
      name,
      command: [
        'node',
        'bench/browser/step.mjs',
        '--page',
        page,
        '--backend',
        backend,
        '--threads',
        `${threads}`,
        '--runs',
        `${runs}`,
      ],
    })),
  },
  {
    name: 'page',
    title: 'The lab as a page',
    about:
      "Lighthouse's scores (100 is the best) and times with its own settings for a phone and for a desktop, and what the page " +
      'downloads until it is at rest, and until training runs (with ONNX Runtime and the data): as it is, and by Brotli, as hosts send it.',
    rounds: 3,
    compared: false,
    figures: [
      { key: 'performance', title: 'performance', over: 'median' },
      { key: 'accessibility', title: 'accessibility', over: 'min' },
      { key: 'practices', title: 'best practices', over: 'min' },
      { key: 'firstPaintMs', title: 'first paint, ms', over: 'median' },
      { key: 'largestPaintMs', title: 'largest paint, ms', over: 'median' },
      { key: 'blockingMs', title: 'blocked, ms', over: 'median' },
      { key: 'shift', title: 'layout shift', over: 'max' },
      { key: 'beforeKiB', title: 'at rest, KiB', over: 'median' },
      { key: 'beforeCompressedKiB', title: 'by Brotli', over: 'median' },
      { key: 'afterKiB', title: 'training, KiB', over: 'median' },
      { key: 'afterCompressedKiB', title: 'by Brotli', over: 'median' },
    ],
    sides: ['mobile', 'desktop'].map((form) => ({
      name: form,
      command: ['node', 'bench/page/measure.mjs', '--form', form],
    })),
  },
];
