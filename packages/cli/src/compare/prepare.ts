/** @file One seed's data, the same for all arms: the subset drawn, the validation examples set apart. */

import type { Dataset, Split, TrainingData } from 'thinnet';
import { balancedSubset, isTextDataset, standardization, stratifiedSplit, ThinnetError } from 'thinnet';
import type { SharedSettings } from 'thinnet-runs';
import type { NetworkInput } from '../arms/network.js';
import { UsageError } from '../usage-error.js';

export interface PreparedData {
  readonly data: TrainingData;
  readonly input: NetworkInput;
}

type Draw = Pick<SharedSettings, 'subset' | 'validation'>;

/** Before anything is begun. Errors: UsageError of what cannot be drawn from the data with the first seed. */
export function refuseUndrawable(split: Split, settings: Draw & Pick<SharedSettings, 'seedFrom'>): void {
  try {
    drawn(split, settings, settings.seedFrom);
  } catch (error) {
    if (error instanceof ThinnetError) throw new UsageError(error.message);
    throw error;
  }
}

/** The training examples of a seed, and those set apart for validation. */
function drawn(
  split: Split,
  { subset, validation }: Draw,
  seed: number,
): { readonly train: Dataset; readonly validation?: Dataset } {
  if (split.train.classes === 0) {
    throw new ThinnetError(`${split.train.name}: its labels are numbers, not classes; compare needs classes`);
  }
  const subsetOf = subset === null ? split.train : balancedSubset(split.train, subset, seed);
  if (validation === 0) return { train: subsetOf };
  const { train, test } = stratifiedSplit(subsetOf, validation, seed);
  return { train, validation: test };
}

/** Errors: data without classes; a subset larger than the data. */
export function prepareData(split: Split, settings: Draw, seed: number): PreparedData {
  const parts = drawn(split, settings, seed);
  const { train } = parts;
  return {
    data: { ...parts, test: split.test },
    input: {
      shape: train.shape,
      classes: train.classes,
      examples: train.length,
      ...(isTextDataset(train)
        ? { words: train.vocabulary.words.length }
        : { scale: standardization(train) }),
    },
  };
}
