/** @file A training and a test set out of one set of examples. */
import { ThinnetError } from '../error.js';
import { permutations } from '../noise/counter.js';
import { permutation } from '../noise/random.js';
import type { Dataset, Labelled, Split } from './dataset.js';
import { examplesByClass, showClass, takeExamples } from './take.js';

/**
 * Splits a dataset so that each class (regression: the whole) gives the same share of its examples to the test set:
 * round(share · examples of the class), but at least one and not all. Pure: equal arguments, equal sets. Both sets keep
 * the order of the examples and the dataset's name.
 *
 * @param share of the test set, above 0 and below 1
 * @param seed 0 to 2^53 − 1. The default, 0, is as good as any: it makes the split the same for all who say nothing; name
 *   the seed where several splits are compared
 *
 * Errors: a share out of range; a class with fewer than two examples.
 */
export function stratifiedSplit(dataset: Dataset, share = 0.2, seed = 0): Split {
  const { train, test } = stratifiedIndices(dataset, share, seed);
  return { train: takeExamples(dataset, train), test: takeExamples(dataset, test) };
}

/** The numbers of the examples in either set, ascending. */
export function stratifiedIndices(
  examples: Labelled,
  share: number,
  seed: number,
): { readonly train: readonly number[]; readonly test: readonly number[] } {
  const { name, classes } = examples;
  if (!(share > 0 && share < 1))
    throw new ThinnetError(
      `${name}: share of the test set is ${share}; it must be above 0 and below 1, such as 0.2`,
    );
  const train: number[] = [];
  const test: number[] = [];
  examplesByClass(examples).forEach((group, c) => {
    if (group.length < 2) {
      const found = classes === 0 ? 'there is' : `${showClass(examples, c)} has`;
      throw new ThinnetError(
        `${name}: ${found} ${group.length} example(s); a split into training and test set needs 2`,
      );
    }
    const testCount = Math.min(Math.max(Math.round(share * group.length), 1), group.length - 1);
    permutation(group.length, seed, permutations.split + c).forEach((drawn, place) => {
      (place < testCount ? test : train).push(group[drawn] as number);
    });
  });
  const ascending = (a: number, b: number) => a - b;
  return { train: train.sort(ascending), test: test.sort(ascending) };
}
