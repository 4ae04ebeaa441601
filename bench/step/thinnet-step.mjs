/**
 * @file The training step in Thinnet, as one line of JSON.
 *
 * 784-1024-1024-1024-10, ReLU, dropout 0.5 on hidden units and 0.2 on the input, batch 128, cross-entropy, SGD with
 * learning rate 0.05 and momentum 0.9. A step gathers a fresh batch from a [60000, 784] array, draws its masks, and
 * updates the weights. Several steps run at once, so a step's time is its run's time divided by the number of steps.
 *
 * Usage: thinnet-step.mjs [--runs 8] [--warmup 2] [--steps-per-run 16] [--threads 2] [--dropout on|off]
 */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { constant, crossEntropy, dense, dropout, localEngine, network, relu, sgd } from 'thinnet';
import { nodeRuntime } from 'thinnet/node';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '8' },
    warmup: { type: 'string', default: '2' },
    'steps-per-run': { type: 'string', default: '16' },
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
const drops = values.dropout === 'on';
const examples = 60_000;

const train = {
  name: 'random',
  length: examples,
  shape: [784],
  features: Float32Array.from({ length: examples * 784 }, () => Math.random()),
  labels: Int32Array.from({ length: examples }, () => Math.random() * 10),
  classes: 10,
};
const thin = (/** @type {number} */ rate) => (drops ? [dropout(rate)] : []);
const hidden = () => [dense(1024), relu(), ...thin(0.5)];
const plan = {
  network: network({ input: [784], seed: 1 }, ...thin(0.2), ...hidden(), ...hidden(), ...hidden(), dense(10)),
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
for (let run = 0; run < warmup + runs; run++) {
  const start = performance.now();
  losses.push(...(await engine.train({ epoch: 0, first: run * stepsPerRun, count: stepsPerRun })));
  if (run >= warmup) times.push((performance.now() - start) / stepsPerRun);
}
await engine.close();
times.sort((a, b) => a - b);

const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json');
console.log(
  JSON.stringify({
    medianMs: times[times.length >> 1],
    minMs: times[0],
    maxMs: times.at(-1),
    steps: times.length * stepsPerRun,
    version: `ONNX Runtime ${version}`,
    threads,
    firstLoss: losses[0],
    lastLoss: losses.at(-1),
  }),
);
