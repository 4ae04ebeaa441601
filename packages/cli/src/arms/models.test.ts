/** @file The models of images and of texts: where each kind of arm drops, that arms begin alike, and what is refused. */

import { createHash } from 'node:crypto';
import type { Network } from 'thinnet';
import { adviseOn, meanProgram, rateAt } from 'thinnet';
import { type ModelName, modelNames } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../options/resolve.js';
import { UsageError } from '../usage-error.js';
import { parseArms } from './arm.js';
import { kindsOf, models, modelsWith } from './models.js';
import { armNetwork, checkRates } from './network.js';

const input = { shape: [12, 8], classes: 3, examples: 40, scale: { mean: 1, std: 2 } };
const ofTexts = { shape: [6], classes: 3, examples: 40, words: 50 };
const networkOf = (model: ModelName, spec: string, seed = 1, weights: 'drawn' | 'zeros' = 'drawn') => {
  const [arm] = parseArms([spec], { model }, 30);
  return armNetwork(
    arm!,
    { ...resolveSettings({ model }), batch: 8 },
    model === 'text' ? ofTexts : input,
    seed,
    { weights },
  );
};
const sitesOf = (model: ModelName, spec: string) =>
  networkOf(model, spec).sites.map(({ name, kind, rate, shape }) => [name, kind, rate, shape.slice(1)]);

/** Digests, since millions of numbers take long to compare one by one. */
const weightsOf = ({ initializers }: Network['graph'], names: readonly string[]) =>
  initializers
    .filter(({ name }) => names.includes(name))
    .map(({ name, data }) => [
      name,
      createHash('sha256')
        .update(data as Float32Array)
        .digest('hex'),
    ]);

const ofImages = modelNames.filter((model) => models[model].takesImages);
const all: readonly ModelName[] = [...ofImages, 'text'];
const everyArm = all.flatMap((model) =>
  ['none', ...kindsOf(model).map((kind) => `${kind}=0.3`)].map((spec): [ModelName, string] => [model, spec]),
);

describe('the models of images and of texts', () => {
  it.each(everyArm)('%s with %s begins with the weights of every other arm of the seed', (model, spec) => {
    const { parameters, graph } = networkOf(model, spec);
    const names = networkOf(model, 'none').parameters.map(({ name }) => name);
    expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    expect(weightsOf(graph, names)).toEqual(weightsOf(networkOf(model, 'none').graph, names));
  });

  it.each(everyArm)('%s with %s has a mean program without a trace of it', (model, spec) => {
    const net = networkOf(model, spec);
    expect(net.sites.length > 0).toBe(spec !== 'none');
    const { inputs, outputs, nodes } = meanProgram(net);
    expect([inputs.map(({ name }) => name), outputs.map(({ shape }) => shape)]).toEqual([['x'], [['N', 3]]]);
    const plain = meanProgram(networkOf(model, 'none')).nodes.map(({ op }) => op);
    // Standout multiplies by the probability to be kept.
    expect(nodes.map(({ op }) => op)).toEqual(
      spec.startsWith('standout') ? expect.arrayContaining(plain) : plain,
    );
  });

  it('begin otherwise with another seed', () => {
    for (const model of all) {
      const [first, second] = [networkOf(model, 'none'), networkOf(model, 'none', 2)];
      const names = first.parameters.map(({ name }) => name).filter((name) => name.endsWith('weight'));
      const [before, after] = [weightsOf(first.graph, names), weightsOf(second.graph, names)];
      expect(before.filter(([, digest], i) => digest === after[i]?.[1]).map(([name]) => name)).toEqual(
        model === 'vit' ? ['output.weight'] : [],
      );
    }
  });

  it('have each kind where the help says', () => {
    expect(sitesOf('cnn', 'dropout=0.5')).toEqual([['dense1.dropout', 'dropout', 0.5, [1024]]]);
    expect(sitesOf('cnn', 'dropconnect=0.5')).toEqual([['output', 'dropconnect', 0.5, [3]]]);
    expect(sitesOf('cnn', 'elementwise=0.2,dropout=0.5')).toEqual([
      ['conv1.dropout', 'dropout', 0.2, [32, 6, 4]],
      ['conv2.dropout', 'dropout', 0.2, [64, 3, 2]],
      ['dense1.dropout', 'dropout', 0.5, [1024]],
    ]);
    expect(sitesOf('cnn', 'spatial=0.2')).toEqual([
      ['conv1.dropout', 'spatial', 0.2, [32, 1, 1]],
      ['conv2.dropout', 'spatial', 0.2, [64, 1, 1]],
    ]);
    expect(sitesOf('allconv', 'dropblock=0.1')).toEqual([['conv5.dropout', 'dropblock', 0.1, [64, 3, 2]]]);
    expect(sitesOf('resnet20', 'gaussian=0.1')).toEqual([['features.dropout', 'gaussian', 0.1, [64]]]);
    expect(sitesOf('resnet20', 'spatial=0.1')).toHaveLength(9);
    expect(sitesOf('resnet20', 'depth=0.9').map(([name, , rate]) => [name, rate])).toEqual(
      Array.from({ length: 9 }, (_, i) => [`block${i + 1}.dropPath`, expect.closeTo((i + 1) / 10, 12)]),
    );
    expect(sitesOf('vit', 'attention=0.1').map(([name]) => name)).toEqual(
      [1, 2, 3, 4].map((i) => `block${i}.attention.dropout`),
    );
    expect(sitesOf('vit', 'dropout=0.1')).toHaveLength(1 + 3 * 4);
    expect(sitesOf('vit', 'depth=0.4').map(([, , rate]) => rate)).toEqual(
      [0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4, 0.4].map((rate) => expect.closeTo(rate, 12)),
    );
    expect(sitesOf('text', 'words=0.1,inputs=0.2,recurrent=0.3,dropout=0.4')).toEqual([
      ['embedding', 'embedding', 0.1, [1]],
      ['lstm.dropout', 'variational', 0.2, [1, 64]],
      ['lstm.recurrentDropout', 'variational', 0.3, [64]],
      ['state.dropout', 'dropout', 0.4, [64]],
    ]);
    expect(sitesOf('text', 'dropconnect=0.4')).toEqual([['output', 'dropconnect', 0.4, [3]]]);
  });

  it("take each arm's own block size", () => {
    const sizes = (spec: string) =>
      networkOf('cnn', spec).sites.map((site) => (site.kind === 'dropblock' ? site.blockSize : undefined));
    expect(sizes('dropblock=0.1,block-size=3')).toEqual([3, 3]);
    expect(sizes('dropblock=0.1')).toEqual([5, 5]);
  });

  it('have rates that change over the epochs, those of depth in their proportion', () => {
    const rates = (model: ModelName, spec: string) =>
      networkOf(model, `${spec},rate-schedule=linear,rate-epochs=2`).sites.map(({ rate }) =>
        [0, 5, 10].map((step) => Number(rateAt(rate, step).toFixed(6))),
      );
    // 40 examples in batches of 8: 5 steps an epoch.
    expect(rates('cnn', 'spatial=0.2,dropout=0.4')).toEqual([
      [0, 0.1, 0.2],
      [0, 0.1, 0.2],
      [0, 0.2, 0.4],
    ]);
    expect(rates('resnet20', 'depth=0.9')[8]).toEqual([0, 0.45, 0.9]);
    expect(rates('resnet20', 'depth=0.9')[0]).toEqual([0, 0.05, 0.1]);
    expect(rates('vit', 'attention=0.2')[3]).toEqual([0, 0.1, 0.2]);
    expect(rates('text', 'words=0.2,inputs=0.4,recurrent=0.6')).toEqual([
      [0, 0.1, 0.2],
      [0, 0.2, 0.4],
      [0, 0.3, 0.6],
    ]);
  });

  it('are warned of where element-wise dropout is on feature maps, and nowhere else', () => {
    const advice = (model: ModelName, spec: string) =>
      adviseOn(networkOf(model, spec, 1, 'zeros')).map(({ name, layer }) => [name, layer]);
    expect(advice('cnn', 'elementwise=0.2,dropout=0.5')).toEqual([
      ['element-wise-on-feature-map', 'conv1.dropout'],
      ['element-wise-on-feature-map', 'conv2.dropout'],
    ]);
    expect(advice('allconv', 'elementwise=0.2')).toEqual([['element-wise-on-feature-map', 'conv5.dropout']]);
    for (const spec of ['spatial=0.2,dropout=0.5', 'dropblock=0.2,dropout=0.5'])
      expect(advice('cnn', spec)).toEqual([]);
    expect(advice('resnet20', 'depth=0.2,dropout=0.2')).toEqual([]);
    expect(advice('vit', 'dropout=0.1,attention=0.1,depth=0.1')).toEqual([]);
    expect(advice('text', 'words=0.1,inputs=0.25,recurrent=0.25,dropout=0.5')).toEqual([]);
  });

  it('are named for the kinds that they have a place for', () => {
    expect(modelsWith('spatial')).toEqual(['cnn', 'allconv', 'resnet20']);
    expect(modelsWith('standout')).toEqual(['mlp', 'cnn']);
    expect(modelsWith('alpha')).toEqual(['mlp', 'cnn', 'resnet20']);
    expect(modelsWith('attention')).toEqual(['vit']);
    expect(modelsWith('dropout')).toEqual(['mlp', 'cnn', 'resnet20', 'vit', 'text']);
    expect(modelsWith('recurrent')).toEqual(['text']);
  });

  it.each<[ModelName, string, string]>([
    ['cnn', 'spatial=1.5', 'rate is 1.5; it is the probability to drop'],
    ['cnn', 'dropblock=-1', 'rate is -1'],
    ['cnn', 'spatial=0.2,gaussian=1', 'its rate reaches 1'],
    ['resnet20', 'depth=2', 'rate is 2'],
    ['vit', 'attention=2', 'rate is 2'],
    ['vit', 'dropout=2', 'rate is 2'],
    ['text', 'words=2', 'embedding "words": rate is 2'],
    ['text', 'inputs=-1', 'rate is -1'],
    ['text', 'recurrent=2', 'rate is 2'],
  ])('%s of %j is refused before any data is read', (model, spec, message) => {
    const check = () => checkRates(parseArms([spec], { model }, 30), { model, hidden: [] });
    expect(check).toThrow(UsageError);
    expect(check).toThrow(message);
  });
});
