/** @file The kinds whose noise can be looked at: for each, the library's layer that draws it and what the numbers are. */
import type { Layer, NoiseKind } from 'thinnet';
import * as thinnet from 'thinnet';
import { standoutBeta } from '../arms/standout.js';
import type { Meaning } from './meanings.js';
import type { MaskKindName } from './names.js';

export interface MaskKind {
  /** The kind's name in the library. */
  readonly kind: NoiseKind;
  readonly meaning: Meaning;
  /** How many axes the shape may have; the layer itself may ask for more. */
  readonly rank: readonly [least: number, most: number];
  /** The layer, and the shape of an example that it takes. */
  readonly layer: (rate: number, shape: readonly number[], blockSize: number) => Layer;
  readonly input: (shape: readonly number[]) => readonly number[];
}

/** A layer that drops within its input, an activation [N, …]. */
const ofActivation = (
  kind: NoiseKind,
  layer: (rate: number, blockSize: number) => Layer,
  meaning: Meaning = 'mask',
): MaskKind => ({
  kind,
  meaning,
  rank: [2, 8],
  layer: (rate, _shape, blockSize) => layer(rate, blockSize),
  input: (shape) => shape.slice(1),
});

/** Layers that learn their rate weigh it against the number of training examples, which their noise does not depend on. */
const learned = { examples: 1 };

/** By the name on the command line. */
export const maskKinds: Readonly<Record<MaskKindName, MaskKind>> = {
  dropout: ofActivation('dropout', (rate) => thinnet.dropout(rate)),
  standard: ofActivation('standard', (rate) => thinnet.standardDropout(rate)),
  gaussian: ofActivation('gaussian', (rate) => thinnet.gaussianDropout(rate), 'gaussian'),
  alpha: ofActivation('alpha', (rate) => thinnet.alphaDropout(rate)),
  'feature-alpha': ofActivation('featureAlpha', (rate) => thinnet.featureAlphaDropout(rate)),
  spatial: ofActivation('spatial', (rate) => thinnet.spatialDropout(rate)),
  dropblock: ofActivation('dropblock', (rate, blockSize) => thinnet.dropBlock(rate, { blockSize })),
  variational: ofActivation('variational', (rate) => thinnet.variationalDropout(rate)),
  depth: ofActivation('depth', (rate) => thinnet.dropPath(rate)),
  attention: ofActivation('attention', (rate) => thinnet.attentionDropout(rate)),
  batchwise: ofActivation('batchwise', (rate) => thinnet.batchwiseDropout(rate)),
  dropconnect: {
    kind: 'dropconnect',
    meaning: 'mask',
    rank: [2, 2],
    layer: (rate, [, units = 0]) => thinnet.dropConnect(units, rate, { init: thinnet.zeros() }),
    input: ([features = 0]) => [features],
  },
  embedding: {
    kind: 'embedding',
    meaning: 'mask',
    rank: [2, 2],
    layer: (rate, [vocabulary = 0, units = 0]) =>
      thinnet.embedding(vocabulary, units, { rate, init: thinnet.zeros() }),
    input: () => [1],
  },
  concrete: ofActivation('concrete', (rate) => thinnet.concreteDropout(rate, learned), 'uniform'),
  'variational-gaussian': ofActivation(
    'variationalGaussian',
    (rate) => thinnet.variationalGaussianDropout(rate, learned),
    'normal',
  ),
  standout: ofActivation(
    'standout',
    (rate) => thinnet.standout(thinnet.relu(), { beta: standoutBeta(rate) }),
    'uniform',
  ),
};
