/** @file What each kind of dropout of feature maps is, as a layer. */
import type { Layer, Rate } from 'thinnet';
import * as thinnet from 'thinnet';
import type { KindAt } from './kinds.js';

interface MapOptions {
  readonly name: string;
  readonly blockSize: number;
}

const table: Readonly<Record<KindAt<'maps'>, (rate: Rate, options: MapOptions) => Layer>> = {
  elementwise: (rate, { name }) => thinnet.dropout(rate, { name }),
  spatial: (rate, { name }) => thinnet.spatialDropout(rate, { name }),
  dropblock: (rate, options) => thinnet.dropBlock(rate, options),
};

/** The layer that drops of a feature map. Errors: a rate outside [0, 1]. */
export const mapDropout = (kind: KindAt<'maps'>, rate: Rate, options: MapOptions): Layer =>
  table[kind](rate, options);
