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
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import {
  constant,
  conv2d,
  crossEntropy,
  dense,
  dropout,
  flatten,
  localEngine,
  maxPool,
  network,
  relu,
  sgd,
} from 'thinnet';
import { nodeRuntime } from 'thinnet/node';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    warmup: { type: 'string', default: '1' },
    'steps-per-run': { type: 'string', default: '4' },
    threads: { type: 'string', default: '2' },
    dropout: { type: 'string', default: 'on' },
  },
});
const [runs, warmup, stepsPerRun, threads] = [
  values.runs,
  values.warmup,
  values['steps-per-run'],
  values.threads,
].map(Number);
const examples = 60_000;

const train = {
  name: 'random',
  length: examples,
  shape: [1, 28, 28],
  features: Float32Array.from({ length: examples * 784 }, () => Math.random()),
  labels: Int32Array.from({ length: examples }, () => Math.random() * 10),
  classes: 10,
};
const block = (/** @type {number} */ filters) => [
  conv2d(filters, { kernel: 5, padding: 'same' }),
  relu(),
  maxPool({ kernel: 2 }),
];
const plan = {
  network: network(
    { input: [1, 28, 28], seed: 1 },
    ...block(32),
    ...block(64),
    flatten(),
    dense(1024),
    relu(),
    ...(values.dropout === 'on' ? [dropout(0.5)] : []),
    dense(10),
  ),
  loss: crossEntropy(),
  optimizer: sgd({ momentum: 0.9 }),
  schedule: constant(0.05),
  batchSize: 128,
  seed: 1,
  stepsPerRun,
  threads,
};
const engine = await localEngine(plan, { train, test: train }, nodeRuntime);

const times = [];
const losses = [];
const cpu = [];
for (let run = 0; run < warmup + runs; run++) {
  const start = performance.now();
  const before = process.cpuUsage();
  losses.push(...(await engine.train({ epoch: 0, first: run * stepsPerRun, count: stepsPerRun })));
  const { user, system } = process.cpuUsage(before);
  if (run < warmup) continue;
  times.push((performance.now() - start) / stepsPerRun);
  cpu.push((user + system) / 1000 / stepsPerRun);
}
await engine.close();
for (const list of [times, cpu]) list.sort((a, b) => a - b);

const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json');
console.log(
  JSON.stringify({
    medianMs: times[times.length >> 1],
    minMs: times[0],
    maxMs: times.at(-1),
    cpuMs: cpu[cpu.length >> 1],
    steps: times.length * stepsPerRun,
    version: `ONNX Runtime ${version}`,
    threads,
    firstLoss: losses[0],
    lastLoss: losses.at(-1),
  }),
);
