/** @file Times training steps in Thinnet: what the benchmarks of a step share, whatever their network. */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { constant, crossEntropy, dropout, localEngine, network, sgd } from 'thinnet';
import { nodeRuntime } from 'thinnet/node';

/** @type {string} */
export const version = `ONNX Runtime ${createRequire(import.meta.url)('onnxruntime-node/package.json').version}`;

/** Random examples of ten classes. @type {(length: number, shape: readonly number[]) => import('thinnet').Dataset} */
export const randomExamples = (length, shape) => ({
  name: 'random',
  length,
  shape,
  features: Float32Array.from({ length: length * 784 }, () => Math.random()),
  labels: Int32Array.from({ length }, () => Math.random() * 10),
  classes: 10,
});

/** The plan of all benchmarks of a step: cross-entropy, SGD with learning rate 0.05 and momentum 0.9. */
export const planOf = (net, more) => ({
  network: net,
  loss: crossEntropy(),
  optimizer: sgd({ momentum: 0.9 }),
  schedule: constant(0.05),
  seed: 1,
  ...more,
});

/**
 * Milliseconds a step of a network, compiled anew: the fastest of a few runs over the examples, after one to warm up.
 * @param {any} net
 * @param {{ train: import('thinnet').Dataset, batchSize: number, stepsPerRun: number, threads: number, runs: number }} options
 */
export async function fastestStep(net, { train, batchSize, stepsPerRun, threads, runs }) {
  const plan = planOf(net, { batchSize, stepsPerRun, threads });
  const engine = await localEngine(plan, { train, test: train }, nodeRuntime);
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await engine.train({ epoch: 0, first: run * stepsPerRun, count: stepsPerRun });
    times.push((performance.now() - start) / stepsPerRun);
  }
  await engine.close();
  return Math.min(...times.slice(1));
}

/**
 * Times the steps of a network at batch 128 over 60,000 examples and prints one line of JSON. Several steps run at once, so
 * a step's time is its run's time divided by the number of steps. Options of the command line: --runs, --warmup,
 * --steps-per-run, --threads, --dropout on|off; `defaults` are those of the first three.
 *
 * `layers` gets `thin`, which makes the layers of a dropout: none where it is off.
 */
export async function timeSteps(shape, layers, defaults) {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: defaults.runs },
      warmup: { type: 'string', default: defaults.warmup },
      'steps-per-run': { type: 'string', default: defaults.stepsPerRun },
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
  const thin = (rate) => (values.dropout === 'on' ? [dropout(rate)] : []);
  const net = network({ input: shape, seed: 1 }, ...layers(thin));
  const train = randomExamples(60_000, shape);
  const plan = planOf(net, { batchSize: 128, stepsPerRun, threads });
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

  console.log(
    JSON.stringify({
      medianMs: times[times.length >> 1],
      minMs: times[0],
      maxMs: times.at(-1),
      cpuMs: cpu[cpu.length >> 1],
      steps: times.length * stepsPerRun,
      version,
      threads,
      firstLoss: losses[0],
      lastLoss: losses.at(-1),
    }),
  );
}
