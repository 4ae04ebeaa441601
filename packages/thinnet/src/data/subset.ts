/** @file A smaller training set with as many examples of each class. */
import { ThinnetError } from '../error.js';
import { permutations } from '../noise/counter.js';
import { permutation } from '../noise/random.js';
import type { Dataset } from './dataset.js';
import { examplesByClass, showClass, takeExamples } from './take.js';

/**
 * The fixed subset of `size` examples under `seed`, the same number of each class up to rounding (regression: just
 * `size` examples). Pure: equal arguments, equal examples, in equal order. Nested: the subset of m examples is the
 * first m examples of the subset of n ≥ m, so learning curves over sizes compare like with like.
 * `size` = all examples returns the dataset as it is, balanced or not.
 *
 * The draw: each class's examples in a random order; round r takes the r-th of each class, in a random order of classes.
 *
 * @param size from the number of classes to classes × the smallest class's examples; or all examples
 * @param seed 0 to 2^53 − 1. The default, 0, is as good as any: it makes the subset the same for all who say nothing; name
 *   the seed where several subsets are compared
 *
 * Errors: a size that isn't an integer in range, or that the smallest class has too few examples for.
 */
export function balancedSubset(dataset: Dataset, size: number, seed = 0): Dataset {
  const { name, length, classes } = dataset;
  const groups = examplesByClass(dataset);
  const least = groups.length;
  if (!Number.isInteger(size) || size < least || size > length) {
    const why =
      classes === 0 ? `${length} examples to draw from` : `${classes} classes and ${length} examples`;
    throw new ThinnetError(
      `${name}: subset of ${size} examples; with ${why} it must be an integer from ${least} to ${length}`,
    );
  }
  if (size === length) return dataset;

  checkSmallest(dataset, size, groups);

  const classOrder = permutation(groups.length, seed, permutations.subset);
  const orders = groups.map((group, c) => permutation(group.length, seed, permutations.subset + 1 + c));
  const indices = new Uint32Array(size);
  for (let i = 0; i < size; i++) {
    const c = classOrder[i % groups.length] as number;
    const drawn = orders[c]?.[Math.floor(i / groups.length)] as number;
    indices[i] = groups[c]?.[drawn] as number;
  }
  return takeExamples(dataset, indices);
}

function checkSmallest(dataset: Dataset, size: number, groups: readonly number[][]): void {
  const smallest = Math.min(...groups.map((group) => group.length));
  const most = smallest * groups.length;
  if (size <= most) return;
  const c = groups.findIndex((group) => group.length === smallest);
  const remedy =
    most === 0 ? 'declare only classes that occur' : `take at most ${most}, or all ${dataset.length}`;
  throw new ThinnetError(
    `${dataset.name}: no balanced subset of ${size} examples: ${showClass(dataset, c)} has only ${smallest}; ${remedy}`,
  );
}
