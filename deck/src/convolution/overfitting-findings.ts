/** @file What the card `conv` expects of its arms, and whether it was so: all differences seed by seed. */
import { meanInterval, pairedComparison } from 'thinnet';
import type { Finding } from '../card.js';
import { atMost, beside, compared, near } from '../finding.js';
import { percent, show } from '../format.js';
import type { MaskFacts } from './masks.js';
import { type ArmName, armNames, arms, type DropoutName, dropoutNames, strong } from './network.js';
import { endGap, levelGap } from './run-measures.js';
import type { Run, Runs, Setting } from './runs.js';

/** The share of the gap up to which its reduction counts as `hardly any`. */
export const hardly = 0.25;

const helping = ['spatial', 'dropBlock'] as const;

export function overfittingFindings(
  runs: Runs,
  masks: Readonly<Record<DropoutName, MaskFacts>>,
  { rate, limit, levels }: Setting,
): readonly Finding[] {
  const pair = (a: ArmName, b: ArmName, measure: (run: Run) => number) =>
    pairedComparison(runs[a].map(measure), runs[b].map(measure));
  const equally = `at equal training loss (${levels.join(', ')}; averaged)`;
  return [
    beside(
      'correlation of neighbouring activations in the feature maps, without dropout',
      meanInterval(runs.none.map(({ autocorrelation }) => autocorrelation[1] as number)),
      'above',
      strong,
    ),
    ...dropoutNames.map((arm) =>
      near(`share that ${arms[arm].title} masks drop`, masks[arm].dropped, rate, 0.02),
    ),
    whereReached(
      `steps to training loss ${limit}, element-wise − none: longer training`,
      [runs.none, runs.elementWise],
      ({ steps }) => steps,
      (name, none, other) => compared(name, pairedComparison(none, other), 'higher', (x) => show(x, 3)),
    ),
    whereReached(
      `share of the gap ${equally} that element-wise dropout takes away: hardly any`,
      [runs.none, runs.elementWise],
      levelGap,
      takenAway,
    ),
    takenAway(
      'share of the gap in the end that element-wise dropout takes away: hardly any',
      runs.none.map(endGap),
      runs.elementWise.map(endGap),
    ),
    ...helping.flatMap((arm) => [
      whereReached(
        `gap ${equally}, ${arms[arm].title} − none`,
        [runs.none, runs[arm]],
        levelGap,
        (name, none, other) => compared(name, pairedComparison(none, other), 'lower', (x) => show(x, 3)),
      ),
      compared(`gap in the end, ${arms[arm].title} − none`, pair('none', arm, endGap), 'lower'),
      compared(
        `gap in the end, ${arms[arm].title} − element-wise`,
        pair('elementWise', arm, endGap),
        'lower',
      ),
      compared(
        `test loss in the end, ${arms[arm].title} − none`,
        pair('none', arm, ({ test }) => test.loss),
        'lower',
      ),
      compared(
        `test error in the end, ${arms[arm].title} − none`,
        pair('none', arm, ({ test }) => test.error),
        'lower',
        points,
      ),
    ]),
    atMost('largest difference to the training losses that the trainer reported', disagreement(runs), 1e-5),
  ];
}

const points = (share: number): string => `${show(100 * share, 3)} points`;

const takenAway = (name: string, without: readonly number[], having: readonly number[]): Finding =>
  beside(
    name,
    meanInterval(without.map((gap, i) => 1 - (having[i] as number) / gap)),
    'below',
    hardly,
    (share) => percent(share, 3),
  );

/** A finding about two arms by a measure that not every run needs to have. */
function whereReached(
  name: string,
  [a, b]: readonly [readonly Run[], readonly Run[]],
  measure: (run: Run) => number | undefined,
  finding: (name: string, a: readonly number[], b: readonly number[]) => Finding,
): Finding {
  const [ofA, ofB] = [a.map(measure), b.map(measure)];
  const missing = [...ofA, ...ofB].filter((x) => x === undefined).length;
  if (missing === 0) return finding(name, ofA as number[], ofB as number[]);
  return {
    name,
    measured: `${missing} of ${a.length + b.length} runs ended before`,
    expected: 'every run comes down to it',
    verdict: 'inconclusive',
  };
}

/** Between the mean program under test and the one that the trainer scored by. */
const disagreement = (runs: Runs): number =>
  Math.max(
    ...armNames.flatMap((arm) =>
      runs[arm].map(({ epochs, train }) => Math.abs(train.loss - (epochs.at(-1)?.train.loss as number))),
    ),
  );
