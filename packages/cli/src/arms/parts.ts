/** @file What the models write an arm's network with: its dropout, as layers for each kind of place. */

import type { Init, Layer, Placement, Rate } from 'thinnet';
import * as thinnet from 'thinnet';
import type { SharedSettings } from 'thinnet-runs';
import type { Arm } from './arm.js';
import { dropAt } from './arm.js';
import type { DropKind, DropPlace } from './kinds.js';
import { takesSchedule } from './kinds.js';
import type { Place } from './layers.js';
import { activationWith, denseWith } from './layers.js';
import { mapDropout } from './maps.js';
import { armRate } from './plan.js';

/** What a network must know of the data. */
export interface NetworkInput {
  /** Shape of one example. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** Training examples. */
  readonly examples: number;
  /** How the first layer standardises the features; word numbers it leaves as they are. */
  readonly scale?: { readonly mean: number | ArrayLike<number>; readonly std: number | ArrayLike<number> };
  /** Of texts, how many word numbers there are. */
  readonly words?: number;
}

export type NetworkSettings = Pick<SharedSettings, 'model' | 'hidden' | 'activation' | 'batch'>;

export type InitName = 'heNormal' | 'lecunNormal' | 'glorotNormal';

/** A dense layer that the arm may have dropout ahead of. */
export interface DenseLayer {
  /** Its number among the layers with a weight and a bias each, from 0: by it the weights are drawn. */
  readonly number: number;
  readonly units: number;
  readonly name: string;
  readonly init: InitName;
  /** Name of the dropout ahead of it. */
  readonly dropout: string;
  /** Whether it reads the network's input, of which the input rate is dropped. */
  readonly isFirst?: boolean;
}

/** An arm's dropout as layers; where it has none at a place, the layer alone. */
export interface Parts {
  readonly settings: NetworkSettings;
  readonly input: NetworkInput;
  /** The dropout ahead of a dense layer, and the layer: some kinds concern its weights. */
  dense(layer: DenseLayer): readonly Layer[];
  /** The activation whose output the dropout of that name is for: some kinds concern it too. */
  activation(layer: Layer, dropout: string): Layer;
  readonly maps: Placement | undefined;
  /** The rate at a place of whose kinds the model has only one; 0 where the arm drops nothing. */
  rateAt(place: DropPlace): Rate;
  /** The rates of so many residual branches or blocks, growing linearly up to the arm's. */
  branches(blocks: number): readonly Rate[];
}

export function partsOf(
  arm: Arm,
  settings: NetworkSettings,
  input: NetworkInput,
  weights: 'drawn' | 'zeros',
): Parts {
  const { training } = arm;
  const [atDense, atMaps] = [dropAt(arm, 'dense'), dropAt(arm, 'maps')];
  const stepsPerEpoch = Math.ceil(input.examples / settings.batch);
  const rateOf = (kind: DropKind, rate: number): Rate =>
    takesSchedule(kind) ? armRate(rate, training, stepsPerEpoch) : rate;
  const begin = (name: InitName, number: number): Init =>
    weights === 'zeros' ? thinnet.zeros() : numbered(thinnet[name](), 2 * number);
  return {
    settings,
    input,
    dense({ number, init, isFirst = false, ...layer }) {
      const place = placeOf({ ...layer, isFirst, init: begin(init, number), examples: input.examples });
      if (atDense === undefined) return denseWith(undefined, 0, place);
      return denseWith(
        atDense.kind,
        rateOf(atDense.kind, isFirst ? training.inputRate : atDense.rate),
        place,
      );
    },
    activation: (layer, dropout) => activationWith(atDense?.kind, layer, atDense?.rate ?? 0, dropout),
    maps:
      atMaps &&
      ((name) =>
        mapDropout(atMaps.kind, rateOf(atMaps.kind, atMaps.rate), { name, blockSize: training.blockSize })),
    rateAt(place) {
      const drop = dropAt(arm, place);
      return drop === undefined ? 0 : rateOf(drop.kind, drop.rate);
    },
    branches: (blocks) =>
      thinnet
        .linearDepthRates(blocks, dropAt(arm, 'branches')?.rate ?? 0)
        .map((rate) => rateOf('depth', rate)),
  };
}

/** A dense layer's place, with the layer's own options apart. */
export const placeOf = ({
  name,
  init,
  isFirst = false,
  ...place
}: Omit<Place, 'options' | 'isFirst'> & {
  readonly name: string;
  readonly init: Init;
  readonly isFirst?: boolean;
}): Place => ({ ...place, isFirst, options: { name, init } });

/** Begins as the parameter of this number would, whatever its number in the network is. */
const numbered =
  (init: Init, number: number): Init =>
  (out, fans, seed) =>
    init(out, fans, seed, number);
