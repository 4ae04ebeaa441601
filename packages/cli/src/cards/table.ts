/** @file The table of what was found, for a terminal. */
import type CliTable from 'cli-table3';
import type { Outcome } from 'thinnet-deck';
import { tableLines } from '../text/table.js';
import { type Ending, endingOf } from './outcome.js';
import { type Style, styled, type Terminal, wrapped } from './terminal/index.js';

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
  const verdict = (ending: Ending) => styled(ending, colours[ending], terminal);
  const titles = ['card and finding', 'measured', 'expected', 'verdict'];
  const rows: CliTable.Cell[][] = [titles.map((title) => styled(title, 'faint', terminal))];
  for (const outcome of outcomes) {
    const { card } = outcome;
    const claim = `${styled(card.id, 'bold', terminal)}: ${card.claim}`;
    rows.push([{ colSpan: 4, content: '' }], [{ colSpan: 3, content: claim }, verdict(endingOf(outcome))]);
    if ('error' in outcome) rows.push([{ colSpan: 3, content: `  ${outcome.error.message}` }, '']);
    else
      for (const each of outcome.result.findings) {
        // Broken here, since the table would not indent what it breaks.
        const name = wrapped(each.name, finding, '  ').join('\n');
        rows.push([name, each.measured, each.expected, verdict(each.verdict)]);
      }
  }
  return tableLines({ widths: [finding, measured, expected, verdictWidth] }, rows).join('\n');
}
