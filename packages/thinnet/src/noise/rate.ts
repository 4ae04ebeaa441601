/** @file Checks a rate, and guesses what the caller of a wrong one seems to have meant. */
import { ThinnetError } from '../error.js';

/** Guesses, in order: the first whose `when` holds is offered. */
const guesses: readonly { readonly when: (x: number) => boolean; readonly say: (x: number) => string }[] = [
  { when: (x) => Number.isNaN(x), say: () => 'was it computed from something undefined?' },
  { when: (x) => x >= -1 && x < 0, say: (x) => `did you mean ${tidy(-x)}?` },
  { when: (x) => x > 1 && x < 2, say: (x) => `did you mean ${tidy(x - 1)}? keep p is rate 1 - p` },
  { when: (x) => x >= 2 && x <= 100, say: (x) => `did you mean ${tidy(x)} %, which is ${tidy(x / 100)}?` },
];

/**
 * Checks a rate: the probability to drop, 0 to 1, both included.
 *
 * @param place what the rate belongs to, such as `dropout "hidden2"`
 * Errors: outside [0, 1], NaN, or no number at all; the message says what seems to have been meant.
 */
export function checkRate(rate: number, place: string): number {
  if (typeof rate === 'number' && rate >= 0 && rate <= 1) return rate;
  const rule = 'it is the probability to drop, between 0 and 1';
  if (typeof rate !== 'number')
    throw new ThinnetError(
      `${place}: rate is ${typeof rate === 'string' ? `"${rate}"` : String(rate)}, not a number; ${rule}`,
    );
  const guess = guesses.find(({ when }) => when(rate))?.say(rate);
  throw new ThinnetError(`${place}: rate is ${rate}; ${rule}${guess === undefined ? '' : ` (${guess})`}`);
}

/** Without the binary digits' tail: 0.29999999999999993 is 0.3. */
const tidy = (x: number): number => Number(x.toPrecision(6));
