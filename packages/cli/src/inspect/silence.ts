/** @file The names that `--silence` takes. */
import { type AdviceName, adviceNames } from 'thinnet';
import { oneOf } from '../options/values.js';

const name = oneOf(adviceNames);

/** Errors: UsageError. */
export const silenced = (words: readonly string[]): readonly AdviceName[] =>
  words.map((word) => name.parse(word, '--silence'));
