import { describe, expect, it } from 'vitest';
import type { RunConfig } from './config.js';
import { settingsInWords } from './settings-in-words.js';

const ofTexts = (drawn: { readonly subset: number | null; readonly validation: number }) =>
  ({
    settings: {
      model: 'text',
      text: 'message',
      hidden: [],
      arms: ['none'],
      rateSchedule: 'constant',
      ...drawn,
    },
    data: { name: 'a.csv', train: 4000, test: 1000, classes: 2, shape: [12], words: 1947 },
    given: {},
    arms: [],
  }) as unknown as RunConfig;

describe('the settings of a run of texts', () => {
  it.each([
    [{ subset: null, validation: 0 }, 'the training texts'],
    [{ subset: 4000, validation: 0 }, 'the training texts'],
    [{ subset: 1000, validation: 0 }, 'all 4,000 training texts'],
    [{ subset: null, validation: 0.1 }, 'all 4,000 training texts'],
  ])('say of which texts the words are: %j', (drawn, which) => {
    expect(Object.fromEntries(settingsInWords(ofTexts(drawn), 'texts')).Texts).toBe(
      `column message; 1,947 words known, counted on ${which}; the first 12 words of each text are read`,
    );
  });
});
