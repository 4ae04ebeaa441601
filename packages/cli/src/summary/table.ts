/** @file The table of results as text, for a terminal. */

import { columns, type Summary } from 'thinnet-runs';
import { tableLines } from '../text/table.js';
import { columnsOf } from '../text/wrap.js';

/**
 * A row an arm; where that is too wide for the terminal, a row a figure and a column an arm; where that is too, the arms one below
 * the other. Without a width it is as wide as it is.
 */
export function textTable(summary: Summary, examples: string, width = Number.POSITIVE_INFINITY): string {
  const figures = columns(examples);
  const labels = summary.arms.map(({ label }) => label);
  const byArm = tableLines(
    {
      head: ['arm', ...figures.map(({ title }) => title)],
      alignments: ['left', ...figures.map(() => 'right' as const)],
    },
    summary.arms.map((arm) => [arm.label, ...figures.map(({ cell }) => cell(arm))]),
  );
  if (fits(byArm, width)) return byArm.join('\n');
  const byFigure = tableLines(
    { head: ['', ...labels], alignments: ['left', ...labels.map(() => 'right' as const)] },
    figures.map(({ title, cell }) => [title, ...summary.arms.map(cell)]),
  );
  if (fits(byFigure, width)) return byFigure.join('\n');
  const stacked = summary.arms.map((arm) => [
    arm.label,
    ...tableLines(
      { alignments: ['left', 'right'] },
      figures.map(({ title, cell }) => [`  ${title}`, cell(arm)]),
    ),
  ]);
  return stacked.map((lines) => lines.join('\n')).join('\n\n');
}

const fits = (lines: readonly string[], width: number): boolean =>
  lines.every((line) => columnsOf(line) <= width);
