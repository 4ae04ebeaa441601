/** @file What happened, in plain English, and no more than the intervals show. */
import { decimalsFor, fixed, percent } from '../format.js';
import type { Difference } from './statistics.js';
import type { ArmComparison, ArmSummary, Summary } from './summarise.js';

/** A sentence for each arm but the first, and one of caution where it is due. */
export function sentences(summary: Summary): readonly string[] {
  const [first, ...others] = summary.arms;
  if (first === undefined) return ['Nothing was compared.'];
  const n = summary.seeds.length;
  if (others.length === 0) return [alone(first, n)];
  const said = others.map((arm, i) => {
    const comparison = summary.comparisons[i] as ArmComparison;
    return n < 2 ? oneSeed(first, arm) : compared(first, arm, comparison, n);
  });
  if (n < 2) return [...said, 'One seed shows nothing about chance; repeat with more, such as --seeds 5.'];
  return [
    ...said,
    ...(others.length < 2 ? [] : ['The intervals are not corrected for comparing several arms.']),
    ...(n < 3
      ? [
          'Intervals of two seeds are wide, and may reach beyond any error there can be; repeat with more, such as --seeds 5.',
        ]
      : []),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** How an arm is called in running text. */
const inWords = (label: string): string => (label === 'none' ? 'no dropout' : label);
/** What is compared on what, as a title: `No dropout against dropout 0.5 on mnist`. */
export const titleOf = (labels: readonly string[], data: string): string =>
  capital(`${labels.map(inWords).join(' against ')} on ${data}`);
const subject = (arm: ArmSummary): string => capital(inWords(arm.label));
const against = (first: ArmSummary): string => inWords(first.label);
const seedCount = (n: number): string => (n === 1 ? '1 seed' : `${n} seeds`);

function alone(arm: ArmSummary, n: number): string {
  const { mean, halfWidth } = arm.testError;
  const range = halfWidth === undefined ? '' : ` ± ${fixed(100 * halfWidth, 2)} points (95 % interval)`;
  return `${subject(arm)} had a test error of ${percent(mean)}${range} with ${seedCount(n)}; add a second --arm to compare it.`;
}

function oneSeed(first: ArmSummary, arm: ArmSummary): string {
  const [test, base] = [percent(arm.testError.mean), percent(first.testError.mean)];
  return `With one seed, ${inWords(arm.label)} had a test error of ${test}, against ${base} with ${against(first)}.`;
}

function compared(first: ArmSummary, arm: ArmSummary, comparison: ArmComparison, n: number): string {
  const { testError } = comparison;
  const move = `${percent(first.testError.mean)} → ${percent(arm.testError.mean)}`;
  const halfWidth = testError.halfWidth ?? Number.POSITIVE_INFINITY;
  const decimals = decimalsFor(100 * testError.mean, 100 * halfWidth);
  const points = (value: number) => fixed(100 * value, decimals);
  const versus = first.label === 'none' ? '' : `, compared with ${first.label},`;
  if (testError.excludesZero) {
    const verb = testError.mean < 0 ? 'lowered' : 'raised';
    return (
      `${subject(arm)}${versus} ${verb} the test error by ${points(Math.abs(testError.mean))} ± ${points(halfWidth)} points ` +
      `(${move}; 95 % interval, ${seedCount(n)})${gapAfterEffect(first, arm, comparison.gap, testError.mean < 0)}.`
    );
  }
  if (halfWidth === 0) {
    const what =
      testError.mean === 0
        ? 'the same test error as'
        : `a test error ${signed(100 * testError.mean)} points from that of`;
    return (
      `${subject(arm)} had ${what} ${against(first)} with every one of ${seedCount(n)} (${move}); ` +
      `without any spread there is no interval to judge by${gapAfterNone(first, arm, comparison.gap)}.`
    );
  }
  return (
    `${subject(arm)} showed no clear effect on the test error${first.label === 'none' ? '' : ` compared with ${first.label}`}: ` +
    `a difference of ${signed(100 * testError.mean, decimals)} ± ${points(halfWidth)} points ` +
    `(${move}; 95 % interval, ${seedCount(n)}) does not exclude 0${gapAfterNone(first, arm, comparison.gap)}.`
  );
}

const signed = (value: number, decimals = 2): string => `${value > 0 ? '+' : ''}${fixed(value, decimals)}`;

/** `from 0.21 to 0.07`, with decimals enough that the two differ. */
function fromTo(first: ArmSummary, arm: ArmSummary): string {
  const [a, b] = [first.gap.mean, arm.gap.mean];
  const decimals = [2, 3, 4, 5].find((d) => fixed(a, d) !== fixed(b, d)) ?? 6;
  return `from ${fixed(a, decimals)} to ${fixed(b, decimals)}`;
}

function gapAfterEffect(first: ArmSummary, arm: ArmSummary, gap: Difference, lowered: boolean): string {
  if (!gap.excludesZero) return '; the generalisation gap showed no clear change';
  const lowers = gap.mean < 0;
  if (lowers === lowered) return ` and the generalisation gap ${fromTo(first, arm)}`;
  return ` but ${lowers ? 'lowered' : 'raised'} the generalisation gap ${fromTo(first, arm)}`;
}

function gapAfterNone(first: ArmSummary, arm: ArmSummary, gap: Difference): string {
  if (!gap.excludesZero) return '; nor is there a clear change of the generalisation gap';
  return `; it ${gap.mean < 0 ? 'lowered' : 'raised'} the generalisation gap ${fromTo(first, arm)}`;
}
