/** @file What is said of a comparison before it begins. */
import { countVocabulary, textDataset } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { fakeSplit } from '../testing/fake-trainer.js';
import { vocabularyInWords } from './plan.js';

const texts = ['a cat', 'a dog', 'a bird', 'a cat'];
const train = textDataset(
  { name: 'f.csv', length: 4, texts, labels: Int32Array.of(0, 1, 0, 1), classes: 2, classNames: ['x', 'y'] },
  countVocabulary(texts),
);

describe('that words are known which a seed may not have in its texts', () => {
  it.each([
    { subset: 2, validation: 0 },
    { subset: null, validation: 0.5 },
    { subset: 4, validation: 0.5 },
  ])('is said where each seed takes a part of the training texts: %j', (settings) => {
    expect(vocabularyInWords(settings, train)).toEqual([
      'The words are those of all 4 training texts, of which each seed takes a part: known words that are in none of its texts keep the random vectors that they begin with.',
    ]);
  });

  it('is not said where a seed takes all of them, or of data without words', () => {
    for (const subset of [null, 4]) expect(vocabularyInWords({ subset, validation: 0 }, train)).toEqual([]);
    expect(vocabularyInWords({ subset: 2, validation: 0.5 }, fakeSplit().train)).toEqual([]);
  });
});
