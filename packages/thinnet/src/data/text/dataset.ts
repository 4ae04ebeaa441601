/** @file Texts with their classes, and the dataset that a vocabulary makes of them. */
import { ThinnetError } from '../../error.js';
import type { Dataset, Labelled } from '../dataset.js';
import { stratifiedIndices } from '../split.js';
import { takeRows } from '../take.js';
import { eachText } from './check.js';
import { encodeTexts } from './encode.js';
import type { Vocabulary } from './vocabulary.js';

/** Texts, each with its class. */
export interface LabelledTexts extends Labelled {
  readonly texts: readonly string[];
  /** Class numbers [length]. */
  readonly labels: Int32Array;
  readonly classNames: readonly string[];
}

/** Word numbers [length, T], that are not to be standardised, with the vocabulary that says whose they are. */
export interface TextDataset extends Dataset {
  readonly vocabulary: Vocabulary;
}

/** Whether a dataset's features are word numbers. */
export const isTextDataset = (dataset: Dataset): dataset is TextDataset => 'vocabulary' in dataset;

/**
 * Sets a share of each class's texts apart, as `stratifiedSplit` does of other examples: the same share and seed set the
 * same ones apart. To be done ahead of `countVocabulary`, which must not see the test texts.
 *
 * Errors: a share out of range; a class with fewer than two texts; another number of texts or labels than `length`.
 */
export function splitTexts<T extends LabelledTexts>(
  all: T,
  share = 0.2,
  seed = 0,
): { readonly train: T; readonly test: T } {
  checkLabelledTexts(all);
  const { train, test } = stratifiedIndices(all, share, seed);
  const part = (indices: readonly number[]): T => ({
    ...all,
    length: indices.length,
    texts: indices.map((i) => all.texts[i] as string),
    labels: takeRows(all.labels, 1, indices),
  });
  return { train: part(train), test: part(test) };
}

/**
 * The dataset of texts by a vocabulary: features are word numbers [n, T] as `encodeTexts` gives them.
 *
 * Errors: another number of texts or labels than `length`.
 */
export function textDataset(all: LabelledTexts, vocabulary: Vocabulary): TextDataset {
  checkLabelledTexts(all);
  const { name, length, texts, labels, classes, classNames } = all;
  const features = encodeTexts(texts, vocabulary);
  return { name, length, shape: [vocabulary.length], features, labels, classes, classNames, vocabulary };
}

/** Errors: something else than a list of texts; another number of texts or of labels than `length`. */
function checkLabelledTexts({ name, length, texts, labels }: LabelledTexts): void {
  const count = [...eachText(name, texts)].length;
  if (count !== length || labels.length !== length)
    throw new ThinnetError(
      `${name}: length is ${length}, but there are ${count} texts and ${labels.length} labels; give each text its label`,
    );
}
