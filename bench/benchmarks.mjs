/** @file The table of benchmarks: one entry each; `run.mjs` runs them and writes RESULTS.md. */

/**
 * One contestant. Its command prints one line of JSON last: the figures of its benchmark, and `version`, `threads`.
 * @typedef {object} Side
 * @property {string} name
 * @property {readonly string[]} command run in the repository's folder
 * @property {readonly string[]} [unset] environment variables that it must not see
 */

/**
 * @typedef {object} Figure
 * @property {string} key of the JSON line
 * @property {string} title of the column
 * @property {'median' | 'min' | 'max'} over how the rounds are put together
 */

/**
 * @typedef {object} Benchmark
 * @property {string} name as given to `run.mjs`, and the key of its section in RESULTS.md
 * @property {string} title
 * @property {string} about what is measured, in a sentence or two of Markdown
 * @property {number} rounds how often each side runs, in turn with the others
 * @property {readonly Figure[]} figures the first one is compared with that of the first side
 * @property {readonly Side[]} sides
 * @property {false} [compared] where the sides are no contestants, so that their ratios say nothing
 */

/** @type {readonly Figure[]} */
const times = [
  { key: 'medianMs', title: 'median, ms', over: 'median' },
  { key: 'minMs', title: 'min, ms', over: 'min' },
  { key: 'maxMs', title: 'max, ms', over: 'max' },
];

/** @type {readonly Figure[]} */
const run = [
  { key: 'peakMiB', title: 'peak memory, MiB', over: 'median' },
  { key: 'firstStepSeconds', title: 'to the first step, s', over: 'median' },
  { key: 'seconds', title: 'whole run, s', over: 'median' },
];

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
export const benchmarks = [
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
        command: ['/usr/bin/python3', 'bench/step/torch_step.py'],
        // Some machines set these for the sake of old builds; they would slow this one.
        unset: ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'],
      },
      { name: 'TensorFlow.js', command: ['node', 'bench/step/tfjs-step.mjs'] },
    ],
  },
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
        command: ['/usr/bin/python3', 'bench/noise/torch_noise.py'],
        unset: ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'],
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
        command: ['/usr/bin/python3', 'bench/cnn/torch_cnn.py'],
        unset: ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'],
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
  {
    name: 'default-run',
    title: 'The default run of `thinnet compare`',
    about: 'What `npm start` does once everything is installed and built.',
    rounds: 1,
    figures: run,
    sides: [
      {
        name: 'Thinnet',
        command: ['node', 'bench/memory/measure.mjs', '--', 'node', 'packages/cli/bin/thinnet.js', 'compare'],
      },
    ],
  },
];
