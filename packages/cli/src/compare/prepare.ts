/** @file One seed's data, the same for all arms: the subset drawn, the validation examples set apart. */

import type { Dataset, Split, TrainingData } from 'thinnet';
import { balancedSubset, standardization, stratifiedSplit, ThinnetError } from 'thinnet';
import type { NetworkInput } from '../arms/network.js';
import type { SharedSettings } from '../options/settings.js';

export interface PreparedData {
  readonly data: TrainingData;
  readonly input: NetworkInput;
}

/** Errors: data without classes; a subset larger than the data. */
export function prepareData(
  split: Split,
  { subset, validation }: Pick<SharedSettings, 'subset' | 'validation'>,
  seed: number,
): PreparedData {
  if (split.train.classes === 0) {
    throw new ThinnetError(`${split.train.name}: its labels are numbers, not classes; compare needs classes`);
  }
  const drawn = subset === null ? split.train : balancedSubset(split.train, subset, seed);
  const parts: { train: Dataset; test?: Dataset } =
    validation === 0 ? { train: drawn } : stratifiedSplit(drawn, validation, seed);
  const { mean, std } = standardization(parts.train);
  return {
    data: { train: parts.train, test: split.test, ...(parts.test ? { validation: parts.test } : {}) },
    input: {
      shape: split.train.shape,
      classes: split.train.classes,
      examples: parts.train.length,
      mean,
      std,
    },
  };
}
