/** @file The table of results as text, for a terminal. */
import CliTable from 'cli-table3';
import { columns } from './columns.js';
import type { Summary } from './summarise.js';

/** A row an arm. */
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
