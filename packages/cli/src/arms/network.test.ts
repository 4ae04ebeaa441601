import type { Rate } from 'thinnet';
import { learningRate, meanProgram, rateAt } from 'thinnet';
import { activationNames } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../options/resolve.js';
import { UsageError } from '../usage-error.js';
import { parseArms } from './arm.js';
import type { DropKind } from './kinds.js';
import { kindsOf } from './models.js';
import { armNetwork, checkRates } from './network.js';
import { armPlan, armSchedule } from './plan.js';

const input = { shape: [2, 3], classes: 4, examples: 40, scale: { mean: 1, std: 2 } };
const mlp = { model: 'mlp', hidden: [5] } as const;
const arms = (...specs: readonly string[]) => parseArms(specs, {}, 30);
const networkOf = (spec: string, hidden: readonly number[] = [5, 7], seed = 1) =>
  armNetwork(arms(spec)[0]!, { model: 'mlp', hidden, activation: 'relu', batch: 8 }, input, seed);

/** A rate that every kind takes. */
const specOf = (kind: DropKind) => `${kind}=0.3`;
const specs = ['none', ...kindsOf('mlp').map(specOf)];

describe("an arm's network", () => {
  it('begins with the same weights as every other arm of the seed, and others with another seed', () => {
    const weights = (spec: string, seed: number) =>
      networkOf(spec, [5, 7], seed).graph.initializers.filter(({ name }) => /weight|bias/.test(name));
    const names = weights('none', 1).map(({ name }) => name);
    expect(names).toEqual(
      ['hidden1', 'hidden2', 'output'].flatMap((layer) => [`${layer}.weight`, `${layer}.bias`]),
    );
    for (const spec of [...specs, 'dropout=0.9,input-rate=0', 'concrete=0.9,input-rate=0'])
      expect(weights(spec, 1), spec).toEqual(weights('none', 1));
    expect(weights('none', 2)).not.toEqual(weights('none', 1));
  });

  it('has dropout of its kind on the input and behind each hidden layer, and none at all for none', () => {
    const sites = (spec: string) => networkOf(spec).sites.map(({ name, kind, rate }) => [name, kind, rate]);
    expect(sites('none')).toEqual([]);
    expect(sites('standard=0.5')).toEqual([
      ['input.dropout', 'standard', 0.2],
      ['hidden1.dropout', 'standard', 0.5],
      ['hidden2.dropout', 'standard', 0.5],
    ]);
    expect(sites('dropout=0.5,input-rate=0').map(([name]) => name)).toEqual([
      'hidden1.dropout',
      'hidden2.dropout',
    ]);
  });

  it.each<[string, (string | number)[][]]>([
    [
      'dropconnect',
      [
        ['hidden1', 'dropconnect', 0.2],
        ['hidden2', 'dropconnect', 0.3],
        ['output', 'dropconnect', 0.3],
      ],
    ],
    [
      'concrete',
      [
        ['input.dropout', 'concrete', 0.2],
        ['hidden1.dropout', 'concrete', 0.3],
        ['hidden2.dropout', 'concrete', 0.3],
      ],
    ],
    [
      'standout',
      [
        ['input.dropout', 'dropout', 0.2],
        ['hidden1.dropout', 'standout', 0.3],
        ['hidden2.dropout', 'standout', 0.3],
      ],
    ],
  ])('puts %s where it belongs', (kind, expected) => {
    const { sites } = networkOf(`${kind}=0.3`);
    const rounded = (rate: Rate) => Number((rate as number).toFixed(12));
    expect(sites.map((site) => [site.name, site.kind, rounded(site.rate)])).toEqual(expected);
  });

  it.each(specs)('of the arm %s has a mean program of one input', (spec) => {
    const { inputs, outputs } = meanProgram(networkOf(spec));
    expect([inputs.map(({ name }) => name), outputs.map(({ name }) => name)]).toEqual([['x'], ['y']]);
  });

  it('has penalties where the noise is learned, that count once for all examples', () => {
    const penalties = (spec: string) => networkOf(spec).penalties.length;
    expect(penalties('concrete=0.3')).toBe(3);
    expect(penalties('variational-gaussian=0.3,input-rate=0')).toBe(2);
    expect(penalties('dropout=0.3')).toBe(0);
  });

  it('has rates that change over the epochs, where it is told so, the input rate too', () => {
    const rates = (options: string) =>
      networkOf(`dropout=0.5,${options}`, [5]).sites.map(({ rate }) =>
        [0, 5, 9, 10, 149].map((step) => rateAt(rate, step)),
      );
    // 40 examples in batches of 8: 5 steps an epoch, 150 in the run.
    expect(rates('rate-schedule=linear,rate-epochs=2')).toEqual([
      [0, 0.1, 0.2 * 0.9, 0.2, 0.2],
      [0, 0.25, 0.45, 0.5, 0.5],
    ]);
    expect(rates('rate-schedule=early,rate-epochs=2')[1]).toEqual([0.5, 0.5, 0.5, 0, 0]);
    expect(rates('rate-schedule=late,rate-epochs=2')[1]).toEqual([0, 0, 0, 0.5, 0.5]);
    const [start, , , , end] = rates('rate-schedule=curriculum')[1] as number[];
    expect([start, end]).toEqual([0, expect.closeTo(0.5, 3)]);
    expect(rates('rate-schedule=early')[0]).toEqual([0.2, 0.2, 0.2, 0.2, 0]);
  });

  it('multiplies the noise in after the activation', () => {
    const { nodes } = networkOf('dropout=0.5').graph;
    const before = nodes[nodes.findIndex(({ name }) => name === 'hidden1.dropout') - 1];
    expect(before?.op).toBe('Relu');
  });

  it.each(activationNames)('can be built with the activation %s', (activation) => {
    const network = armNetwork(
      arms('none')[0]!,
      { model: 'mlp', hidden: [3], activation, batch: 8 },
      input,
      1,
    );
    expect(network.graph.outputs[0]?.shape).toEqual(['N', 4]);
  });

  it.each([
    ['dropout=1.5', 'rate is 1.5; it is the probability to drop'],
    ['standard=-0.1', 'rate is -0.1'],
    ['dropout=0.5,input-rate=20', 'rate is 20'],
    ['gaussian=1', 'its rate reaches 1'],
    ['dropconnect=2', 'rate is 2'],
    ['concrete=0', 'a learned rate must begin strictly between 0 and 1'],
    ['variational-gaussian=0.5', 'it must begin above 0 and below 0.5'],
    ['standout=1', 'strictly between 0 and 1'],
    ['standout=0.5,input-rate=2', 'rate is 2'],
  ])("of %j is refused in the library's words", (spec, message) => {
    expect(() => checkRates(arms(spec), mlp)).toThrow(UsageError);
    expect(() => checkRates(arms(spec), mlp)).toThrow(message);
  });

  it('must have a place for dropout', () => {
    const noHidden = { model: 'mlp', hidden: [] } as const;
    expect(() => checkRates(arms('dropout=0.5,input-rate=0'), noHidden)).toThrow('no place for dropout');
    expect(() => checkRates(arms('dropout=0.5', 'none'), noHidden)).not.toThrow();
  });
});

describe("an arm's plan", () => {
  it('says what the settings say', () => {
    const [arm] = arms(
      'dropout=0.5,max-norm=2,clip-norm=3,weight-decay=1e-4,label-smoothing=0.1,momentum=0.5',
    );
    const settings = resolveSettings({ batch: 8, threads: 2 });
    const network = networkOf('none');
    expect(armPlan(arm!, settings, network, 20, 9)).toEqual({
      network,
      loss: { kind: 'crossEntropy', labelSmoothing: 0.1 },
      optimizer: { kind: 'sgd', momentum: 0.5, nesterov: false, weightDecay: { kind: 'l2', rate: 1e-4 } },
      schedule: { kind: 'constant', lr: 0.02 },
      batchSize: 8,
      seed: 9,
      maxNorm: 2,
      clipNorm: 3,
      threads: 2,
    });
    const [adamw] = arms('none,optimizer=adamw');
    expect(armPlan(adamw!, settings, network, 20, 9).optimizer).toMatchObject({
      kind: 'adam',
      weightDecay: { kind: 'decoupled', rate: 0.01 },
    });
  });

  it('counts the schedule in epochs: warm-up, then a cosine that ends at 0 with the last', () => {
    const [arm] = arms('none,schedule=cosine,warm-up=2,lr=1');
    const schedule = armSchedule(arm!.training, 10, 4);
    expect(learningRate(schedule, 0)).toBeCloseTo(1 / 8);
    expect(learningRate(schedule, 7)).toBeCloseTo(1);
    expect(learningRate(schedule, 8 + 16)).toBeCloseTo(0.5);
    expect(learningRate(schedule, 40)).toBeCloseTo(0);
    const [steps] = arms('none,schedule=step,step-epochs=3,step-factor=0.5,lr=1');
    const rates = [0, 11, 12, 24].map((step) => learningRate(armSchedule(steps!.training, 10, 4), step));
    expect(rates).toEqual([1, 1, 0.5, 0.25]);
  });
});
