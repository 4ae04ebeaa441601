/** @file Findings from numbers: each constructor compares what was measured with what was expected, and that is the verdict. */
import type { MeanEstimate, PairedComparison } from 'thinnet';
import type { Finding, Verdict } from './card.js';
import { percent, pValue, show, whole } from './format.js';

/** The chance that a perfect dropout would fail one of the deck's tests under another seed. */
export const LEVEL = 1e-4;

type Show = (x: number) => string;

const verdictOf = (holds: boolean): Verdict => (holds ? 'holds' : 'does not hold');

const count = (good: number, of: number): string => `${whole(good)} of ${whole(of)}`;

/** A statistical test: the expectation is refused where the test's p value is below the level. */
export const tested = (
  name: string,
  measured: string,
  expected: string,
  { p, test, level = LEVEL }: { readonly p: number; readonly test: string; readonly level?: number },
): Finding => ({
  name,
  measured: `${measured}; ${pValue(p)}`,
  expected: `${expected}; ${test} at ${show(level, 3)}`,
  verdict: verdictOf(p >= level),
});

/** How many things are as expected: all of them must be, and there must be some. */
export const all = (name: string, good: number, of: number, expected: string): Finding => ({
  name,
  measured: count(good, of),
  expected,
  verdict: verdictOf(of > 0 && good === of),
});

/** How many things are of a kind that must not be. */
export const none = (name: string, found: number, expected = 'none'): Finding => ({
  name,
  measured: whole(found),
  expected,
  verdict: verdictOf(found === 0),
});

/** A number within `tolerance` of another. */
export const near = (name: string, value: number, expected: number, tolerance: number): Finding => ({
  name,
  measured: show(value, 6),
  expected: `${show(expected, 6)} ± ${show(tolerance, 3)}`,
  verdict: verdictOf(Math.abs(value - expected) <= tolerance),
});

/** A size, such as a largest difference, that may reach `limit`. */
export const atMost = (name: string, value: number, limit: number): Finding => ({
  name,
  measured: show(value, 3),
  expected: `at most ${show(limit, 3)}`,
  verdict: verdictOf(value <= limit),
});

/** A share that must exceed `limit`: such as of outputs that differ where they should. */
export const atLeast = (name: string, share: number, limit: number): Finding => ({
  name,
  measured: percent(share),
  expected: `at least ${percent(limit)}`,
  verdict: verdictOf(share >= limit),
});

/** A mean whose interval must cover a value. */
export const covers = (name: string, estimate: MeanEstimate, value: number): Finding => ({
  name,
  measured: withInterval(estimate, show),
  expected: `an interval that covers ${show(value)}`,
  verdict: verdictOf(position(estimate, value) === 'inside'),
});

/** A mean whose interval must lie on one side of a value; one that covers the value decides nothing. */
export function beside(
  name: string,
  estimate: MeanEstimate,
  side: 'above' | 'below',
  value: number,
  format: Show = show,
): Finding {
  const at = position(estimate, value);
  return {
    name,
    measured: withInterval(estimate, format),
    expected: `an interval ${side} ${format(value)}`,
    verdict: at === 'inside' ? 'inconclusive' : verdictOf(at === side),
  };
}

/** Two treatments, pair by pair: the second must be the lower or the higher one. */
export const compared = (
  name: string,
  { difference }: PairedComparison,
  direction: 'lower' | 'higher',
  format: Show = show,
): Finding => beside(name, difference, direction === 'lower' ? 'below' : 'above', 0, format);

function position({ interval }: MeanEstimate, value: number): 'above' | 'below' | 'inside' {
  if (interval === null) return 'inside';
  if (interval.low > value) return 'above';
  return interval.high < value ? 'below' : 'inside';
}

function withInterval({ mean, interval }: MeanEstimate, format: Show): string {
  if (interval === null) return `${format(mean)}, from one run`;
  return `${format(mean)}, ${percent(interval.level)} interval ${format(interval.low)} to ${format(interval.high)}`;
}
