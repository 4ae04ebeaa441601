/** @file The networks of the two cards: one of convolutions alone, with dropout ahead of its first 1 × 1 convolution, and a dense one. */
import {
  allConvolutional,
  type Dataset,
  dense,
  dropBlock,
  dropout,
  flatten,
  type Layer,
  type Network,
  network,
  relu,
  spatialDropout,
  standardization,
  standardize,
} from 'thinnet';

/** Squares of this side on maps of 7 × 7. */
export const blockSize = 3;

/** A correlation from which on one speaks of a strong one (Cohen 1988: large). */
export const strong = 0.5;

/** What stands ahead of the 1 × 1 convolution. */
export const arms = {
  none: { title: 'none', layer: undefined },
  elementWise: { title: 'element-wise', layer: (rate: number, name: string) => dropout(rate, { name }) },
  spatial: { title: 'spatial', layer: (rate: number, name: string) => spatialDropout(rate, { name }) },
  dropBlock: {
    title: 'DropBlock',
    layer: (rate: number, name: string) => dropBlock(rate, { blockSize, name }),
  },
} as const satisfies Record<string, Arm>;

interface Arm {
  readonly title: string;
  readonly layer: ((rate: number, name: string) => Layer) | undefined;
}

export type ArmName = keyof typeof arms;
/** The arms that drop something. */
export type DropoutName = Exclude<ArmName, 'none'>;

export const armNames = Object.keys(arms) as ArmName[];
export const dropoutNames = armNames.filter((name): name is DropoutName => name !== 'none');

/** Filters of the three stages: the last one's maps are those that dropout works on. */
export type Widths = readonly [number, number, number];

/** The layer whose filter reads what dropout leaves, and the layer in its place in the dense network. */
export const pointwise = 'conv6';
export const denseLayer = 'hidden2';

/** 3 × 3 convolutions, dropout, two 1 × 1 convolutions, the mean of each map: nothing behind the dropout knows places. */
export function convolutional(
  arm: ArmName,
  rate: number,
  widths: Widths,
  images: Dataset,
  seed: number,
): Network {
  const { layer } = arms[arm];
  const { mean, std } = standardization(images);
  return network(
    { input: images.shape, seed },
    standardize(mean, std),
    allConvolutional({
      classes: images.classes,
      widths,
      mapDropout: layer && ((name) => layer(rate, name)),
    }),
  );
}

/** 784-`units`-`units`-10 with dropout between the two hidden layers. */
export function fullyConnected(rate: number, units: number, images: Dataset, seed: number): Network {
  const { mean, std } = standardization(images);
  return network(
    { input: images.shape, seed },
    standardize(mean, std),
    flatten(),
    dense(units, { name: 'hidden1' }),
    relu(),
    dropout(rate, { name: 'dropout' }),
    dense(units, { name: denseLayer }),
    relu(),
    dense(images.classes, { name: 'output' }),
  );
}
