/** @file What the hidden units of a trained network are like: how they correlate, and how many are at rest. */
import { type Dataset, GraphBuilder } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { featuresOf, outputsOf } from '../predict.js';
import { floats, numbersOf, reading, runOnce } from '../run.js';
import type { Trained } from '../train.js';
import { hidden } from './pairs.js';

export const layers = ['hidden1', 'hidden2'] as const;

export interface LayerOfUnits {
  /** Mean |correlation| of two units of the layer, over all pairs of units that vary at all. */
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
  const found: LayerOfUnits[] = [];
  for (const layer of layers) found.push(await layerOf(laboratory, active[`read.${layer}`] as Float32Array));
  return found;
}

async function layerOf(laboratory: Laboratory, active: Float32Array): Promise<LayerOfUnits> {
  const inactive = active.filter((a) => a === 0).length / active.length;
  const { normalised, varying } = normalise(active);
  const correlations = await innerProducts(laboratory, normalised);
  let sum = 0;
  for (let i = 0; i < hidden; i++)
    for (let j = 0; j < i; j++) sum += Math.abs(correlations[i * hidden + j] as number);
  const corner = Array.from({ length: shownUnits }, (_, i) =>
    Array.from(correlations.subarray(i * hidden, i * hidden + shownUnits)),
  ).flat();
  return { correlation: sum / ((varying * (varying - 1)) / 2), inactive, corner };
}

/** Each unit's activations with mean 0 and length 1; a unit that never varies becomes 0 and is not counted. */
function normalise(active: Float32Array): { readonly normalised: Float32Array; readonly varying: number } {
  const images = active.length / hidden;
  const normalised = new Float32Array(active.length);
  let varying = 0;
  for (let unit = 0; unit < hidden; unit++) {
    let [sum, squares] = [0, 0];
    for (let i = unit; i < active.length; i += hidden) sum += active[i] as number;
    const mean = sum / images;
    for (let i = unit; i < active.length; i += hidden) squares += ((active[i] as number) - mean) ** 2;
    if (squares === 0) continue;
    varying++;
    for (let i = unit; i < active.length; i += hidden)
      normalised[i] = ((active[i] as number) - mean) / Math.sqrt(squares);
  }
  return { normalised, varying };
}

/** AᵀA of A [images, units]. */
async function innerProducts(laboratory: Laboratory, a: Float32Array): Promise<Float32Array> {
  const b = new GraphBuilder('correlations');
  const x = b.input('a', 'float32', ['N', hidden]);
  b.output(
    b.op('MatMul', [b.op('Transpose', [x], { perm: { type: 'ints', value: [1, 0] } }), x]),
    'products',
  );
  const results = await runOnce(laboratory, b.build(), { a: floats([a.length / hidden, hidden], a) });
  return numbersOf(results, 'products');
}
