/** @file Training with batchwise dropout from submatrices follows training with the same masks multiplied in. */
import { describe, expect, it } from 'vitest';
import { relu, tanh } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { dense } from '../nn/dense.js';
import { batchwiseDropout } from '../nn/dropout/batchwise.js';
import { dropout } from '../nn/dropout.js';
import type { Layer } from '../nn/scope.js';
import { linearRate, type Rate } from '../noise/schedule.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { randomDataset } from '../testing/dataset.js';
import { smallData, smallPlan } from '../testing/network.js';
import type { State } from './engine.js';
import { localEngine } from './local-engine.js';
import { adam, adamW, sgd } from './optimizer.js';
import type { TrainingPlan } from './plan.js';
import { constant } from './schedule.js';
import { trainingNetwork } from './training-network.js';

type Dropout = (rate: Rate) => Layer;

/** The same masks, of the same sites, multiplied in. */
const multiplied: Dropout = (rate) => dropout(rate, { noiseShape: [1, null] });

const net = (drop: Dropout, rates: readonly [Rate, Rate, Rate]) =>
  network(
    { input: [12], seed: 1 },
    drop(rates[0]),
    dense(16),
    relu(),
    drop(rates[1]),
    dense(9, { bias: false }),
    tanh(),
    drop(rates[2]),
    dense(3),
  );

/** Two epochs, whose last step takes a short batch: 8 steps each unless `examples` says otherwise. */
async function trained(plan: TrainingPlan, runs: readonly number[] = [8], examples = 60): Promise<Trained> {
  const train = randomDataset({ length: examples, shape: [12], classes: 3, seed: 1 });
  const engine = await localEngine(plan, { ...smallData(), train }, nodeRuntime);
  const losses: number[] = [];
  for (const epoch of [0, 1]) {
    let first = 0;
    for (const count of runs) {
      losses.push(...(await engine.train({ epoch, first, count })));
      first += count;
    }
  }
  const state = await engine.state();
  await engine.close();
  return { losses, state };
}

interface Trained {
  readonly losses: readonly number[];
  readonly state: State;
}

const plans: Readonly<Record<string, Partial<TrainingPlan>>> = {
  SGD: { optimizer: sgd() },
  'SGD with momentum': {},
  'Nesterov with an L2 penalty': {
    optimizer: sgd({ momentum: 0.9, nesterov: true, weightDecay: { kind: 'l2', rate: 0.01 } }),
  },
  'SGD with max-norm': { maxNorm: 0.8 },
  'SGD with clipping': { clipNorm: 0.2 },
  Adam: { optimizer: adam(), schedule: constant(0.01) },
  'AdamW with max-norm': { optimizer: adamW({ weightDecay: 0.1 }), schedule: constant(0.01), maxNorm: 0.8 },
};

const rates: Readonly<Record<string, readonly [Rate, Rate, Rate]>> = {
  'on hidden units': [0, 0.5, 0.5],
  'everywhere, high enough that some masks drop all': [0.2, 0.8, 0.9],
  'of everything': [0, 1, 0.5],
  'on a schedule': [0, linearRate(0, 0.8, 10), 0.5],
};

function expectSame(a: Trained, b: Trained): void {
  for (const [i, loss] of a.losses.entries()) expect(loss, `loss ${i}`).toBeCloseTo(b.losses[i] as number, 4);
  expect(Object.keys(a.state)).toEqual(Object.keys(b.state));
  for (const [name, data] of Object.entries(a.state))
    for (const [i, x] of data.entries())
      expect(Math.abs(x - (b.state[name]?.[i] as number)), `${name}[${i}]`).toBeLessThan(
        2e-5 * Math.max(1, Math.abs(x)),
      );
}

/** Small batches narrow one side of a weight, large ones both. */
const sizes = [
  { batchSize: 8, examples: 60, runs: [8] },
  { batchSize: 64, examples: 500, runs: [8] },
] as const;

describe.each(sizes)(
  '16 steps of batch $batchSize end with the weights of 16 steps with the masks multiplied in',
  ({ batchSize, examples, runs }) => {
    const compare = async (at: readonly [Rate, Rate, Rate], changes: Partial<TrainingPlan> = {}) => {
      const [ours, theirs] = [batchwiseDropout, multiplied].map((drop) =>
        smallPlan({ batchSize, ...changes, network: net(drop, at) }),
      ) as [TrainingPlan, TrainingPlan];
      expectSame(await trained(ours, runs, examples), await trained(theirs, runs, examples));
    };

    it.each(Object.entries(plans))('%s', (_, changes) => compare([0, 0.5, 0.5], changes));

    it.each(Object.entries(rates))('%s', (_, at) => compare(at));
  },
);

describe('a training network', () => {
  const plain = net(batchwiseDropout, [0, 0.5, 0.5]);

  it('gives the same bits however the steps are divided into runs', async () => {
    const whole = await trained(smallPlan({ network: plain, stepsPerRun: 100 }));
    expect(await trained(smallPlan({ network: plain, stepsPerRun: 1 }))).toEqual(whole);
    expect(await trained(smallPlan({ network: plain, stepsPerRun: 3 }), [5, 3])).toEqual(whole);
  });

  it('holds weights transposed of which only columns are picked, and no others', () => {
    const { network: narrowed, turned } = trainingNetwork(plain, 64);
    expect([...turned]).toEqual(['dense1.weight']);
    expect(narrowed.parameters[0]).toEqual({ ...plain.parameters[0], shape: [16, 12], incomingAxes: [1] });
    const [before, after] = [plain, narrowed].map(
      ({ graph }) => graph.initializers.find(({ name }) => name === 'dense1.weight')?.data as Float32Array,
    );
    expect(after?.[5 * 12 + 7]).toBe(before?.[7 * 16 + 5]);
    expect(
      narrowed.graph.nodes.filter(({ inputs }) => inputs.includes('dense1.weight')).map(({ op }) => op),
    ).toEqual(['Gather']);
  });

  it('picks columns of rows from batches of 64 on', () => {
    // Columns of a weight are picked from its transpose; without that, units of the batch are.
    const transposesBatch = (batchSize: number): boolean[] => {
      const { graph } = trainingNetwork(plain, batchSize).network;
      const batches = new Set(
        graph.values.filter(({ shape }) => shape?.includes('N')).map(({ name }) => name),
      );
      const transposes = graph.nodes.filter(({ op }) => op === 'Transpose');
      return transposes.map(
        ({ inputs, outputs }) => batches.has(inputs[0] ?? '') || batches.has(outputs[0] ?? ''),
      );
    };
    expect(transposesBatch(63)).toEqual([true, true]);
    expect(transposesBatch(64)).toEqual([false]);
  });

  it('is the network itself, in its graph, without batchwise dropout', () => {
    const other = net(multiplied, [0, 0.5, 0.5]);
    expect(trainingNetwork(other, 64).network.graph).toBe(other.graph);
    expect(trainingNetwork(other, 64).turned.size).toBe(0);
  });
});
