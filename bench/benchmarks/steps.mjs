/** @file Training steps: the dense network, the convolutional one, what each kind of dropout costs, batchwise dropout. */
import { python, slowing } from './python.mjs';
import { times } from './times.mjs';

/** @typedef {import('../benchmarks.mjs').Benchmark} Benchmark */
/** @typedef {import('../benchmarks.mjs').Figure} Figure */

/** @type {readonly Figure[]} */
const againstNone = [
  { key: 'none', title: 'no dropout, ms', over: 'min' },
  { key: 'dropout50', title: '`dropout(0.5)`, ms', over: 'min' },
  { key: 'batchwise50', title: '`batchwiseDropout(0.5)`, ms', over: 'min' },
  { key: 'batchwise80', title: '`batchwiseDropout(0.8)`, ms', over: 'min' },
  { key: 'dropout50Ratio', title: 'dropout 0.5 / none', over: 'median' },
  { key: 'batchwise50Ratio', title: 'batchwise 0.5 / none', over: 'median' },
  { key: 'batchwise80Ratio', title: 'batchwise 0.8 / none', over: 'median' },
];

/** @type {readonly Benchmark[]} */
export const steps = [
  {
    name: 'step',
    title: 'One training step',
    about:
      '784-1024-1024-1024-10, ReLU, dropout 0.5 on hidden units and 0.2 on the input, batch 128, cross-entropy, SGD ' +
      'with learning rate 0.05 and momentum 0.9. A step takes a fresh batch from a 60,000 × 784 array, draws its ' +
      'masks and updates the weights.',
    rounds: 5,
    figures: times,
    sides: [
      { name: 'Thinnet', command: ['node', 'bench/step/thinnet-step.mjs'] },
      {
        name: 'Thinnet without dropout',
        command: ['node', 'bench/step/thinnet-step.mjs', '--dropout', 'off'],
      },
      {
        name: 'PyTorch, CPU, OpenBLAS',
        command: [python, 'bench/step/torch_step.py'],
        unset: slowing,
      },
      { name: 'TensorFlow.js', command: ['node', 'bench/step/tfjs-step.mjs'] },
    ],
  },
  {
    name: 'cnn',
    title: 'One training step of a convolutional network',
    about:
      '28 × 28 – conv 5 × 5 × 32 – ReLU – max-pool 2 – conv 5 × 5 × 64 – ReLU – max-pool 2 – dense 1024 – ReLU – dropout 0.5 – ' +
      'dense 10, batch 128, cross-entropy, SGD with learning rate 0.05 and momentum 0.9. A step takes a fresh batch from ' +
      'a 60,000 × 784 array, draws its masks and updates the weights. TensorFlow.js has the gradients of convolutions on its ' +
      'plain backend alone: it takes 8 examples a step, and its time is multiplied by 16.',
    rounds: 3,
    figures: times,
    sides: [
      { name: 'Thinnet', command: ['node', 'bench/cnn/thinnet-cnn.mjs'] },
      {
        name: 'PyTorch, CPU, OpenBLAS',
        command: [python, 'bench/cnn/torch_cnn.py'],
        unset: slowing,
      },
      { name: 'TensorFlow.js', command: ['node', 'bench/cnn/tfjs-cnn.mjs'] },
    ],
  },
  {
    name: 'cnn-kinds',
    title: 'What each kind of dropout costs in the convolutional network',
    about:
      'The step of the convolutional network above without dropout and with one kind, in turn: kinds of feature maps at rate 0.2 behind ' +
      'both pools, kinds of units at rate 0.5 between the dense layers (variational Gaussian at 0.3). Times are the fastest of all, ' +
      'the ratio is the median over the turns.',
    rounds: 1,
    compared: false,
    figures: [
      { key: 'none', title: 'no dropout, ms', over: 'min' },
      { key: 'kind', title: 'with it, ms', over: 'min' },
      { key: 'fastest', title: 'ratio of these', over: 'min' },
      { key: 'ratio', title: 'median ratio', over: 'median' },
    ],
    sides: [
      'dropout',
      'dropout on maps',
      'standard',
      'spatial',
      'dropblock',
      'gaussian',
      'alpha',
      'feature alpha',
      'batchwise',
      'dropconnect',
      'depth',
      'concrete',
      'variational gaussian',
      'standout',
    ].map((kind) => ({
      name: kind,
      command: ['node', 'bench/cnn-kinds/thinnet-cnn-kinds.mjs', '--kind', kind],
    })),
  },
  {
    name: 'batchwise',
    title: 'Batchwise dropout',
    about:
      'One training step of 784-width-width-width-10, ReLU, dropout behind each hidden layer, SGD with momentum 0.9, masks drawn. ' +
      'Times are the fastest of all, ratios the median over turns in which the arms follow each other.',
    rounds: 1,
    figures: againstNone,
    compared: false,
    sides: [512, 1024, 2048].flatMap((width) =>
      [8, 32, 128, 512].map((batch) => ({
        name: `width ${width}, batch ${batch}`,
        command: [
          'node',
          'bench/batchwise/thinnet-batchwise.mjs',
          '--width',
          `${width}`,
          '--batch',
          `${batch}`,
        ],
      })),
    ),
  },
];
