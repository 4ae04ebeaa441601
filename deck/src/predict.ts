/** @file A program's outputs for a set of examples, in batches. */
import { classificationScore, type Dataset, type Graph, type Score, type TensorValue } from 'thinnet';
import type { Laboratory } from './laboratory.js';
import { floats, numbersOf, withProgram } from './run.js';

const batchSize = 500;

/** What else a program is fed for a batch of so many examples: its noise. */
export type FurtherFeeds = (examples: number) => Readonly<Record<string, TensorValue>>;

/** The features of a set as float32, row-major. */
export const featuresOf = ({ features }: Dataset): Float32Array =>
  features instanceof Float32Array ? features : Float32Array.from(features);

/** Each named output [examples, …] of a graph for a set of examples. */
export async function outputsOf(
  laboratory: Laboratory,
  graph: Graph,
  { length, shape }: Pick<Dataset, 'length' | 'shape'>,
  features: Float32Array,
  outputs: readonly string[] = ['y'],
  further: FurtherFeeds = () => ({}),
): Promise<Readonly<Record<string, Float32Array>>> {
  const width = features.length / length;
  const parts = new Map<string, Float32Array[]>(outputs.map((name) => [name, []]));
  await withProgram(laboratory, graph, async (program) => {
    for (let at = 0; at < length; at += batchSize) {
      laboratory.signal?.throwIfAborted();
      const count = Math.min(batchSize, length - at);
      // A copy: the set's own memory may be shared, which ONNX Runtime does not take.
      const batch = Float32Array.from(features.subarray(at * width, (at + count) * width));
      const results = await program.run({ x: floats([count, ...shape], batch), ...further(count) });
      for (const name of outputs) parts.get(name)?.push(numbersOf(results, name));
    }
  });
  return Object.fromEntries([...parts].map(([name, arrays]) => [name, joined(arrays)]));
}

/** Loss and error of a graph's output `y`, logits, on a set. */
export async function scoreOf(
  laboratory: Laboratory,
  graph: Graph,
  dataset: Dataset,
  features = featuresOf(dataset),
  further?: FurtherFeeds,
): Promise<Score> {
  const { y } = await outputsOf(laboratory, graph, dataset, features, ['y'], further);
  return classificationScore(y as Float32Array, dataset.labels as Int32Array, dataset.classes);
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
