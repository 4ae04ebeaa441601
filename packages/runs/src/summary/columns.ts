/** @file The columns of the table of results: the same cells for the terminal, the report and the lab. */
import { count, plusMinus } from '../format.js';
import type { Interval } from './statistics.js';
import type { ArmSummary, Summary } from './summarise.js';

export interface Column {
  readonly title: string;
  /** What the figure is, for those who do not know its name. */
  readonly meaning: string;
  readonly cell: (arm: ArmSummary) => string;
}

const inPercent = ({ mean, halfWidth }: Interval): string =>
  plusMinus(100 * mean, halfWidth === undefined ? undefined : 100 * halfWidth, 2);
const plain = ({ mean, halfWidth }: Interval): string => plusMinus(mean, halfWidth, 4);

/** The columns after the arm's name; `examples` is what the data consist of, such as images. */
export const columns = (examples: string): readonly Column[] => [
  {
    title: 'test error %',
    meaning: 'share of the test examples misclassified by the trained network, dropout off',
    cell: (arm) => inPercent(arm.testError),
  },
  {
    title: 'train error %',
    meaning: 'the same on the training examples',
    cell: (arm) => inPercent(arm.trainError),
  },
  {
    title: 'test loss',
    meaning: 'mean cross-entropy on the test examples',
    cell: (arm) => plain(arm.testLoss),
  },
  { title: 'gap', meaning: 'generalisation gap: test loss − training loss', cell: (arm) => plain(arm.gap) },
  {
    title: 'ECE',
    meaning: 'expected calibration error: how far confidence is from accuracy, on average',
    cell: (arm) => plain(arm.ece),
  },
  {
    title: `${examples}/s`,
    meaning: `training ${examples} per second, evaluation excluded`,
    cell: (arm) => count(arm.examplesPerSecond.mean),
  },
];

/** What the cells are, below the table's heading. */
export function resultsNote(summary: Pick<Summary, 'seeds' | 'atOnce'>, examples: string): string {
  const { length } = summary.seeds;
  const about =
    length < 2
      ? 'One seed: no intervals.'
      : `Means over ${length} seeds ± half the width of the 95 % t-interval.`;
  const [speed] = speedNote(summary, examples);
  return `${about} Test figures are those of the trained network with dropout off; the gap is test loss − training loss; ECE is the expected calibration error.${speed === undefined ? '' : ` ${speed}`}`;
}

/** Of runs side by side, that their speeds are not those of runs alone; nothing of others. */
export const speedNote = ({ atOnce }: Pick<Summary, 'atOnce'>, examples: string): readonly string[] =>
  atOnce === undefined
    ? []
    : [`Up to ${atOnce} runs went on at once: ${examples}/s are those of a run beside the others.`];
