/** @file The training step in a page, in Thinnet: `measure` of this module runs there. */
import { constant, crossEntropy, dense, dropout, localEngine, network, relu, sgd } from 'thinnet';
import { wasmFiles, webRuntime } from 'thinnet/web';

/**
 * Milliseconds of single steps. Several steps run at once, so a step's time is its run's divided by the number of steps.
 * @param {{ backend: 'wasm' | 'webgpu', threads: number, warmup: number, runs: number, stepsPerRun: number }} options
 */
globalThis.measure = async ({ backend, threads, warmup, runs, stepsPerRun }) => {
  const runtime = await webRuntime({ provider: backend, threads, wasm: `/ort/${wasmFiles[backend]}` });
  const hidden = () => [dense(1024), relu(), dropout(0.5)];
  const length = 128 * stepsPerRun * (warmup + runs);
  const train = {
    name: 'random',
    length,
    shape: [784],
    features: Float32Array.from({ length: length * 784 }, () => Math.random()),
    labels: Int32Array.from({ length }, () => Math.random() * 10),
    classes: 10,
  };
  const plan = {
    network: network(
      { input: [784], seed: 1 },
      dropout(0.2),
      ...hidden(),
      ...hidden(),
      ...hidden(),
      dense(10),
    ),
    loss: crossEntropy(),
    optimizer: sgd({ momentum: 0.9 }),
    schedule: constant(0.05),
    batchSize: 128,
    seed: 1,
    stepsPerRun,
  };
  const engine = await localEngine(plan, { train, test: train }, runtime);
  const times = [];
  let loss;
  for (let run = 0; run < warmup + runs; run++) {
    const start = performance.now();
    loss = (await engine.train({ epoch: 0, first: run * stepsPerRun, count: stepsPerRun })).at(-1);
    if (run >= warmup) times.push((performance.now() - start) / stepsPerRun);
  }
  await engine.close();
  const { provider, threads: used } = runtime.description;
  return { times, loss, backend: provider, threads: used, version: 'onnxruntime-web' };
};
