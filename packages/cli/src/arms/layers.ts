/** @file What each kind of dropout around dense layers is: a dense layer and the dropout of what it reads, and the activation. */
import type { DenseOptions, Layer, Rate } from 'thinnet';
import * as thinnet from 'thinnet';
import type { KindAt } from './kinds.js';
import { standoutBeta } from './standout.js';

/** A dense layer's place in a network. */
export interface Place {
  readonly units: number;
  readonly options: DenseOptions;
  /** Whether it reads the network's input, not a hidden layer. */
  readonly isFirst: boolean;
  /** Name of the dropout in front of it. */
  readonly dropout: string;
  /** Training examples. */
  readonly examples: number;
}

interface ArmLayers {
  /** The dense layer, and what is dropped of what it reads; the rate is a number where the kind takes no schedule. */
  readonly dense: (rate: Rate, place: Place) => readonly Layer[];
  /** A hidden layer's activation; as it is unless given. */
  readonly activation?: (activation: Layer, rate: number, name: string) => Layer;
}

const plainDense = ({ units, options }: Place): Layer => thinnet.dense(units, options);

/** A layer in front of the dense one. */
const inFront = <R extends Rate>(
  layer: (rate: R, options: { name: string; examples: number }) => Layer,
): ArmLayers => ({
  dense: (rate, place) => [
    layer(rate as R, { name: place.dropout, examples: place.examples }),
    plainDense(place),
  ],
});

const table: Readonly<Record<KindAt<'dense'>, ArmLayers>> = {
  dropout: inFront((rate, { name }) => thinnet.dropout(rate, { name })),
  standard: inFront<number>((rate, { name }) => thinnet.standardDropout(rate, { name })),
  gaussian: inFront((rate, { name }) => thinnet.gaussianDropout(rate, { name })),
  alpha: inFront((rate, { name }) => thinnet.alphaDropout(rate, { name })),
  batchwise: inFront((rate, { name }) => thinnet.batchwiseDropout(rate, { name })),
  'variational-gaussian': inFront<number>((rate, options) =>
    thinnet.variationalGaussianDropout(rate, options),
  ),
  dropconnect: { dense: (rate, { units, options }) => [thinnet.dropConnect(units, rate, options)] },
  // Its penalty is of the weights that read what it drops.
  concrete: {
    dense: (rate, place) => [
      thinnet.concreteDropout(
        rate as number,
        { name: place.dropout, examples: place.examples },
        plainDense(place),
      ),
    ],
  },
  // The input has no preactivation that could decide.
  standout: {
    dense: (rate, place) => [
      ...(place.isFirst ? [thinnet.dropout(rate, { name: place.dropout })] : []),
      plainDense(place),
    ],
    activation: (activation, rate, name) => thinnet.standout(activation, { name, beta: standoutBeta(rate) }),
  },
};

type Kind = KindAt<'dense'> | undefined;

/** A dense layer and the dropout in front of it; none without a kind, or on an input of rate 0, whatever the kind thinks of rate 0. */
export const denseWith = (kind: Kind, rate: Rate, place: Place): readonly Layer[] =>
  kind === undefined || (place.isFirst && rate === 0) ? [plainDense(place)] : table[kind].dense(rate, place);

/** A hidden layer's activation, with what the kind makes of it. */
export const activationWith = (kind: Kind, activation: Layer, rate: number, name: string): Layer =>
  (kind === undefined ? undefined : table[kind].activation?.(activation, rate, name)) ?? activation;
