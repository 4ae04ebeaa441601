/** @file Rates that are set while training runs: from which step, what they do, and that the run can be had again. */
import { describe, expect, it } from 'vitest';
import { relu, selu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { dense } from '../nn/dense.js';
import { alphaDropout } from '../nn/dropout/alpha.js';
import { concreteDropout } from '../nn/dropout/concrete.js';
import { standout } from '../nn/dropout/standout.js';
import { variationalGaussianDropout } from '../nn/dropout/variational-gaussian.js';
import { dropout, gaussianDropout, standardDropout } from '../nn/dropout.js';
import type { Layer } from '../nn/scope.js';
import { lateRate, linearRate, type Rate } from '../noise/schedule.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { smallData, smallPlan } from '../testing/network.js';
import type { Engine } from './engine.js';
import { localEngine } from './local-engine.js';
import { checkRateChange, type RateChange, Rates } from './rates.js';
import { trainerOver } from './trainer.js';
import type { CheckpointStore, FitOptions, Trainer } from './trainer-types.js';

const net = (...layers: Layer[]) => network({ input: [12], seed: 1 }, ...layers);
const withRate = (rate: Rate) => smallPlan({ network: net(dense(16), relu(), dropout(rate), dense(3)) });
const perEpoch = 8;

/** An epoch's steps one run after another, with what is done before the steps named. */
async function epochs(
  engine: Engine,
  runs: readonly number[],
  before: Readonly<Record<number, () => Promise<void>>> = {},
) {
  let step = 0;
  for (const count of runs) {
    await before[step]?.();
    const epoch = Math.floor(step / perEpoch);
    await engine.train({ epoch, first: step % perEpoch, count });
    step += count;
  }
  const result = { state: await engine.state(), changes: await engine.rateChanges() };
  await engine.close();
  return result;
}

const open = (plan = withRate(0.5)) => localEngine(plan, smallData(), nodeRuntime);

describe('an engine whose rates are set', () => {
  it('is the engine of the schedule that changes at the same steps, bit for bit', async () => {
    const engine = await open();
    const set = await epochs(engine, [4, 4, 8], {
      0: () => engine.setRate('dropout1', 0),
      4: () => engine.setRate('dropout1', 0.5),
    });
    const scheduled = await epochs(await open(withRate(lateRate(0.5, 4))), [8, 8]);
    expect(set.state).toEqual(scheduled.state);
    expect(set.changes).toEqual([
      { step: 0, site: 'dropout1', rate: 0 },
      { step: 4, site: 'dropout1', rate: 0.5 },
    ]);
  });

  it('gives the same run from its plan and its list of changes, however the steps are divided', async () => {
    const engine = await open();
    const set = await epochs(engine, [3, 2, 3, 8], {
      3: () => engine.setRate('dropout1', 0.1),
      5: () => engine.setRate('dropout1', linearRate(0.2, 0.9, 16)),
    });
    const again = await epochs(await open({ ...withRate(0.5), rateChanges: set.changes }), [8, 8]);
    expect(again).toEqual(set);
    const unchanged = await epochs(await open(), [8, 8]);
    expect(unchanged.state).not.toEqual(set.state);
  });

  it('draws its passes with the rates of the next step: rate 0 is the mean network, rate 1 leaves no unit', async () => {
    const engine = await open();
    const passes = { seed: 1, count: 3 };
    const mean = await engine.predict('test');
    await engine.setRate('dropout1', 0);
    const none = await engine.thinned('test', passes);
    expect([none.slice(0, 90), none.slice(180)]).toEqual([mean, mean]);
    await engine.setRate('dropout1', 1);
    const all = await engine.thinned('test', passes);
    // What is left is the last layer's bias, 0 at first.
    expect(new Set(all)).toEqual(new Set([0]));
    expect(await engine.predict('test')).toEqual(mean);
    await engine.setRate('dropout1', 0.5);
    const half = await engine.thinned('test', passes);
    expect(half.slice(0, 90)).not.toEqual(half.slice(90, 180));
    await engine.close();
  });

  it('sets both numbers of alpha dropout’s affine noise', async () => {
    const alpha = (rate: Rate) =>
      smallPlan({ network: net(dense(16), selu(), alphaDropout(rate), dense(3)) });
    const engine = await open(alpha(linearRate(0.3, 0.3, 1)));
    const set = await epochs(engine, [4, 4], { 4: () => engine.setRate('alphaDropout1', 0.1) });
    const planned = [{ step: 4, site: 'alphaDropout1', rate: 0.1 }];
    expect(set.changes).toEqual(planned);
    const again = await epochs(await open({ ...alpha(linearRate(0.3, 0.3, 1)), rateChanges: planned }), [8]);
    expect(again.state).toEqual(set.state);
    // At 0.3 until step 4 and 0.1 after it, as one schedule would have it in two rates.
    const engine2 = await open(alpha(linearRate(0.1, 0.1, 1)));
    const other = await epochs(engine2, [4, 4], {
      0: () => engine2.setRate('alphaDropout1', 0.3),
      4: () => engine2.setRate('alphaDropout1', 0.1),
    });
    expect(other.state).toEqual(set.state);
  });
});

describe('what cannot be set', () => {
  const sites = net(
    dense(8),
    relu(),
    dropout(0.5),
    standardDropout(0.5),
    gaussianDropout(0.5),
    alphaDropout(0.1),
    standout(relu()),
    variationalGaussianDropout(0.2, { examples: 60 }),
    concreteDropout(0.2, { examples: 60 }, dense(3)),
    dropout(1),
    dropout(0),
  ).sites;

  it.each<[string, Rate, string]>([
    [
      'drop',
      0.5,
      'the network has no dropout "drop" to set the rate of; it has "dropout1", "standardDropout1"',
    ],
    ['dropout3', 0.5, '(a layer written with rate 0 leaves none: write it with a rate, and set that to 0)'],
    ['standardDropout1', 0.5, 'its rate cannot change in training: its factor at inference is part of'],
    [
      'alphaDropout1',
      0.5,
      'the layer was written with a constant; write it with a schedule, such as linearRate',
    ],
    [
      'standout1',
      0.5,
      'dropout "standout1": its rate cannot change in training: its rate depends on the input',
    ],
    ['variationalGaussianDropout1', 0.2, 'its rate is learned with the weights'],
    ['concreteDropout1', 0.2, 'its rate is learned with the weights'],
    ['dropout2', 0.5, 'the layer was written with rate 1'],
    [
      'dropout1',
      1.5,
      'dropout "dropout1": rate is 1.5; it is the probability to drop, between 0 and 1 (did you mean',
    ],
    ['gaussianDropout1', 1, 'dropout "gaussianDropout1": rate is 1; that of Gaussian noise must be below 1'],
  ])('%s to %s', (name, rate, message) => {
    expect(() => checkRateChange(sites, name, rate)).toThrow(message);
  });

  it('is refused by an engine at once, which goes on as before', async () => {
    const engine = await open();
    await expect(engine.setRate('dropout7', 0.5)).rejects.toMatchObject({ name: 'ThinnetError' });
    expect(await engine.rateChanges()).toEqual([]);
    await engine.close();
    const rateChanges = [{ step: -1, site: 'dropout1', rate: 0.1 }];
    await expect(open({ ...withRate(0.5), rateChanges })).rejects.toThrow(
      'rate change of dropout "dropout1": its step is -1; it must be a whole number, at least 0',
    );
  });
});

describe('the list of changes', () => {
  const { sites } = net(dropout(0.5), dense(4), dropout(0.5), dense(3));
  const change = (step: number, site: string, rate: number): RateChange => ({ step, site, rate });

  it('names the step that a change waits for, and the one that it got', () => {
    const rates = new Rates(sites);
    rates.begin(0);
    rates.reach(4);
    rates.set('dropout1', 0.1);
    rates.set('dropout1', 0.2);
    expect(rates.changes).toEqual([change(4, 'dropout1', 0.2)]);
    rates.begin(7);
    expect(rates.changes).toEqual([change(7, 'dropout1', 0.2)]);
    expect([6, 7].map((step) => rates.at(sites[0]!, step).rate)).toEqual([0.5, 0.2]);
  });

  it('lets a rate that is set take the place of what was planned for its site', () => {
    const rates = new Rates(sites, [
      change(9, 'dropout2', 0.8),
      change(2, 'dropout1', 0.6),
      change(9, 'dropout1', 0.7),
    ]);
    expect([1, 2, 9].map((step) => rates.at(sites[0]!, step).rate)).toEqual([0.5, 0.6, 0.7]);
    rates.set('dropout1', 0.1);
    rates.begin(5);
    expect([4, 5, 9].map((step) => rates.at(sites[0]!, step).rate)).toEqual([0.6, 0.1, 0.1]);
    expect(rates.at(sites[1]!, 9).rate).toBe(0.8);
    expect(rates.changes).toEqual([
      change(2, 'dropout1', 0.6),
      change(5, 'dropout1', 0.1),
      change(9, 'dropout2', 0.8),
    ]);
  });

  it('has changes of undone steps wait for the next one', () => {
    const rates = new Rates(sites);
    rates.set('dropout1', 0.1);
    rates.begin(0);
    rates.reach(8);
    rates.set('dropout1', 0.2);
    rates.begin(8);
    rates.set('dropout2', 0.9);
    rates.begin(12);
    rates.rollBack(8);
    expect(rates.at(sites[0]!, 8).rate).toBe(0.1);
    expect(rates.next(sites[0]!).rate).toBe(0.2);
    rates.begin(8);
    expect(rates.changes).toEqual([
      change(0, 'dropout1', 0.1),
      change(8, 'dropout1', 0.2),
      change(8, 'dropout2', 0.9),
    ]);
  });
});

describe('a trainer whose rates are set', () => {
  const withTrainer = async <T>(use: (trainer: Trainer) => Promise<T>, plan = withRate(0.5)): Promise<T> => {
    const trainer = trainerOver(await open(plan), plan, smallData());
    try {
      return await use(trainer);
    } finally {
      await trainer.close();
    }
  };
  const fit = async (trainer: Trainer, options: FitOptions): Promise<void> => {
    for await (const _ of trainer.fit(options));
  };
  const store = (): CheckpointStore => {
    const kept: Uint8Array[] = [];
    return { read: async () => kept.at(-1), write: async (bytes) => void kept.push(bytes) };
  };
  /** Sets a rate at the first progress of the second epoch: after its first run of 4 steps. */
  const meddling = (trainer: Trainer, epochs: number, more: Partial<FitOptions> = {}): Promise<void> =>
    fit(trainer, {
      epochs,
      ...more,
      onProgress: ({ step }) => void (step === 12 && trainer.setRate('dropout1', 0.1)),
    });
  const resultOf = async (trainer: Trainer) => ({
    parameters: await trainer.parameters(),
    changes: await trainer.rateChanges(),
  });

  it('resumes from a checkpoint with them, to the run that was never interrupted', async () => {
    const whole = await withTrainer(async (trainer) => {
      await meddling(trainer, 4);
      return resultOf(trainer);
    });
    expect(whole.changes).toEqual([{ step: 12, site: 'dropout1', rate: 0.1 }]);
    const checkpoints = store();
    await withTrainer((trainer) => meddling(trainer, 2, { checkpoints }));
    const resumed = await withTrainer(async (trainer) => {
      await fit(trainer, { epochs: 4, checkpoints, resume: true });
      return resultOf(trainer);
    });
    expect(resumed).toEqual(whole);

    // And the whole of it again, from the plan with the list.
    const again = await withTrainer(
      async (trainer) => {
        await fit(trainer, { epochs: 4 });
        return resultOf(trainer);
      },
      { ...withRate(0.5), rateChanges: whole.changes },
    );
    expect(again).toEqual(whole);
  });

  it('keeps a rate that was set between two epochs in the checkpoint that comes next', async () => {
    const checkpoints = store();
    await withTrainer(async (trainer) => {
      for await (const { epoch } of trainer.fit({ epochs: 2, checkpoints }))
        if (epoch === 1) await trainer.setRate('dropout1', 0.3);
    });
    await withTrainer(async (trainer) => {
      await fit(trainer, { epochs: 2, checkpoints, resume: true });
      expect(await trainer.rateChanges()).toEqual([{ step: 8, site: 'dropout1', rate: 0.3 }]);
    });
  });

  it('refuses a checkpoint of a plan with other planned changes', async () => {
    const checkpoints = store();
    const planned = { ...withRate(0.5), rateChanges: [{ step: 3, site: 'dropout1', rate: 0.2 }] };
    await withTrainer((trainer) => fit(trainer, { epochs: 1, checkpoints }), planned);
    const resume = (trainer: Trainer) => fit(trainer, { epochs: 2, checkpoints, resume: true });
    await expect(withTrainer(resume)).rejects.toThrow(
      'the checkpoint belongs to another run: it differs in planned rate changes ([{"step":3,"site":"dropout1","rate":0.2}] there, none now)',
    );
    await withTrainer(resume, planned);
  });

  it('keeps a rate that was set in an aborted epoch, from the epoch’s first step on', async () => {
    await withTrainer(async (trainer) => {
      await fit(trainer, { epochs: 1 });
      const stop = new AbortController();
      const onProgress = async ({ step }: { step: number }) => {
        if (step === 12) await trainer.setRate('dropout1', 0.1);
        if (step === 16) stop.abort(new Error('enough'));
      };
      await expect(
        fit(trainer, { epochs: 2, signal: stop.signal, onProgress: (at) => void onProgress(at) }),
      ).rejects.toThrow('enough');
      await fit(trainer, { epochs: 2 });
      expect(await trainer.rateChanges()).toEqual([{ step: 8, site: 'dropout1', rate: 0.1 }]);
    });
  });
});
