/** @file What the hidden units of a trained network are like: how they correlate, and how many are at rest. */
import { type Dataset, inactiveShare, unitCorrelations } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { featuresOf, outputsOf } from '../predict.js';
import { reading } from '../run.js';
import type { Trained } from '../train.js';
import { hidden } from './pairs.js';

export const layers = ['hidden1', 'hidden2'] as const;

export interface LayerOfUnits {
  /** Mean |correlation| of two units of the layer, over all pairs of units that vary at all; NaN where fewer than two do. */
  readonly correlation: number;
  /** Mean share of units that are 0 for an image. */
  readonly inactive: number;
  /** Correlations of the first units, row-major. */
  readonly corner: readonly number[];
}

/** How many units the picture of correlations shows. */
export const shownUnits = 48;

/** Both hidden layers at inference, over a set of images. */
export async function unitsOf(
  laboratory: Laboratory,
  { network }: Trained,
  images: Dataset,
): Promise<readonly LayerOfUnits[]> {
  const names = Object.fromEntries(layers.map((layer) => [`read.${layer}`, `${layer}.active`]));
  const read = { ...network, graph: reading(network.graph, names) };
  const active = await outputsOf(
    laboratory,
    laboratory.dropout.meanProgram(read),
    images,
    featuresOf(images),
    Object.keys(names),
  );
  return layers.map((layer) => layerOf(active[`read.${layer}`] as Float32Array));
}

function layerOf(active: Float32Array): LayerOfUnits {
  const { matrix, meanAbsolute } = unitCorrelations(active, hidden);
  const corner = Array.from({ length: shownUnits }, (_, i) =>
    Array.from(matrix.subarray(i * hidden, i * hidden + shownUnits)),
  ).flat();
  return { correlation: meanAbsolute ?? Number.NaN, inactive: inactiveShare(active), corner };
}
