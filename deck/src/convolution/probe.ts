/** @file Reading what a layer is given: the feature maps ahead of the 1 × 1 convolution, the units ahead of a dense layer. */
import { balancedSubset, type Dataset, type Graph, type Network, type Node } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { featuresOf, outputsOf } from '../predict.js';
import { reading } from '../run.js';
import { type Maps, mapsOf } from './maps.js';
import { pointwise } from './network.js';

/** The node that applies a layer's weight. */
export function nodeOf(graph: Graph, layer: string): Node {
  const node = graph.nodes.find(({ inputs }) => inputs[1] === `${layer}.weight`);
  if (node === undefined) throw new Error(`graph "${graph.name}" has no layer "${layer}"`);
  return node;
}

/** The name and the static shape, behind the batch axis, of what a layer is given. */
export function inputOf(
  graph: Graph,
  layer: string,
): { readonly name: string; readonly shape: readonly number[] } {
  const [name = ''] = nodeOf(graph, layer).inputs;
  const shape = graph.values
    .find((value) => value.name === name)
    ?.shape?.slice(1)
    .map(Number);
  if (shape === undefined) throw new Error(`graph "${graph.name}": nothing is known of "${name}"`);
  return { name, shape };
}

/** What a layer is given at inference, [images, …shape], row-major. */
export async function layerInput(
  laboratory: Laboratory,
  network: Network,
  layer: string,
  images: Dataset,
): Promise<Float32Array> {
  const mean = laboratory.dropout.meanProgram(network);
  const read = reading(mean, { read: inputOf(mean, layer).name });
  const { read: values } = await outputsOf(laboratory, read, images, featuresOf(images), ['read']);
  return values as Float32Array;
}

/** The maps that the first 1 × 1 convolution is given, with dropout off. */
export async function featureMaps(laboratory: Laboratory, network: Network, images: Dataset): Promise<Maps> {
  const [channels = 0, height = 0, width = 0] = inputOf(network.graph, pointwise).shape;
  return mapsOf(await layerInput(laboratory, network, pointwise, images), { channels, height, width });
}

/** So many examples, equally many of each class; all where there are no more. */
export const subset = (dataset: Dataset, size: number, seed = 0): Dataset =>
  size < dataset.length ? balancedSubset(dataset, size, seed) : dataset;
