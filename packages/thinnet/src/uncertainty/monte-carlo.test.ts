/** @file Monte Carlo dropout: the draws are those of the noise, in whatever runs they are made, and so is what they say. */
import { describe, expect, it } from 'vitest';
import { relu, selu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { residual } from '../nn/compose.js';
import { conv2d } from '../nn/conv.js';
import { dense } from '../nn/dense.js';
import { alphaDropout } from '../nn/dropout/alpha.js';
import { batchwiseDropout } from '../nn/dropout/batchwise.js';
import { concreteDropout } from '../nn/dropout/concrete.js';
import { dropBlock } from '../nn/dropout/drop-block.js';
import { dropConnect } from '../nn/dropout/drop-connect.js';
import { dropPath } from '../nn/dropout/drop-path.js';
import { spatialDropout } from '../nn/dropout/spatial.js';
import { standout } from '../nn/dropout/standout.js';
import { dropout, gaussianDropout, standardDropout } from '../nn/dropout.js';
import type { Network } from '../nn/network.js';
import { batchNorm } from '../nn/normalize.js';
import { meanProgram, thinnedProgram } from '../nn/programs.js';
import { flatten, reshape } from '../nn/reshape.js';
import type { Layer } from '../nn/scope.js';
import { linearRate } from '../noise/schedule.js';
import type { TensorValue } from '../onnx/model.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { smallData, smallPlan } from '../testing/network.js';
import { floats, noiseFeeds } from '../testing/noise.js';
import { withGraph } from '../testing/run.js';
import { localEngine } from '../train/local-engine.js';
import { trainerOver } from '../train/trainer.js';
import { type CompiledOptions, monteCarlo } from './compiled.js';
import { type MonteCarlo, monteCarloOver } from './monte-carlo.js';

const numbers = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(1 + 3 * i));

/** Layers on [N, 12] with 3 outputs, one set a kind of noise: with a batch axis and without, of all ranks. */
const networks: Readonly<Record<string, readonly Layer[]>> = {
  dropout: [dense(16), relu(), dropout(0.5), dense(3)],
  'standard and Gaussian': [
    dense(16),
    relu(),
    standardDropout(0.5),
    dense(16),
    gaussianDropout(0.3),
    dense(3),
  ],
  'spatial dropout and DropBlock': [
    reshape([3, 2, 2]),
    conv2d(4, { kernel: 1 }),
    dropBlock(0.3, { blockSize: 2 }),
    spatialDropout(0.3),
    flatten(),
    dense(3),
  ],
  alpha: [dense(16), selu(), alphaDropout(0.2), dense(3)],
  'drop path': [dense(12), residual(dense(12), relu(), dropPath(0.5)), dense(3)],
  standout: [dense(16), standout(relu()), dense(3)],
  concrete: [dense(16), relu(), concreteDropout(0.3, { examples: 60 }, dense(3))],
  batchwise: [dense(16), relu(), batchwiseDropout(0.5), dense(3)],
  'DropConnect and dropout': [dropConnect(16, 0.4), relu(), dropout(0.4), dense(3)],
};

const build = (layers: readonly Layer[]): Network => network({ input: [12], seed: 4 }, ...layers);

async function using<T>(
  net: Network,
  options: Partial<CompiledOptions>,
  use: (mc: MonteCarlo) => Promise<T>,
): Promise<T> {
  const mc = await monteCarlo(net, undefined, nodeRuntime, { seed: 3, draws: 5, threads: 1, ...options });
  try {
    return await use(mc);
  } finally {
    await mc.release();
  }
}

/** Outputs of each draw, by the thinned program and `fillNoise` alone. */
const byHand = (net: Network, x: Float32Array, draws: number): Promise<number[]> =>
  withGraph(thinnedProgram(net), async (program) => {
    const outputs: number[] = [];
    for (let step = 0; step < draws; step++) {
      const features = floats([x.length / 12, 12], x);
      const feeds = { x: features, ...noiseFeeds(net, x.length / 12, { seed: 3, step }) };
      const { y } = await program.run(feeds);
      outputs.push(...((y as TensorValue).data as Float32Array));
    }
    return outputs;
  });

const expectClose = (seen: ArrayLike<number>, expected: ArrayLike<number>, digits = 5): void => {
  expect(seen.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(seen[i]).toBeCloseTo(expected[i] as number, digits);
};

const draws = async (net: Network, x: Float32Array, options: Partial<CompiledOptions> = {}) =>
  (await using(net, options, (mc) => mc.regress(x, { keepDraws: true }))).samples as Float32Array;

describe.each(Object.entries(networks))('%s', (_, layers) => {
  const net = build(layers);
  const x = numbers(7 * 12);

  it('draw t has the noise of (seed, step t), example i that of element i of the batch', async () => {
    expectClose(await draws(net, x), await byHand(net, x, 5));
  });

  it('draws the same whatever the size of its runs', async () => {
    const whole = await draws(net, x);
    for (const rowsPerRun of [1, 3, 15, 1000]) expectClose(await draws(net, x, { rowsPerRun }), whole);
  });

  it('draws for an example what it does not depend on the examples after it', async () => {
    const [all, first] = [await draws(net, x), await draws(net, x.subarray(0, 24))];
    const firstOfAll = Array.from({ length: 5 }, (_, t) => [...all.subarray(t * 21, t * 21 + 6)]).flat();
    expectClose(first, firstOfAll);
  });

  it('with shared masks a draw is one function: equal examples get equal outputs, those of the first', async () => {
    const same = Float32Array.from({ length: 7 * 12 }, (_, i) => x[i % 12] as number);
    const shared = await draws(net, same, { masks: 'shared', rowsPerRun: 15 });
    const alone = await draws(net, x.subarray(0, 12));
    expectClose(
      shared,
      Array.from({ length: 5 * 21 }, (_, i) => alone[Math.floor(i / 21) * 3 + (i % 3)] as number),
    );
  });

  it('has the mean network’s answer beside it', async () => {
    const seen = await using(net, { draws: 1 }, (mc) => mc.regress(x));
    const mean = await withGraph(meanProgram(net), (program) => program.run({ x: floats([7, 12], x) }));
    expectClose(seen.meanNetwork, mean.y?.data as Float32Array);
  });
});

describe('monteCarlo', () => {
  const net = build(networks.dropout as Layer[]);
  const x = numbers(4 * 12);

  it('gives equal results for a seed, and others for another', async () => {
    const ask = (seed: number) => using(net, { seed }, (mc) => mc.classify(x));
    const [one, again, other] = [await ask(1), await ask(1), await ask(2)];
    expect(again).toEqual(one);
    expect(other.meanNetwork).toEqual(one.meanNetwork);
    expect(other.probabilities).not.toEqual(one.probabilities);
  });

  it('has masks of their own for equal examples, unless they are shared', async () => {
    const same = Float32Array.from({ length: 24 }, (_, i) => x[i % 12] as number);
    const first = await draws(net, same);
    expect(first.subarray(0, 3)).not.toEqual(first.subarray(3, 6));
  });

  it('says the same of draws as the functions over them', async () => {
    const seen = await using(net, {}, (mc) => mc.classify(x, { keepDraws: true }));
    const samples = seen.samples as Float32Array;
    expect([seen.examples, seen.classes, seen.draws, samples.length]).toEqual([4, 3, 5, 60]);
    for (let i = 0; i < 12; i++) {
      const column = Array.from({ length: 5 }, (_, t) => samples[t * 12 + i] as number);
      const mean = column.reduce((a, b) => a + b, 0) / 5;
      const variance = column.reduce((sum, p) => sum + (p - mean) ** 2, 0) / 5;
      expect(seen.probabilities[i]).toBeCloseTo(mean, 6);
      expect(seen.std[i]).toBeCloseTo(Math.sqrt(variance), 6);
    }
  });

  it('adds the noise of observations to the spread of the draws', async () => {
    const seen = await using(net, {}, (mc) => mc.regress(x, { noiseVariance: 0.25, keepDraws: true }));
    for (const [i, variance] of seen.variance.entries()) {
      const column = Array.from({ length: 5 }, (_, t) => seen.samples?.[t * 12 + i] as number);
      const mean = column.reduce((a, b) => a + b, 0) / 5;
      // Gal & Ghahramani 2016, section 4: τ⁻¹ + 1/T Σ f² − mean².
      const second = column.reduce((sum, f) => sum + f * f, 0) / 5;
      expect(seen.mean[i]).toBeCloseTo(mean, 6);
      expect(variance).toBeCloseTo(0.25 + second - mean * mean, 5);
      expect(seen.spread[i]).toBeCloseTo(second - mean * mean, 5);
    }
  });

  it('reads one logit as two classes, and probabilities as they are', async () => {
    const one = network({ input: [12], seed: 4 }, dense(8), relu(), dropout(0.5), dense(1));
    const logits = await draws(one, x);
    const seen = await using(one, { outputs: 'binaryLogit' }, (mc) => mc.classify(x, { keepDraws: true }));
    expect(seen.classes).toBe(2);
    for (const [i, logit] of logits.entries()) {
      expect(seen.samples?.[2 * i + 1]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 6);
      expect(seen.samples?.[2 * i]).toBeCloseTo(1 / (1 + Math.exp(logit)), 6);
    }
    const as = (outputs: 'logits' | 'probabilities', net: Network) =>
      using(net, { outputs }, (mc) => mc.classify(x));
    await expect(as('logits', one)).rejects.toThrow('the network has 1 output; classes need 2 or more');
    await expect(using(net, { outputs: 'binaryLogit' }, (mc) => mc.classify(x))).rejects.toThrow(
      "the network has 3 outputs; 'binaryLogit' is for 1",
    );
  });

  it('takes classes of an output [N, classes] alone; numbers of any shape', async () => {
    const planes = network({ input: [12], seed: 4 }, reshape([3, 4]), dropout(0.5), dense(5));
    for (const outputs of ['logits', 'probabilities'] as const)
      await expect(using(planes, { outputs }, (mc) => mc.classify(x))).rejects.toThrow(
        'classify: the network\'s output "y" is [N, 3, 5]; it must be [N, classes]',
      );
    const seen = await using(planes, {}, (mc) => mc.regress(x));
    expect(seen.outputs).toBe(15);
  });

  it('goes by running statistics: what an example gets does not depend on its batch', async () => {
    const normed = build([dense(16), batchNorm(), relu(), dropout(0.5), dense(3)]);
    const [all, first] = [await draws(normed, x), await draws(normed, x.subarray(0, 12))];
    expectClose(
      first,
      Array.from({ length: 15 }, (_, i) => all[Math.floor(i / 3) * 12 + (i % 3)] as number),
    );
  });

  it('takes scheduled rates as they are after training', async () => {
    const scheduled = build([dense(16), relu(), dropout(linearRate(0, 0.5, 10)), dense(3)]);
    expect(await draws(scheduled, x, { trainedSteps: 10 })).toEqual(await draws(net, x));
    await expect(using(scheduled, {}, (mc) => mc.regress(x))).rejects.toThrow(
      'monteCarlo: the rate of dropout "dropout1" is a schedule; say after how many steps: trainedSteps',
    );
    const early = await using(scheduled, { trainedSteps: 0 }, (mc) => mc.classify(x));
    expect(new Set([...early.mutualInformation, ...early.std])).toEqual(new Set([0]));
    expectClose(early.probabilities, early.meanNetwork, 6);
  });

  it('takes given parameters, and refuses those of another network', async () => {
    const state = Object.fromEntries(
      net.parameters.map(({ name, shape }) => [
        name,
        new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.1),
      ]),
    );
    const options = { seed: 3, draws: 2, threads: 1 };
    const mc = await monteCarlo(net, state, nodeRuntime, options);
    const { mean } = await mc.regress(x);
    await mc.release();
    expect(mean).not.toEqual((await using(net, { draws: 2 }, (other) => other.regress(x))).mean);
    const broken = { ...state, 'dense1.weight': new Float32Array(3) };
    await expect(monteCarlo(net, broken, nodeRuntime, options)).rejects.toThrow(
      'monteCarlo: parameter "dense1.weight" has 3 elements; the network\'s has 192',
    );
    const { 'dense2.bias': _, ...missing } = state;
    await expect(monteCarlo(net, missing, nodeRuntime, options)).rejects.toThrow(
      'monteCarlo: parameter "dense2.bias" has no elements; the network\'s has 3',
    );
  });

  it.each<[Partial<CompiledOptions>, string]>([
    [{ draws: 0 }, 'monteCarlo: draws is 0; it must be a whole number, at least 1'],
    [
      { outputs: 'softmax' as 'logits' },
      'monteCarlo: outputs is "softmax"; it must be one of logits, binaryLogit',
    ],
    [{ masks: 'fixed' as 'own' }, `passes: masks is "fixed"; it must be 'own' or 'shared'`],
    [{ seed: 0.5 }, 'passes: seed is 0.5; it must be a whole number, at least 0'],
    [{ rowsPerRun: 0 }, 'rowsPerRun is 0; it must be a whole number, at least 1'],
  ])('refuses %o', async (options, message) => {
    await expect(using(net, options, (mc) => mc.regress(x))).rejects.toThrow(message);
  });

  it.each<[string, Network]>([
    ['no dropout', network({ input: [12], seed: 4 }, dense(3))],
    ['dropout of rate 0', network({ input: [12], seed: 4 }, dropout(0), dense(3))],
  ])('refuses a network with %s, over a trainer too', async (_, none) => {
    const message = 'monteCarlo: network "network" has no dropout with a rate above 0, so that all draws';
    await expect(monteCarlo(none, undefined, nodeRuntime, { seed: 1 })).rejects.toThrow(message);
    const source = { predict: async () => new Float32Array(3), thinned: async () => new Float32Array(3) };
    expect(() => monteCarloOver(source, none, { seed: 1 })).toThrow(message);
  });

  it('refuses features that are no examples, and names of sets', async () => {
    await using(net, {}, async (mc) => {
      await expect(mc.classify(numbers(13))).rejects.toThrow(
        '13 features are no whole number of examples; an example has 12 (shape [12])',
      );
      await expect(mc.classify(new Float32Array(0))).rejects.toThrow('0 features are no whole number');
      await expect(mc.classify('test')).rejects.toThrow('"test" is no array of features');
      await expect(mc.regress(x, { noiseVariance: -1 })).rejects.toThrow('noiseVariance is -1');
    });
  });

  it('stops at an abort between its calls, and says how far it is', async () => {
    const many = numbers(600 * 12);
    await using(net, { draws: 10 }, async (mc) => {
      const progress: number[] = [];
      await mc.classify(many, { onProgress: (done, of) => progress.push(done / of) });
      expect(progress).toEqual([0.3, 0.6, 0.9, 1]);
      const stop = new AbortController();
      const asked = { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) };
      await expect(mc.classify(many, asked)).rejects.toThrow('enough');
      await expect(mc.regress(x, asked)).rejects.toThrow('enough');
    });
  });
});

describe('monteCarloOver a trainer', () => {
  it('asks the network as it is: the same as with its parameters, before and after training', async () => {
    const [plan, data] = [smallPlan({ threads: 1 }), smallData()];
    const trainer = trainerOver(await localEngine(plan, data, nodeRuntime), plan, data);
    const options = { seed: 3, draws: 5 };
    const mc = monteCarloOver(trainer, plan.network, options);
    const answers = [];
    for (const epochs of [1, 2]) {
      for await (const _ of trainer.fit({ epochs }));
      const seen = await mc.classify('test');
      const compiled = await monteCarlo(plan.network, await trainer.parameters(), nodeRuntime, {
        ...options,
        threads: 1,
      });
      expect(await compiled.classify(data.test.features)).toEqual(seen);
      await compiled.release();
      answers.push(seen);
    }
    expect(answers[0]?.probabilities).not.toEqual(answers[1]?.probabilities);
    await mc.release();

    // Rate 0: all thinned networks are the mean network.
    await trainer.setRate('dropout1', 0);
    const none = await mc.classify('test');
    expect(new Set([...none.mutualInformation, ...none.std, ...none.variationRatio])).toEqual(new Set([0]));
    expectClose(none.probabilities, none.meanNetwork, 6);
    expect(none.entropy).toEqual(none.expectedEntropy);
    await trainer.close();
  });
});
