/** @file Every public function refuses an option that it does not know, and says which one was meant. */
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import * as thinnet from '../index.js';
import { createTrainer, nodeRuntime } from '../runtime/node/index.js';
import { fetchWasm } from '../runtime/web/fetch-wasm.js';
import { webRuntime } from '../runtime/web/ort.js';
import { createTrainer as createWebTrainer } from '../runtime/web/trainer.js';
import { sourcesOf, withoutTests } from '../testing/imports.js';
import { smallData, smallPlan } from '../testing/network.js';
import { checkOptions, type KeysOf } from './check.js';

type Call = (options: never) => unknown;

const { network, relu, dense, dropout } = thinnet;
const plan = smallPlan();
const data = smallData();
const net = plan.network;
const csv = 'x,y\n1,a\n2,b\n3,a\n';
const images = { dtype: 'u1' as const, shape: [2, 1], data: Uint8Array.of(1, 2) };
const labels = { dtype: 'u1' as const, shape: [2], data: Uint8Array.of(0, 1) };
const site = { name: 'own', kind: 'dropout', rate: 0.5, shape: ['N', 2] };
const parameter = {
  name: 'own',
  shape: [2],
  role: 'bias',
  incomingAxes: [],
  init: thinnet.zeros(),
  fans: {},
};
const shape = { kernel: 1 };
const mask = { seed: 1, step: 0, site: 0, rate: 0.5, dropped: 0, kept: 2 };
const trainer = thinnet.trainerOver(await thinnet.localEngine(plan, data, nodeRuntime), plan, data);
const mc = thinnet.monteCarloOver(trainer, net, { seed: 1, draws: 2 });
const file = thinnet.writeModel(thinnet.standardModel(net.graph));

/** What takes options, with others that it needs; the misspelt key; the key that was meant. */
const calls: readonly [place: string, call: Call, needed: object, wrong: string, meant: string][] = [
  ['relu', thinnet.relu, {}, 'nme', 'name'],
  ['leakyRelu', thinnet.leakyRelu, {}, 'alpa', 'alpha'],
  ['elu', thinnet.elu, {}, 'Alpha', 'alpha'],
  ['selu', thinnet.selu, {}, 'nme', 'name'],
  ['gelu', thinnet.gelu, {}, 'nme', 'name'],
  ['sigmoid', thinnet.sigmoid, {}, 'nme', 'name'],
  ['tanh', thinnet.tanh, {}, 'nme', 'name'],
  ['softplus', thinnet.softplus, {}, 'nme', 'name'],
  ['softmax', thinnet.softmax, {}, 'axes', 'axis'],
  ['logSoftmax', thinnet.logSoftmax, {}, 'axes', 'axis'],
  ['dense', (o) => dense(3, o), {}, 'biass', 'bias'],
  ['conv1d', (o) => thinnet.conv1d(3, o), shape, 'strides', 'stride'],
  ['conv2d', (o) => thinnet.conv2d(3, o), shape, 'pading', 'padding'],
  ['conv3d', (o) => thinnet.conv3d(3, o), shape, 'dilatation', 'dilation'],
  ['depthwiseConv2d', (o) => thinnet.depthwiseConv2d(o), shape, 'multiplyer', 'multiplier'],
  ['separableConv2d', (o) => thinnet.separableConv2d(3, o), shape, 'biass', 'bias'],
  ['maxPool', thinnet.maxPool, shape, 'strides', 'stride'],
  ['avgPool', thinnet.avgPool, shape, 'countpadding', 'countPadding'],
  ['globalAvgPool', thinnet.globalAvgPool, {}, 'nme', 'name'],
  ['globalMaxPool', thinnet.globalMaxPool, {}, 'nme', 'name'],
  ['batchNorm', thinnet.batchNorm, {}, 'momentun', 'momentum'],
  ['layerNorm', thinnet.layerNorm, {}, 'eps', ''],
  ['groupNorm', (o) => thinnet.groupNorm(1, o), {}, 'epsilom', 'epsilon'],
  ['rmsNorm', thinnet.rmsNorm, {}, 'axis', 'axes'],
  ['flatten', thinnet.flatten, {}, 'nme', 'name'],
  ['reshape', (o) => thinnet.reshape([2], o), {}, 'nme', 'name'],
  ['standardize', (o) => thinnet.standardize(0, 1, o), {}, 'nme', 'name'],
  ['atTime', (o) => thinnet.atTime(0, o), {}, 'nme', 'name'],
  ['meanOverTime', thinnet.meanOverTime, {}, 'nme', 'name'],
  ['maxOverTime', thinnet.maxOverTime, {}, 'nme', 'name'],
  ['residualBlock', (o) => thinnet.residualBlock(4, o), {}, 'droppath', 'dropPath'],
  ['dropout', (o) => dropout(0.5, o), {}, 'noiseshape', 'noiseShape'],
  ['standardDropout', (o) => thinnet.standardDropout(0.5, o), {}, 'noiseshape', 'noiseShape'],
  ['gaussianDropout', (o) => thinnet.gaussianDropout(0.5, o), {}, 'noiseshape', 'noiseShape'],
  ['alphaDropout', (o) => thinnet.alphaDropout(0.5, o), {}, 'noiseshape', 'noiseShape'],
  ['featureAlphaDropout', (o) => thinnet.featureAlphaDropout(0.5, o), {}, 'nme', 'name'],
  ['attentionDropout', (o) => thinnet.attentionDropout(0.5, o), {}, 'nme', 'name'],
  ['batchwiseDropout', (o) => thinnet.batchwiseDropout(0.5, o), {}, 'nme', 'name'],
  ['dropPath', (o) => thinnet.dropPath(0.5, o), {}, 'nme', 'name'],
  ['spatialDropout', (o) => thinnet.spatialDropout(0.5, o), {}, 'nme', 'name'],
  ['variationalDropout', (o) => thinnet.variationalDropout(0.5, o), {}, 'timeaxis', 'timeAxis'],
  ['dropBlock', (o) => thinnet.dropBlock(0.1, o), { blockSize: 3 }, 'shareChannel', 'shareChannels'],
  ['dropConnect', (o) => thinnet.dropConnect(3, 0.5, o), {}, 'biass', 'bias'],
  ['embedding', (o) => thinnet.embedding(5, 2, o), {}, 'rat', 'rate'],
  ['standout', (o) => thinnet.standout(relu(), o), {}, 'betta', 'beta'],
  ['concreteDropout', (o) => thinnet.concreteDropout(0.1, o), { examples: 9 }, 'temprature', 'temperature'],
  [
    'variationalGaussianDropout',
    (o) => thinnet.variationalGaussianDropout(0.1, o),
    { examples: 9 },
    'perunit',
    'perUnit',
  ],
  ['multiHeadAttention', thinnet.multiHeadAttention, { heads: 1 }, 'casual', 'causal'],
  ['transformerBlock', thinnet.transformerBlock, { heads: 1 }, 'mlpwidth', 'mlpWidth'],
  ['patchEmbedding', (o) => thinnet.patchEmbedding(4, o), { patch: 2 }, 'biass', 'bias'],
  ['positionalEmbedding', thinnet.positionalEmbedding, {}, 'initt', 'init'],
  ['classToken', thinnet.classToken, {}, 'initt', 'init'],
  ['simpleRnn', (o) => thinnet.simpleRnn(2, o), {}, 'activations', 'activation'],
  ['lstm', (o) => thinnet.lstm(2, o), {}, 'returnSequence', 'returnSequences'],
  ['gru', (o) => thinnet.gru(2, o), {}, 'recurrentDropot', 'recurrentDropout'],
  [
    'bidirectional',
    (o) => thinnet.bidirectional((direction) => thinnet.lstm(2, direction), o),
    {},
    'nme',
    'name',
  ],
  ['network', (o) => network(o, dense(2)), { input: [3], seed: 1 }, 'warning', ''],
  ['fromOnnx', (o) => thinnet.fromOnnx(thinnet.readModel(file), o), {}, 'freez', 'freeze'],
  ['adviseOn', (o) => thinnet.adviseOn(net, o), {}, 'silense', 'silence'],
  ['leNet', thinnet.leNet, {}, 'denseDropot', 'denseDropout'],
  ['resNet20', thinnet.resNet20, {}, 'depthdropout', 'depthDropout'],
  ['allConvolutional', thinnet.allConvolutional, {}, 'width', 'widths'],
  ['visionTransformer', thinnet.visionTransformer, {}, 'mlpDropot', 'mlpDropout'],
  ['textClassifier', thinnet.textClassifier, { vocabulary: 9 }, 'unit', 'units'],
  ['sgd', thinnet.sgd, {}, 'momentun', 'momentum'],
  ['adam', thinnet.adam, {}, 'beta', 'beta1'],
  ['adamW', thinnet.adamW, {}, 'weightdecay', 'weightDecay'],
  ['sgd: weightDecay', (o) => thinnet.sgd({ weightDecay: o }), { kind: 'l2', rate: 1e-4 }, 'decoupled', ''],
  ['crossEntropy', thinnet.crossEntropy, {}, 'labelSmooth', 'labelSmoothing'],
  ['dropout', (o) => dropout(o), { kind: 'early', rate: 0.5, until: 9 }, 'form', ''],
  ['plan', (o) => createTrainer(o, data), plan, 'maxnorm', 'maxNorm'],
  ['plan', (o) => createWebTrainer(o, data), plan, 'maxnorm', 'maxNorm'],
  ['plan', (o) => thinnet.localEngine(o, data, nodeRuntime), plan, 'clipnorm', 'clipNorm'],
  ['plan', (o) => thinnet.stepProgram(o), plan, 'thread', 'threads'],
  ['plan: loss', planWith('loss'), plan.loss, 'labelsmoothing', 'labelSmoothing'],
  ['plan: optimizer', planWith('optimizer'), plan.optimizer, 'weightdecay', 'weightDecay'],
  ['plan: schedule', planWith('schedule'), plan.schedule, 'floor', ''],
  ['rate change', rateChange, { step: 1, site: 'dropout1', rate: 0.1 }, 'until', ''],
  ['data', (o) => createTrainer(plan, o), data, 'validaton', 'validation'],
  ['createTrainer', (o) => createWebTrainer(plan, data, o), {}, 'thread', 'threads'],
  ['createTrainer: wasm', (o) => createWebTrainer(plan, data, { wasm: o }), {}, 'webGPU2', 'webgpu'],
  ['webRuntime', webRuntime, {}, 'providers', 'provider'],
  ['fetchWasm', (o) => fetchWasm('/x', undefined, o), {}, 'cached', 'cache'],
  ['load', (o) => nodeRuntime.load(file, o), {}, 'thread', 'threads'],
  ['fit', (o) => trainer.fit(o).next(), { epochs: 1 }, 'earlyStoping', 'earlyStopping'],
  [
    'earlyStopping',
    (o) => trainer.fit({ epochs: 1, earlyStopping: o }).next(),
    { patience: 1 },
    'mindelta',
    'minDelta',
  ],
  ['passes', (o) => trainer.thinned('test', o), { seed: 1, count: 1 }, 'mask', 'masks'],
  ['monteCarlo', (o) => thinnet.monteCarloOver(trainer, net, o), { seed: 1 }, 'drawz', 'draws'],
  ['monteCarlo', (o) => thinnet.monteCarlo(net, undefined, nodeRuntime, o), { seed: 1 }, 'thread', 'threads'],
  ['monteCarlo', (o) => thinnet.monteCarloOfOnnx(file, nodeRuntime, o), { seed: 1 }, 'drawz', 'draws'],
  ['classify', (o) => mc.classify('test', o), {}, 'keepdraws', 'keepDraws'],
  ['regress', (o) => mc.regress('test', o), {}, 'noisevariance', 'noiseVariance'],
  [
    'modelPrecision',
    thinnet.modelPrecision,
    { lengthScale: 1, rate: 0.1, weightDecay: 1, examples: 1 },
    'keep',
    '',
  ],
  [
    'predictiveLogLikelihood',
    (o) => thinnet.predictiveLogLikelihood([1], [1], o),
    { outputs: 1, noiseVariance: 1 },
    'tau',
    '',
  ],
  ['readCsv', (o) => thinnet.readCsv(csv, o), { label: 'y', name: 'c' }, 'ignored', 'ignore'],
  ['datasetFromNpy', (o) => thinnet.datasetFromNpy(images, labels, 'c', o), {}, 'class', ''],
  ['datasetFromIdx', (o) => thinnet.datasetFromIdx(images, labels, 'c', o), {}, 'classnames', 'classNames'],
  ['readModel', (o) => thinnet.readModel(file, o), {}, 'checks', 'check'],
  ['writeModel', (o) => thinnet.writeModel(thinnet.readModel(file), o), {}, 'checks', 'check'],
  ['Relu', (o) => withValue((b, x) => b.op('Relu', [x], {}, o)), {}, 'nme', 'name'],
  ['pass', (o) => thinnet.simplify(net.graph, o), {}, 'parameter', 'parameters'],
  ['pass', (o) => thinnet.meanGraph(net.graph, new Map(), o), {}, 'parameter', 'parameters'],
  [
    'fillNoise',
    (o) => thinnet.fillNoise(net.sites[0] as thinnet.NoiseSite, o, new Float32Array(4)),
    { seed: 1, step: 1 },
    'schedulestep',
    'scheduleStep',
  ],
  ['draw', (o) => thinnet.fillBernoulli(new Float32Array(4), o), mask, 'ofset', 'offset'],
  ['draw', (o) => thinnet.defaultKernels().fillBernoulli(new Float32Array(4), o), mask, 'ofset', 'offset'],
  ['draw', (o) => thinnet.defaultKernels().fillUniform(new Float32Array(4), o), mask, 'ofset', 'offset'],
  ['noise', (o) => network({ input: [2], seed: 1 }, withNoise(o)), site, 'blocksize', 'blockSize'],
  ['parameter', (o) => network({ input: [2], seed: 1 }, withParameter(o)), parameter, 'incoming', ''],
  [
    'add',
    (o) => network({ input: [2], seed: 1 }, (x, scope) => thinnet.add(x, x, scope, o)),
    {},
    'nme',
    'name',
  ],
];

function withNoise(options: never): thinnet.Layer {
  return (x, scope) => scope.noise(options) ?? x;
}

function withParameter(options: never): thinnet.Layer {
  return (_, scope) => scope.parameter(options);
}

function planWith(part: 'loss' | 'optimizer' | 'schedule'): Call {
  return (given) => createTrainer({ ...plan, [part]: given }, data);
}

function rateChange(change: never) {
  return thinnet.localEngine({ ...plan, rateChanges: [change] }, data, nodeRuntime);
}

function withValue(use: (b: thinnet.GraphBuilder, x: thinnet.Value) => unknown) {
  const b = new thinnet.GraphBuilder();
  return use(b, b.input('x', 'float32', ['N', 2]));
}

describe('an option that is not known', () => {
  it.each(calls)('is refused by %s', async (place, call, needed, wrong, meant) => {
    // As from a program in JavaScript, or in a constant, which the compiler does not look through.
    const given = { ...needed, [wrong]: 1 } as never;
    const error: unknown = await Promise.resolve()
      .then(() => call(given))
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ThinnetError);
    const guess = meant === '' ? '; known are ' : `; did you mean "${meant}"? (known are `;
    expect((error as Error).message).toMatch(/^[\w: ]+( "\w+")?: no option /);
    expect((error as Error).message.startsWith(place)).toBe(true);
    expect((error as Error).message).toContain(`: no option "${wrong}"${guess}`);
  });

  it('is refused, and no other, by the name that the options give', () => {
    const known: KeysOf<{ name?: string; rate: number }> = { name: true, rate: true };
    expect(() => checkOptions('layer', { rate: 1, name: 'hidden' }, known)).not.toThrow();
    expect(() => checkOptions('layer', { rates: undefined, name: 'hidden' }, known)).toThrow(
      'layer "hidden": no option "rates"; did you mean "rate"? (known are name, rate)',
    );
    expect(() => checkOptions('layer', { seed: 1 }, known)).toThrow(
      'layer: no option "seed"; known are name, rate',
    );
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['0.9', '"0.9", a string'],
    [0.9, '0.9'],
    [[0.9], 'an array'],
    [relu, 'the function relu'],
  ])('has to be in an object: %s', (given, words) => {
    expect(() => checkOptions('sgd', given as never, { momentum: true })).toThrow(
      `sgd: its options are ${words}; they must be an object with momentum`,
    );
  });
});

it('a table that lacks a key of its type, or has one too many, does not compile', () => {
  interface Options {
    readonly name?: string;
    readonly rate: number;
  }
  // @ts-expect-error: rate is missing.
  const short: KeysOf<Options> = { name: true };
  // @ts-expect-error: there is no seed.
  const long: KeysOf<Options> = { name: true, rate: true, seed: true };
  expect(() => checkOptions('layer', { name: 'a', rate: 1 }, short)).toThrow('no option "rate"');
  expect(() => checkOptions('layer', { seed: 1 }, long)).not.toThrow();
});

it('every type of options in the sources has its table of keys', () => {
  const sources = [...withoutTests(sourcesOf('packages/thinnet/src')).values()];
  const all = sources.join('\n');
  const types = sources.flatMap((source) =>
    [...source.matchAll(/^export (?:interface|type) (\w*Options)\b/gm)].map(([, name]) => name as string),
  );
  expect(types.length).toBeGreaterThan(35);
  // Another name of a type, parts of other types, and what is not public.
  const without = types.filter((name) => !new RegExp(`KeysOf<${name}\\b`).test(all));
  expect(without.toSorted()).toEqual(['DropoutOptions', 'PredictorOptions', 'UnrollOptions', 'WarnOptions']);
});
