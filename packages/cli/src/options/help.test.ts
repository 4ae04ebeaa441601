import { describe, expect, it } from 'vitest';
import { columnsOf } from '../text/wrap.js';
import { compareCommand } from './compare-command.js';
import { afterOptions } from './compare-help.js';
import { fitted, helpLook } from './help.js';

/** The help of compare in a terminal of so many columns. */
function helpAt(width: number): string {
  let text = '';
  compareCommand(async () => {})
    .configureHelp(helpLook)
    .configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => width })
    .outputHelp();
  return text;
}

describe('the help of compare', () => {
  it.each([120, 80, 70, 60])('fits %i columns', (width) => {
    const lines = helpAt(width).split('\n');
    expect(lines.length).toBeGreaterThan(60);
    expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
  });

  it('has its options beside what they do where there is room, else above it', () => {
    expect(helpAt(80)).toMatch(/^ {2}--seed-from <n> +the first seed/m);
    expect(helpAt(50)).toMatch(/^ {2}--seed-from <n>\n {6}the first seed/m);
  });

  it('says the same at every width', () => {
    const wordsOf = (text: string) => text.replace(/ \\\n/g, ' ').split(/\s+/).filter(Boolean);
    expect(wordsOf(fitted(afterOptions, 40))).toEqual(wordsOf(afterOptions));
  });

  it('breaks commands so that a shell takes them', () => {
    expect(fitted('  thinnet compare --data wine.csv --label quality --hidden 64,64', 40)).toBe(
      '  thinnet compare --data wine.csv \\\n      --label quality --hidden 64,64',
    );
  });
});
