/** @file Drawing noise: how long it takes, and what memory it leaves behind. */
import { python, slowing } from './python.mjs';

/** @typedef {import('../benchmarks.mjs').Benchmark} Benchmark */
/** @typedef {import('../benchmarks.mjs').Figure} Figure */

/** @type {readonly Figure[]} */
const perElement = [
  { key: 'mask30', title: 'mask, rate 0.3, ns', over: 'min' },
  { key: 'mask10', title: 'rate 0.1', over: 'min' },
  { key: 'mask50', title: 'rate 0.5', over: 'min' },
  { key: 'cached30', title: 'in cache, 0.3', over: 'min' },
  { key: 'cached50', title: 'in cache, 0.5', over: 'min' },
  { key: 'bits30', title: 'bits, 0.3', over: 'min' },
  { key: 'bits50', title: 'bits, 0.5', over: 'min' },
  { key: 'uniform', title: 'uniform', over: 'min' },
  { key: 'gaussian', title: 'normal', over: 'min' },
];

/** @type {readonly Benchmark[]} */
export const noise = [
  {
    name: 'noise',
    title: 'Noise',
    about:
      'Nanoseconds an element, on one thread: float32 masks of 16 Mi elements at three rates, masks of 32 Ki elements that stay ' +
      'in cache, masks as packed bits, uniform and normal numbers. A figure is the median over pieces of 256 Ki elements, and ' +
      'the smallest of the rounds. PyTorch and TensorFlow.js draw no masks alone: theirs are dropped-out features, to be ' +
      'compared with the third row.',
    rounds: 5,
    figures: perElement,
    sides: [
      { name: 'Thinnet', command: ['node', 'bench/noise/thinnet-noise.mjs'] },
      {
        name: 'Thinnet, into an ordinary array',
        command: ['node', 'bench/noise/thinnet-noise.mjs', '--into', 'array'],
      },
      {
        name: 'Thinnet, features thinned at once',
        command: ['node', 'bench/noise/thinnet-noise.mjs', '--into', 'features'],
      },
      {
        name: 'Thinnet, plain TypeScript',
        command: ['node', 'bench/noise/thinnet-noise.mjs', '--kernels', 'typescript', '--into', 'array'],
      },
      { name: 'copying memory', command: ['node', 'bench/noise/plain-noise.mjs', '--by', 'copy'] },
      { name: 'Math.random in a loop', command: ['node', 'bench/noise/plain-noise.mjs', '--by', 'random'] },
      {
        name: 'PyTorch F.dropout, CPU',
        command: [python, 'bench/noise/torch_noise.py'],
        unset: slowing,
      },
      { name: 'TensorFlow.js tf.dropout', command: ['node', 'bench/noise/tfjs-noise.mjs'] },
      { name: 'jax-js random.bernoulli', command: ['node', 'bench/noise/jax-noise.mjs'] },
    ],
  },
  {
    name: 'allocation',
    title: 'Memory that drawing leaves behind',
    about:
      'Bytes a mask of 128 × 1024 elements (512 KiB), drawn again and again into memory of its own: new buffers, and objects ' +
      'on the heap (the arguments of the calls).',
    rounds: 3,
    figures: [
      { key: 'bufferBytes', title: 'buffers, bytes a mask', over: 'median' },
      { key: 'heapBytes', title: 'heap, bytes a mask', over: 'median' },
    ],
    sides: [
      {
        name: 'Thinnet',
        command: ['node', '--expose-gc', '--max-semi-space-size=64', 'bench/noise/allocation.mjs'],
      },
    ],
  },
];
