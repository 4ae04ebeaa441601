/** @file Each piece of advice: where it is given, where it is not, and how it is silenced. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../graph/builder.js';
import { earlyRate } from '../../noise/schedule.js';
import { int } from '../../onnx/attribute.js';
import { standardModel } from '../../onnx/version.js';
import { relu, selu, softmax } from '../activations.js';
import { network } from '../build.js';
import { residual } from '../compose.js';
import { conv1d, conv2d } from '../conv.js';
import { dense } from '../dense.js';
import { alphaDropout, featureAlphaDropout } from '../dropout/alpha.js';
import { batchwiseDropout } from '../dropout/batchwise.js';
import { concreteDropout } from '../dropout/concrete.js';
import { dropBlock } from '../dropout/drop-block.js';
import { dropConnect } from '../dropout/drop-connect.js';
import { dropPath } from '../dropout/drop-path.js';
import { embedding } from '../dropout/embedding.js';
import { spatialDropout } from '../dropout/spatial.js';
import { standout } from '../dropout/standout.js';
import { variationalDropout } from '../dropout/variational.js';
import { dropout, gaussianDropout, standardDropout } from '../dropout.js';
import { fromOnnx } from '../import.js';
import { batchNorm, groupNorm, layerNorm } from '../normalize.js';
import { avgPool, globalAvgPool, maxPool } from '../pool.js';
import { flatten } from '../reshape.js';
import type { Layer } from '../scope.js';
import { standardize } from '../standardize.js';
import { type Advice, type AdviceName, adviceNames, adviseOn } from './advice.js';

const conv = (kernel = 3): Layer => conv2d(20, { kernel, padding: 'same' });
const drop = dropout(0.5, { name: 'drop' });
const classifier = [flatten(), dense(3)];

/** The names of the advice on a network of 1 × 8 × 8 images. */
const onImages = (...layers: readonly Layer[]): readonly AdviceName[] => namesOf([1, 8, 8], layers);
const onRows = (...layers: readonly Layer[]): readonly AdviceName[] => namesOf([100], layers);
const namesOf = (input: readonly number[], layers: readonly Layer[]): readonly AdviceName[] =>
  adviseOn(network({ input, seed: 1 }, ...layers)).map(({ name }) => name);

type Cases = readonly (readonly [string, readonly AdviceName[]])[];

describe('element-wise-on-feature-map', () => {
  const name = 'element-wise-on-feature-map';
  it.each<readonly [string, readonly AdviceName[]]>([
    ['right behind a convolution', onImages(conv(), drop, ...classifier)],
    ['behind activation and pool', onImages(conv(), relu(), maxPool({ kernel: 2 }), drop, ...classifier)],
    ['behind a pointwise convolution of a map', onImages(conv(), conv(1), drop, ...classifier)],
    ['behind batch normalisation', onImages(conv(), batchNorm(), relu(), drop, ...classifier)],
    ['in a residual branch', onImages(conv(), residual(conv(), relu(), drop), ...classifier)],
    ['of a sequence', namesOf([2, 30], [conv1d(4, { kernel: 3 }), relu(), drop, ...classifier])],
    ['standard', onImages(conv(), standardDropout(0.5), ...classifier)],
    ['gaussian', onImages(conv(), gaussianDropout(0.5), ...classifier)],
    ['alpha', onImages(conv(), selu(), alphaDropout(0.1), ...classifier)],
    ['concrete', onImages(conv(), concreteDropout(0.1, { examples: 9 }, ...classifier))],
    [
      'one mask for all channels',
      onImages(conv(), dropout(0.5, { noiseShape: [null, 1, null, null] }), ...classifier),
    ],
  ] satisfies Cases)('is given %s', (_, found) => expect(found).toEqual([name]));

  it.each<readonly [string, readonly AdviceName[]]>([
    ['of channels', onImages(conv(), relu(), spatialDropout(0.2), ...classifier)],
    [
      'of channels by noise shape',
      onImages(conv(), dropout(0.2, { noiseShape: [null, null, 1, 1] }), ...classifier),
    ],
    ['of squares', onImages(conv(), dropBlock(0.2, { blockSize: 3 }), ...classifier)],
    ['of SELU channels', onImages(conv(), selu(), featureAlphaDropout(0.1), ...classifier)],
    ['of whole branches', onImages(conv(), residual(conv(), dropPath(0.2)), ...classifier)],
    ['behind flatten', onImages(conv(), relu(), flatten(), drop, dense(3))],
    ['of a map of one element', onImages(conv2d(32, { kernel: 8 }), drop, ...classifier)],
    ['behind the global average', onImages(conv2d(32, { kernel: 3 }), globalAvgPool(), drop, dense(3))],
    ['of pixels', onImages(dropout(0.2), conv(), ...classifier)],
    ['behind a pointwise convolution alone', onImages(conv(1), drop, ...classifier)],
  ] satisfies Cases)('is not given %s', (_, found) => expect(found).toEqual([]));

  it('is not given for a dense layer at each place of a sequence', () => {
    expect(namesOf([30, 5], [dense(32), relu(), drop, ...classifier])).toEqual([]);
  });
});

describe('before-batch-normalization', () => {
  const name = 'before-batch-normalization';
  it.each<readonly [string, readonly AdviceName[]]>([
    ['right before', onRows(dense(32), drop, batchNorm(), dense(3))],
    [
      'before a dense layer and an activation',
      onRows(dense(32), drop, dense(32), relu(), batchNorm(), dense(3)),
    ],
    ['of channels', onImages(conv(), spatialDropout(0.2), conv(), batchNorm(), ...classifier)],
    [
      'before a pool',
      onImages(conv(), spatialDropout(0.2), avgPool({ kernel: 2 }), batchNorm(), ...classifier),
    ],
    ['in a residual branch', onRows(dense(32), residual(dense(32), drop), batchNorm(), dense(3))],
    ['standout', onRows(dense(32), standout(relu()), dense(32), batchNorm(), dense(3))],
    ['batchwise', onRows(dense(32), batchwiseDropout(0.3), dense(32), batchNorm(), dense(3))],
    ['on features', onRows(dropout(0.2), dense(32), batchNorm(), relu(), dense(3))],
  ] satisfies Cases)('is given %s', (_, found) => expect(found).toEqual([name]));

  it.each<readonly [string, readonly AdviceName[]]>([
    ['behind the last one', onRows(dense(32), batchNorm(), relu(), drop, dense(3))],
    [
      'before other normalisations',
      onImages(conv(), spatialDropout(0.2), groupNorm(2), conv(), ...classifier),
    ],
    [
      'where another normalisation comes between',
      onRows(dense(32), drop, layerNorm(), dense(9), batchNorm(), dense(3)),
    ],
    ['for DropBlock', onImages(conv(), dropBlock(0.1, { blockSize: 3 }), batchNorm(), ...classifier)],
    ['for weights', onRows(dropConnect(32, 0.5), batchNorm(), dense(3))],
    ['for alpha dropout', onRows(dense(32), selu(), alphaDropout(0.1), dense(9), batchNorm(), dense(3))],
  ] satisfies Cases)('is not given %s', (_, found) => expect(found).toEqual([]));

  it('is given for an imported normalisation in its training form alone, and names it', () => {
    const imported = (training: number) => {
      const b = new GraphBuilder('imported');
      const [x, ratio] = [b.input('x', 'float32', ['B', 40]), b.scalar(0.3)];
      const vector = (stem: string) => b.constant(new Float32Array(40).fill(1), 'float32', [40], stem);
      const dropped = b.op('Dropout', [x, ratio], {}, { name: 'thin' });
      const stats = ['scale', 'bias', 'mean', 'variance'].map(vector);
      const normal = b.ops(
        'BatchNormalization',
        [dropped, ...stats],
        { training_mode: int(training) },
        { name: 'bn', outputs: training ? 3 : 1 },
      );
      const weight = b.constant(
        new Float32Array(80).map((_, i) => i),
        'float32',
        [40, 2],
        'weight',
      );
      b.output(b.op('MatMul', [normal[0], weight]), 'y');
      return adviseOn(fromOnnx(standardModel(b.build())));
    };
    expect(imported(1).map((advice) => [advice.name, advice.layer])).toEqual([[name, 'thin']]);
    expect(imported(1)[0]?.message).toContain('"bn"');
    expect(imported(0)).toEqual([]);
  });
});

describe('few-units-before-output', () => {
  const name = 'few-units-before-output';
  it('is given where all are dropped at once in an example of 10,000 or more often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (units) => {
        // 0.5^13 is 0.00012, 0.5^14 is 0.00006.
        expect(onRows(dense(units), relu(), drop, dense(3))).toEqual(units <= 13 ? [name] : []);
      }),
      { numRuns: 40 },
    );
    expect(onRows(dense(4), dropout(0.1), dense(3))).toEqual([name]);
    expect(onRows(dense(8), dropout(0.1), dense(3))).toEqual([]);
    expect(onRows(dense(16), dropout(0.7), dense(3))).toEqual([name]);
    expect(onRows(dense(17), dropout(0.7), dense(3))).toEqual([]);
  });

  it.each<readonly [string, readonly AdviceName[]]>([
    ['of channels before a flatten', onImages(conv2d(8, { kernel: 3 }), spatialDropout(0.4), ...classifier)],
    ['behind the global average', onImages(conv2d(8, { kernel: 3 }), globalAvgPool(), drop, dense(3))],
    ['before a softmax', onRows(dense(8), drop, dense(3), softmax())],
    ['at each place of a sequence', namesOf([30, 5], [dense(8), drop, dense(2), flatten()])],
    ['variational', namesOf([30, 5], [dense(8), variationalDropout(0.4), dense(2), flatten()])],
    ['alpha', onRows(dense(8), selu(), alphaDropout(0.4), dense(3))],
    ['batchwise', onRows(dense(8), batchwiseDropout(0.4), dense(3))],
  ] satisfies Cases)('is given %s', (_, found) => expect(found).toEqual([name]));

  it.each<readonly [string, readonly AdviceName[]]>([
    ['before a layer in the middle', onRows(dense(8), drop, dense(32), relu(), dense(3))],
    ['for noise that drops nothing', onRows(dense(8), gaussianDropout(0.5), dense(3))],
    ['for weights', onRows(dense(8), dropConnect(3, 0.5))],
  ] satisfies Cases)('is not given %s', (_, found) => expect(found).toEqual([]));

  it('says how often nothing is left, and how wide would do', () => {
    const [advice] = adviseOn(
      network({ input: [100], seed: 1 }, dense(8), drop, dense(3, { name: 'logits' })),
    );
    expect(advice?.message).toContain('from only 8 units right before the last layer "logits": at rate 0.5');
    expect(advice?.message).toContain('leaves 4 on average and none at all with probability 0.0039');
    expect(advice?.remedy).toContain('to 16 units or more');
  });
});

describe('rate-like-keep-probability', () => {
  const name = 'rate-like-keep-probability';
  it('is given from 0.8 on inside the network, above 0.5 on its features', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (hundredths) => {
        const rate = hundredths / 100;
        const given = (yes: boolean) => (yes ? [name] : []);
        expect(onRows(dense(32), dropout(rate), dense(3))).toEqual(given(rate >= 0.8));
        expect(onRows(standardize(1, 2), dropout(rate), dense(3))).toEqual(given(rate > 0.5));
        expect(onImages(flatten(), dropout(rate), dense(3))).toEqual(given(rate > 0.5));
      }),
      { numRuns: 50 },
    );
  });

  it('looks at the highest rate of a schedule, at weights and at words', () => {
    expect(onRows(dense(32), dropout(earlyRate(0.9, 10)), dense(3))).toEqual([name]);
    expect(onRows(dense(32), batchwiseDropout(0.8), dense(3))).toEqual([name]);
    expect(onRows(dense(32), dropConnect(3, 0.8))).toEqual([name]);
    expect(onRows(dense(32), dropConnect(3, 0.7))).toEqual([]);
    expect(namesOf([7], [embedding(50, 20, { rate: 0.9 }), flatten(), dense(3)])).toEqual([name]);
    expect(namesOf([7], [embedding(50, 20, { rate: 0.7 }), flatten(), dense(3)])).toEqual([]);
  });

  it('says what to give instead', () => {
    const [advice] = adviseOn(network({ input: [100], seed: 1 }, dropout(0.9), dense(3)));
    expect(advice?.message).toContain('has rate 0.9 on the features');
    expect(advice?.message).toMatch(/0\.9 keeps 10 %$/);
    expect(advice?.remedy).toBe('if 0.9 is what you want to keep, give 0.1');
  });
});

describe('alpha-without-selu', () => {
  const name = 'alpha-without-selu';
  it.each<readonly [string, readonly AdviceName[], readonly AdviceName[]]>([
    ['behind another activation', onRows(dense(32), relu(), alphaDropout(0.1), dense(3)), [name]],
    ['behind no activation', onRows(dense(32), alphaDropout(0.1), dense(3)), [name]],
    ['of channels behind relu', onImages(conv(), relu(), featureAlphaDropout(0.1), ...classifier), [name]],
    ['behind selu', onRows(dense(32), selu(), alphaDropout(0.1), dense(3)), []],
    [
      'behind selu and a pool',
      onImages(conv(), selu(), maxPool({ kernel: 2 }), flatten(), alphaDropout(0.1), dense(3)),
      [],
    ],
    ['of standardised features', onRows(standardize(1, 2), alphaDropout(0.1), dense(3)), []],
    ['on a schedule, once', onRows(dense(32), relu(), alphaDropout(earlyRate(0.1, 3)), dense(3)), [name]],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
});

describe('after-last-layer', () => {
  const name = 'after-last-layer';
  it.each<readonly [string, readonly AdviceName[], readonly AdviceName[]]>([
    ['at the very end', onRows(dense(32), drop), [name]],
    ['before the softmax', onRows(dense(32), drop, softmax()), [name]],
    ['batchwise', onRows(dense(32), batchwiseDropout(0.3)), [name]],
    ['as the activation of the last layer', onRows(dense(32), standout(relu())), [name]],
    ['before the global average', onImages(conv(), spatialDropout(0.1), globalAvgPool()), [name]],
    ['before the last layer', onRows(dense(32), drop, dense(3)), []],
    ['of the last layer’s weights', onRows(dense(32), dropConnect(3, 0.5)), []],
    ['where another path has weights', onRows(dense(32), drop, residual(dense(32))), []],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
});

describe('advice', () => {
  const layers = [dense(32), relu(), drop, dense(20), relu(), alphaDropout(0.9), dense(3), dropout(0.3)];
  const options = { input: [100], seed: 1 };
  const all = adviseOn(network(options, ...layers));

  it('comes in the order of the sites, as plain data', () => {
    expect(all.map(({ name, site, layer }) => [name, site, layer])).toEqual([
      ['rate-like-keep-probability', 1, 'alphaDropout1'],
      ['alpha-without-selu', 1, 'alphaDropout1'],
      ['after-last-layer', 2, 'dropout1'],
    ]);
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    for (const { message, remedy, source } of all) {
      expect(message).toMatch(/dropout ".+" /);
      expect(remedy).not.toBe('');
      expect(source).toMatch(/\(arXiv:\d{4}\.\d{5}\)|\(JMLR 15\)/);
    }
  });

  it('is silenced by name, and by no other', () => {
    fc.assert(
      fc.property(fc.subarray([...adviceNames]), (silence) => {
        const left = all.filter(({ name }) => !silence.includes(name));
        expect(adviseOn(network(options, ...layers), { silence })).toEqual(left);
      }),
    );
  });

  it('reaches warn when a network is made or imported', () => {
    const heard: Advice[] = [];
    const warn = (advice: Advice) => void heard.push(advice);
    const built = network({ ...options, warn }, ...layers);
    expect(heard).toEqual(all);
    expect(built).toEqual(network(options, ...layers));
    heard.length = 0;
    network({ ...options, warn, silence: ['alpha-without-selu'] }, ...layers);
    expect(heard).toHaveLength(2);

    heard.length = 0;
    const b = new GraphBuilder('imported');
    b.output(b.op('Dropout', [b.input('x', 'float32', ['N', 4]), b.scalar(0.3)], {}, { name: 'thin' }), 'y');
    fromOnnx(standardModel(b.build()), { warn });
    expect(heard.map(({ name, layer }) => [name, layer])).toEqual([['after-last-layer', 'thin']]);
  });

  it('refuses a name that it does not know, and silence where nobody is warned', () => {
    const silence = ['few-units'] as unknown as AdviceName[];
    expect(() => adviseOn(network(options, dense(3)), { silence })).toThrow(
      `silence: there is no advice named "few-units"; there are ${adviceNames.join(', ')}`,
    );
    expect(() => network({ ...options, silence, warn: () => {} }, dense(3))).toThrow('no advice named');
    expect(() => network({ ...options, silence: ['after-last-layer'] }, dense(3))).toThrow(
      'nobody is warned',
    );
  });

  it('is empty for a network without dropout, and for one after the papers', () => {
    expect(onRows(dense(32), dense(3))).toEqual([]);
    expect(onRows(dropout(0.2), dense(64), relu(), drop, dense(64), relu(), dropout(0.5), dense(10))).toEqual(
      [],
    );
  });
});
