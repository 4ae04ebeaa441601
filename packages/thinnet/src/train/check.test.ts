/** @file What a plan and its data are refused for, and in which words. */
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { createTrainer } from '../runtime/node/index.js';
import { smallData, smallPlan } from '../testing/network.js';
import { checkPlan } from './check.js';
import { binaryCrossEntropy, crossEntropy, meanSquaredError } from './loss.js';
import { adam, adamW, sgd } from './optimizer.js';
import { constant, cosine, stepDecay, warmUp } from './schedule.js';

const check = (changes: object) => () => checkPlan({ ...smallPlan(), ...changes }, smallData());

describe('a plan', () => {
  it.each([
    [{ network: undefined }, 'plan: network is undefined; it must be what network(…) or fromOnnx(…) gives'],
    [{ loss: undefined }, 'plan: loss is undefined; it must be made by a call such as crossEntropy()'],
    [{ loss: crossEntropy }, 'plan: loss is the function crossEntropy; it must be made by a call'],
    [{ loss: 'crossEntropy' }, 'plan: loss is "crossEntropy", a string; it must be made by a call'],
    [{ loss: { kind: 'hinge' } }, 'plan: loss is of unknown kind "hinge"; it must be made by a call'],
    [
      { loss: { kind: 'crossEntropy' } },
      'plan: loss of kind "crossEntropy" lacks labelSmoothing; make it by',
    ],
    [
      { optimizer: undefined },
      'plan: optimizer is undefined; it must be made by a call such as sgd(), adam()',
    ],
    [{ optimizer: { kind: 'sgd' } }, 'plan: optimizer of kind "sgd" lacks momentum; make it by a call'],
    [{ optimizer: { ...sgd(), momentum: 2 } }, 'sgd: momentum is 2; it must be at least 0 and below 1'],
    [
      { schedule: undefined },
      'plan: schedule is undefined; it must be made by a call such as constant(0.05)',
    ],
    [{ schedule: 0.05 }, 'plan: schedule is 0.05; it must be made by a call such as constant(0.05)'],
    [{ schedule: { kind: 'constant', lr: -1 } }, 'schedule: lr is -1; it must be a positive number'],
    [
      { schedule: warmUp(10, 0.05 as never) },
      'plan: what follows the warm-up of its schedule is 0.05; it must be made by a call',
    ],
    [{ rateChanges: 1 }, 'plan: rateChanges is 1; it must be a list'],
    [{ batchSize: '8' }, 'batchSize is "8", a string; it must be a whole number, at least 1'],
    [{ threads: -1 }, 'threads is -1; it must be a whole number, at least 1'],
    [{ seed: undefined }, 'seed is undefined; it must be a whole number'],
    [{ maxNorm: '2' }, 'maxNorm is "2", a string; it must be above 0'],
  ])('%j is refused', (changes, message) => {
    expect(check(changes)).toThrow(ThinnetError);
    expect(check(changes)).toThrow(message);
  });

  it('of all that the makers make is taken', () => {
    const losses = [
      crossEntropy(),
      crossEntropy({ labelSmoothing: 0.1 }),
      binaryCrossEntropy(),
      meanSquaredError(),
    ];
    const { train } = smallData();
    const numbers = { ...train, labels: new Float32Array(3 * train.length), classes: 0 };
    for (const loss of losses) {
      const data = loss.kind === 'crossEntropy' ? smallData() : { train: numbers, test: numbers };
      expect(() => checkPlan(smallPlan({ loss }), data)).not.toThrow();
    }
    const decayed = sgd({ momentum: 0.9, nesterov: true, weightDecay: { kind: 'l2', rate: 1e-4 } });
    for (const optimizer of [sgd(), decayed, adam(), adamW(), adamW({ weightDecay: 0 })])
      expect(check({ optimizer })).not.toThrow();
    const steps = stepDecay(0.1, 10);
    for (const schedule of [constant(0.1), steps, cosine(0.1, 9), warmUp(9, warmUp(3, steps))])
      expect(check({ schedule })).not.toThrow();
    expect(() =>
      checkPlan(JSON.parse(JSON.stringify({ ...smallPlan(), network: null })), smallData()),
    ).toThrow('plan: network is null');
  });

  it.each([
    [{}, 'data: train is undefined; it must be a dataset: { name, length, shape,'],
    [{ train: smallData().train }, 'data: test is undefined; it must be a dataset'],
    [{ ...smallData(), validation: 0.2 }, 'data: validation is 0.2; it must be a dataset'],
    [undefined, 'data: its options are undefined; they must be an object with train, test, validation'],
  ])('is refused with the data %o', (data, message) => {
    expect(() => checkPlan(smallPlan(), data as never)).toThrow(message);
  });

  it('is looked at before a worker starts, and a third argument in Node is refused', async () => {
    await expect(createTrainer({ ...smallPlan(), loss: crossEntropy as never }, smallData())).rejects.toThrow(
      'plan: loss is the function crossEntropy',
    );
    const third = { thread: 1 } as never;
    await expect(createTrainer(smallPlan(), smallData(), third)).rejects.toThrow(
      'createTrainer: its third argument is an object; in Node it takes two: put threads into the plan',
    );
  });
});

describe('optimizers', () => {
  it.each([
    [
      () => sgd({ weightDecay: 1e-4 as never }),
      "sgd: weightDecay is 0.0001; say of which kind: { kind: 'l2', rate: 0.0001 } or { kind: 'decoupled', rate: 0.0001 }",
    ],
    [() => adam({ weightDecay: null as never }), 'adam: weightDecay is null; say of which kind'],
    [
      () => sgd({ weightDecay: { kind: 'L2' as never, rate: 1 } }),
      `sgd: kind of its weightDecay is "L2", a string; it must be 'l2' or 'decoupled'`,
    ],
    [() => sgd({ weightDecay: { kind: 'l2', rate: -1 } }), 'sgd: weightDecay is -1; it must be 0 or more'],
    [
      () => adamW({ weightDecay: { kind: 'l2', rate: 1 } as never }),
      'adamW: weightDecay is an object; it must be a number, the rate of decoupled decay',
    ],
    [() => sgd({ momentum: '0.9' as never }), 'sgd: momentum is "0.9", a string; it must be at least 0'],
    [() => constant('0.1' as never), 'schedule: lr is "0.1", a string; it must be a positive number'],
  ])('say what a value is and what it must be (%#)', (make, message) => {
    expect(make).toThrow(ThinnetError);
    expect(make).toThrow(message);
  });
});
