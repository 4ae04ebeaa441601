/** @file The table of what was found, for a terminal. */
import CliTable from 'cli-table3';
import type { Outcome } from 'thinnet-deck';
import { type Ending, endingOf } from './outcome.js';
import { columnsOf, type Style, styled, type Terminal } from './terminal/index.js';

const lines = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'right', 'right-mid', 'mid', 'mid-mid'],
];
const chars = { ...Object.fromEntries(lines.map((name) => [name, ''])), middle: '  ' };

const colours: Readonly<Record<Ending, Style>> = {
  holds: 'green',
  'does not hold': 'red',
  inconclusive: 'yellow',
  failed: 'red',
};

/** Room for the longest verdict. */
const verdictWidth = 13;

/** A row for each card's claim, and below it one for each of its findings. */
export function cardsTable(outcomes: readonly Outcome[], terminal: Terminal): string {
  const room = Math.max(48, terminal.columns) - verdictWidth - 6;
  const finding = Math.floor(room * 0.38);
  const measured = Math.floor(room * 0.29);
  const expected = room - finding - measured;
  const table = new CliTable({
    chars,
    colWidths: [finding, measured, expected, verdictWidth],
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  const verdict = (ending: Ending) => styled(ending, colours[ending], terminal);
  table.push(
    ['card and finding', 'measured', 'expected', 'verdict'].map((title) => styled(title, 'faint', terminal)),
  );
  for (const outcome of outcomes) {
    const { card } = outcome;
    const claim = `${styled(card.id, 'bold', terminal)}: ${card.claim}`;
    table.push([{ colSpan: 4, content: '' }], [{ colSpan: 3, content: claim }, verdict(endingOf(outcome))]);
    if ('error' in outcome) table.push([{ colSpan: 3, content: `  ${outcome.error.message}` }, '']);
    else
      for (const each of outcome.result.findings)
        table.push([indented(each.name, finding), each.measured, each.expected, verdict(each.verdict)]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Broken here, since the table would not indent what it breaks. */
function indented(text: string, width: number): string {
  const rows: string[] = [];
  for (const word of text.split(' ')) {
    const last = rows.at(-1);
    if (last !== undefined && columnsOf(last) + 1 + columnsOf(word) <= width)
      rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(`  ${word}`);
  }
  return rows.join('\n');
}
