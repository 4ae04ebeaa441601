/** @file The table of results: the same cells for the terminal and the report. */
import CliTable from 'cli-table3';
import { count, plusMinus } from './format.js';
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

/** The table as text, for a terminal. */
export function textTable(summary: Summary, examples: string): string {
  const all = columns(examples);
  const chars = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
  };
  const more = {
    'bottom-right': '',
    left: '',
    'left-mid': '',
    right: '',
    'right-mid': '',
    middle: '  ',
    mid: '',
    'mid-mid': '',
  };
  const table = new CliTable({
    head: ['arm', ...all.map(({ title }) => title)],
    colAligns: ['left', ...all.map(() => 'right' as const)],
    chars: { ...chars, ...more },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const arm of summary.arms) table.push([arm.label, ...all.map(({ cell }) => cell(arm))]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
