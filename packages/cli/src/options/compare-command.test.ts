import fc from 'fast-check';
import { type Given, type ModelName, modelNames } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { parseArms } from '../arms/arm.js';
import { requestOf } from '../testing/request.js';
import { commandOf } from './command-line.js';
import { commonDefaults, modelDefaults } from './defaults.js';
import { refuseUnused } from './refuse.js';
import { resolveSettings } from './resolve.js';

/** Words of a command line as a POSIX shell splits them, for what `commandOf` quotes. */
function wordsOf(command: string): string[] {
  const words = command.match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? [];
  return words.slice(2).map((word) => word.replace(/'([^']*)'|\\(')/g, (_, a, b) => a ?? b));
}

const refuse = (given: Given) => refuseUnused(given, resolveSettings(given), armsOf(given));

const armsOf = (given: Given) => {
  const settings = resolveSettings(given);
  return parseArms(settings.arms, given, settings.epochs);
};

describe('the command line of compare', () => {
  it('without options asks for nothing, and gets the table of defaults', async () => {
    const { given, ...flags } = await requestOf();
    expect(given).toEqual({});
    expect(flags).toEqual({ out: undefined, resume: false, silence: [], quiet: false, json: false });
    const { byOptimizer, ...ofMlp } = modelDefaults.mlp;
    expect(resolveSettings(given)).toEqual({
      model: 'mlp',
      ...commonDefaults,
      ...ofMlp,
      ...byOptimizer.sgd,
      subset: 2000,
      stepEpochs: 10,
      rateEpochs: 30,
    });
  });

  it('reads each option', async () => {
    const { given, out } = await requestOf(
      ...'--arm none --arm dropout=0.3 --hidden 10,20 --input-rate 0 --rate-schedule early --rate-epochs 2 --epochs 3 --seeds 2 --seed-from 7'.split(
        ' ',
      ),
      ...'--data a.csv --label y --test b.csv --ignore id,day --subset 50 --batch 8 --lr 0.1 --momentum 0.5'.split(
        ' ',
      ),
      ...'--optimizer sgd --weight-decay 1e-4 --max-norm 2 --clip-norm 1 --label-smoothing 0.1'.split(' '),
      ...'--schedule step --step-epochs 1 --step-factor 0.5 --warm-up 1 --activation gelu'.split(' '),
      ...'--early-stopping 4 --validation 0.2 --threads 2 --at-once 3 --out there'.split(' '),
    );
    expect(out).toBe('there');
    expect(given).toEqual({
      arms: ['none', 'dropout=0.3'],
      hidden: [10, 20],
      inputRate: 0,
      rateSchedule: 'early',
      rateEpochs: 2,
      epochs: 3,
      seeds: 2,
      seedFrom: 7,
      data: 'a.csv',
      label: 'y',
      test: 'b.csv',
      ignore: ['id', 'day'],
      subset: 50,
      batch: 8,
      lr: 0.1,
      momentum: 0.5,
      optimizer: 'sgd',
      weightDecay: 1e-4,
      maxNorm: 2,
      clipNorm: 1,
      labelSmoothing: 0.1,
      schedule: 'step',
      stepEpochs: 1,
      stepFactor: 0.5,
      warmUp: 1,
      activation: 'gelu',
      earlyStopping: 4,
      validation: 0.2,
      threads: 2,
      atOnce: 3,
    });
  });

  it('is written back so that it asks for the same again', async () => {
    const option = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const givens = fc.record({
      data: option(fc.constantFrom('mnist', 'a b.csv', "it's.csv", 'fashion')),
      subset: option(fc.constantFrom(null, 100)),
      epochs: option(fc.integer({ min: 4, max: 50 })),
      hidden: option(fc.constantFrom<readonly number[]>([], [10], [10, 20])),
      optimizer: option(fc.constantFrom('sgd' as const, 'adamw' as const)),
      lr: option(fc.constantFrom(0.1, 1e-5)),
      maxNorm: option(fc.constantFrom(null, 2)),
      schedule: option(fc.constantFrom('step' as const, 'cosine' as const)),
      rateSchedule: option(fc.constantFrom('late' as const, 'linear' as const)),
      earlyStopping: option(fc.integer({ min: 1, max: 9 })),
      ignore: option(fc.constantFrom(null, ['id'], ['id', 'a b'])),
      threads: option(fc.constantFrom(null, 2)),
      atOnce: option(fc.constantFrom(null, 1, 3)),
      arms: option(
        fc.constantFrom<readonly string[]>(
          ['none'],
          ['none', 'dropout=0.5,optimizer=adamw'],
          [
            'concrete=0.1',
            'dropout=0.5,rate-schedule=early',
            'alpha=0.1,rate-schedule=curriculum,rate-epochs=2',
          ],
          ['dropout=0.2,lr=0.3,name=a & b', 'standard=0.5,max-norm=none'],
        ),
      ),
    });
    await fc.assert(
      fc.asyncProperty(givens, async (record) => {
        const given = Object.fromEntries(
          Object.entries(record).filter(([, value]) => value !== undefined),
        ) as Given;
        const settings = resolveSettings(given);
        const again = (await requestOf(...wordsOf(commandOf(settings, given, armsOf(given))))).given;
        expect(resolveSettings(again)).toEqual(settings);
        expect(armsOf(again)).toEqual(armsOf(given));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [['--momentum', '0.9', '--optimizer', 'adamw'], '--momentum needs the optimizer sgd, which no arm has'],
    [['--step-factor', '0.5'], '--step-factor needs the schedule step, which no arm has'],
    [['--arm', 'none', '--input-rate', '0.2'], '--input-rate needs an arm with dropout, which no arm has'],
    [
      ['--arm', 'dropout=0.5,optimizer=adamw,momentum=0.9'],
      '--arm dropout=0.5,optimizer=adamw,momentum=0.9: momentum needs the optimizer sgd',
    ],
    [['--early-stopping', '3', '--validation', '0'], '--early-stopping needs validation examples'],
    [
      ['--arm', 'standard=0.5', '--rate-schedule', 'linear'],
      '--rate-schedule needs a kind whose rate may change (dropout, gaussian, alpha, batchwise, dropconnect, elementwise, spatial, dropblock, attention, depth, words, inputs, recurrent), which no arm has',
    ],
    [
      ['--arm', 'concrete=0.5,rate-schedule=linear'],
      '--arm concrete=0.5,rate-schedule=linear: rate-schedule needs a kind whose rate may change',
    ],
    [['--rate-epochs', '3'], '--rate-epochs needs a rate-schedule, which no arm has'],
    [
      ['--rate-schedule', 'late', '--rate-epochs', '30'],
      '--rate-epochs is 30, but the run has only 30 epochs: the rate would never change',
    ],
    [['--warm-up', '30'], '--warm-up is 30 epochs, but the run has only 30'],
    [['--model', 'cnn', '--hidden', '10'], '--hidden is for the model mlp; cnn has layers of its own'],
    [['--model', 'cnn', '--activation', 'selu'], '--activation is for the model mlp'],
    [['--model', 'cnn', '--input-rate', '0.2'], '--input-rate is for the model mlp'],
    [
      ['--model', 'cnn', '--arm', 'dropout=0.5,input-rate=0.2'],
      '--arm dropout=0.5,input-rate=0.2: input-rate is for the model mlp',
    ],
    [['--model', 'cnn', '--block-size', '3'], '--block-size needs the kind dropblock, which no arm has'],
    [
      ['--model', 'cnn', '--arm', 'spatial=0.2,block-size=3'],
      '--arm spatial=0.2,block-size=3: block-size needs the kind dropblock',
    ],
    [['--model', 'text'], '--model text needs --text, the CSV column that holds the texts'],
    [['--model', 'text', '--text', 'none'], '--model text needs --text, the CSV column that holds the texts'],
    [['--text', 'm', '--model', 'mlp'], '--text is for the model text, not mlp; leave out --model'],
    [['--words', '10'], '--words is for texts; name the CSV column that holds them with --text'],
    [['--length', '10'], '--length is for texts; name the CSV column that holds them with --text'],
    [['--text', 'm', '--hidden', '10'], '--hidden is for the model mlp; text has layers of its own'],
    [['--text', 'm', '--arm', 'spatial=0.1'], 'spatial has no place in the model text, which takes'],
    [['--arm', 'words=0.1'], 'models with a place for words: text (--model)'],
    [['--text', 'm', '--arm', 'recurent=0.1'], '(did you mean "recurrent"?)'],
    [['--text', 'm', '--arm', 'standout=0.5'], 'standout has no place in the model text'],
    [['--text', 'm', '--arm', 'alpha=0.1'], 'models with a place for alpha: mlp, cnn, resnet20 (--model)'],
  ])('refuses what would change nothing: %j', async (words, message) => {
    const { given } = await requestOf(...words);
    expect(() => refuse(given)).toThrow(message);
  });

  it.each([
    ...['0', '501'].map((length): [string[], string] => [
      ['--length', length],
      `--length takes a whole number from 1 to 500 (a step takes time and memory that grow faster than the length), not "${length}"`,
    ]),
    [['--words', '2.5'], '--words takes a whole number from 1 to 1,000,000, not "2.5"'],
    [['--at-once', '0'], '--at-once takes a whole number from 1 to 64, not "0"'],
    [['--at-once', 'all'], '--at-once takes a whole number from 1 to 64, not "all"'],
    [['--ignore', 'a,,b'], '--ignore takes names such as a,b, not "a,,b"'],
    [['--ignore', 'a,b,a'], '--ignore has "a" twice'],
  ])('refuses values that mean nothing: %j', async (words, message) => {
    await expect(requestOf(...words)).rejects.toThrow(message);
  });

  it.each(modelNames)('without arms compares arms that the model %s has places for', async (model) => {
    const { given } = await requestOf('--model', model, ...(model === 'text' ? ['--text', 'message'] : []));
    expect(() => refuse(given)).not.toThrow();
    const [none, ...others] = armsOf(given);
    expect(none?.drops).toEqual([]);
    expect(others.every(({ drops }) => drops.length > 0)).toBe(true);
  });

  it('of texts has the model text, and its defaults', async () => {
    const { given } = await requestOf('--text', 'message');
    expect(given).toEqual({ text: 'message' });
    expect(resolveSettings(given)).toMatchObject({
      model: 'text',
      words: 5000,
      length: null,
      batch: 32,
      epochs: 12,
    });
    expect(resolveSettings({ text: null }).model).toBe('mlp');
    expect(armsOf(given)[0]?.training).toMatchObject({ optimizer: 'adamw', lr: 0.003, schedule: 'cosine' });
  });

  it('has defaults of the model, of which one may be given another value', async () => {
    const settingsOf = async (...words: readonly string[]) =>
      resolveSettings((await requestOf(...words)).given);
    expect(await settingsOf('--model', 'cnn')).toMatchObject({
      model: 'cnn',
      hidden: [],
      inputRate: 0,
      optimizer: 'adamw',
      lr: modelDefaults.cnn.byOptimizer.adamw.lr,
      schedule: 'cosine',
    });
    expect(await settingsOf('--model', 'cnn', '--optimizer', 'sgd', '--schedule', 'constant')).toMatchObject({
      optimizer: 'sgd',
      lr: modelDefaults.cnn.byOptimizer.sgd.lr,
      schedule: 'constant',
    });
  });

  it('of texts and of the models of images is written back so that it asks for the same again', async () => {
    const specs: Readonly<Record<Exclude<ModelName, 'mlp'>, readonly string[]>> = {
      cnn: ['none', 'spatial=0.1,dropout=0.5', 'dropblock=0.1,block-size=3'],
      allconv: ['elementwise=0.2,rate-schedule=linear', 'dropblock=0.2'],
      resnet20: ['dropblock=0.2,depth=0.1', 'gaussian=0.1'],
      vit: ['dropout=0.1,attention=0.1', 'depth=0.1,rate-schedule=late'],
      text: ['words=0.1,inputs=0.2', 'recurrent=0.25,rate-schedule=linear', 'dropconnect=0.3'],
    };
    for (const [model, arms] of Object.entries(specs)) {
      const ofTexts = model === 'text' ? ['--text', 'the message', '--words', '300', '--length', '20'] : [];
      const named = ['--model', model, ...ofTexts];
      const { given } = await requestOf(...named, ...arms.flatMap((spec) => ['--arm', spec]));
      const settings = resolveSettings(given);
      const command = commandOf(settings, given, armsOf(given));
      expect(command).toContain(`--model ${model}`);
      expect(command.includes('--block-size 5')).toBe(model !== 'vit' && model !== 'text');
      expect(command.includes("--text 'the message' --words 300 --length 20")).toBe(model === 'text');
      expect(command).not.toMatch(/--(hidden|activation|input-rate)/);
      const again = (await requestOf(...wordsOf(command))).given;
      expect(resolveSettings(again)).toEqual(settings);
      expect(armsOf(again)).toEqual(armsOf(given));
    }
  });

  it('gives each optimizer its own defaults, also where it is that of one arm', () => {
    const [none, adamw] = armsOf({ arms: ['none', 'dropout=0.5,optimizer=adamw'], momentum: 0.8 });
    expect(none?.training).toMatchObject({ optimizer: 'sgd', lr: 0.02, momentum: 0.8, weightDecay: 0 });
    expect(adamw?.training).toMatchObject({ optimizer: 'adamw', lr: 0.001, weightDecay: 0.01 });
  });
});
