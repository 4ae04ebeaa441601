import { learningRate } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../options/resolve.js';
import { activationNames } from '../options/settings.js';
import { UsageError } from '../usage-error.js';
import { parseArms } from './arm.js';
import { armNetwork, checkRates } from './network.js';
import { armPlan, armSchedule } from './plan.js';

const input = { shape: [2, 3], classes: 4, mean: 1, std: 2 };
const arms = (...specs: readonly string[]) => parseArms(specs, {}, 30);
const networkOf = (spec: string, hidden: readonly number[] = [5, 7], seed = 1) =>
  armNetwork(arms(spec)[0]!, { hidden, activation: 'relu' }, input, seed);

describe("an arm's network", () => {
  it('begins with the same weights as every other arm of the seed, and others with another seed', () => {
    const weights = (spec: string, seed: number) =>
      networkOf(spec, [5, 7], seed).graph.initializers.filter(({ name }) => /weight|bias/.test(name));
    const names = weights('none', 1).map(({ name }) => name);
    expect(names).toEqual(
      ['hidden1', 'hidden2', 'output'].flatMap((layer) => [`${layer}.weight`, `${layer}.bias`]),
    );
    for (const spec of ['dropout=0.5', 'standard=0.3', 'dropout=0.9,input-rate=0']) {
      expect(weights(spec, 1)).toEqual(weights('none', 1));
    }
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

  it('multiplies the noise in after the activation', () => {
    const { nodes } = networkOf('dropout=0.5').graph;
    const before = nodes[nodes.findIndex(({ name }) => name === 'hidden1.dropout') - 1];
    expect(before?.op).toBe('Relu');
  });

  it.each(activationNames)('can be built with the activation %s', (activation) => {
    const network = armNetwork(arms('none')[0]!, { hidden: [3], activation }, input, 1);
    expect(network.graph.outputs[0]?.shape).toEqual(['N', 4]);
  });

  it.each([
    ['dropout=1.5', 'rate is 1.5; it is the probability to drop'],
    ['standard=-0.1', 'rate is -0.1'],
    ['dropout=0.5,input-rate=20', 'rate is 20'],
  ])("of %j is refused in the library's words", (spec, message) => {
    expect(() => checkRates(arms(spec), [5])).toThrow(UsageError);
    expect(() => checkRates(arms(spec), [5])).toThrow(message);
  });

  it('must have a place for dropout', () => {
    expect(() => checkRates(arms('dropout=0.5,input-rate=0'), [])).toThrow('no place for dropout');
    expect(() => checkRates(arms('dropout=0.5', 'none'), [])).not.toThrow();
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
