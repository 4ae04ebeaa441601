/** @file What each kind of arm puts into a dense network: a dense layer with the dropout of what it reads, and the activation. */

import type { DenseOptions, Layer } from 'thinnet';
import * as thinnet from 'thinnet';
import type { ArmKind } from '../settings/kinds.js';

/** A dense layer's place in a network. */
export interface Place {
  readonly units: number;
  readonly options: DenseOptions;
  /** Whether it reads the input, not a hidden layer. */
  readonly isFirst: boolean;
  /** Name of the dropout in front of it. */
  readonly dropout: string;
  /** Training examples. */
  readonly examples: number;
}

export interface KindLayers {
  readonly dense: (rate: number, place: Place) => readonly Layer[];
  /** A hidden layer's activation; as it is unless given. */
  readonly activation?: (activation: Layer, rate: number, name: string) => Layer;
}

export const plain = ({ units, options }: Place): Layer => thinnet.dense(units, options);

const inFront = (
  layer: (rate: number, options: { readonly name: string; readonly examples: number }) => Layer,
): KindLayers => ({
  dense: (rate, place) => [layer(rate, { name: place.dropout, examples: place.examples }), plain(place)],
});

/** Alpha dropout's shift is a constant of the graph unless its rate is a schedule: one that stands still can be changed. */
const still = (rate: number) => thinnet.linearRate(rate, rate, 1);

/** β for which a unit of preactivation 0 is dropped with probability `rate`: 1 − sigmoid(β) = rate. */
const standoutBeta = (rate: number): number => Math.log((1 - rate) / rate);

/** The kinds that have a place in a dense network. */
export const denseKinds: Readonly<Partial<Record<ArmKind, KindLayers>>> = {
  none: { dense: (_rate, place) => [plain(place)] },
  dropout: inFront((rate, { name }) => thinnet.dropout(rate, { name })),
  standard: inFront((rate, { name }) => thinnet.standardDropout(rate, { name })),
  gaussian: inFront((rate, { name }) => thinnet.gaussianDropout(rate, { name })),
  alpha: inFront((rate, { name }) => thinnet.alphaDropout(still(rate), { name })),
  batchwise: inFront((rate, { name }) => thinnet.batchwiseDropout(rate, { name })),
  dropconnect: { dense: (rate, { units, options }) => [thinnet.dropConnect(units, rate, options)] },
  // Its penalty is of the weights that read what it drops.
  concrete: {
    dense: (rate, place) => [
      thinnet.concreteDropout(rate, { name: place.dropout, examples: place.examples }, plain(place)),
    ],
  },
  'variational-gaussian': inFront((rate, options) => thinnet.variationalGaussianDropout(rate, options)),
  // The input has no preactivation that could decide.
  standout: {
    dense: (rate, place) =>
      place.isFirst ? [thinnet.dropout(rate, { name: place.dropout }), plain(place)] : [plain(place)],
    activation: (activation, rate, name) => thinnet.standout(activation, { name, beta: standoutBeta(rate) }),
  },
};

/** The kinds that have a place between the feature maps of a convolutional network. */
export const mapKinds: Readonly<Partial<Record<ArmKind, (rate: number, name: string) => Layer>>> = {
  dropout: (rate, name) => thinnet.dropout(rate, { name }),
  standard: (rate, name) => thinnet.standardDropout(rate, { name }),
  spatial: (rate, name) => thinnet.spatialDropout(rate, { name }),
  dropblock: (rate, name) => thinnet.dropBlock(rate, { blockSize: 3, name }),
  gaussian: (rate, name) => thinnet.gaussianDropout(rate, { name }),
};
