/** @file How help fits the terminal: what comes after the options is broken as they are. */
import type { Command, Help } from 'commander';
import { columnsOf, wrapped } from '../text/wrap.js';

/** Descriptions narrower than this are hard to read; they go below their option. */
const narrowest = 36;

/** Commander's own look, and below it that of narrow terminals. */
export const helpLook: Partial<Help> = {
  // Below it nothing would be broken at all.
  minWidthToWrap: 16,
  formatItem(term, termWidth, description, helper) {
    const { helpWidth = 80 } = helper;
    const beside = helpWidth - termWidth - 4;
    if (description === '') return `  ${term}`;
    if (beside >= narrowest) {
      const [first = '', ...rest] = wrapped(description, beside);
      const indent = ' '.repeat(termWidth + 4);
      return [`  ${term.padEnd(termWidth)}  ${first}`, ...rest.map((line) => indent + line)].join('\n');
    }
    return [`  ${term}`, ...wrapped(description, helpWidth, '      ')].join('\n');
  },
};

/** Adds text below the options, broken to the terminal's width. */
export const withAfterText = (command: Command, text: string): Command =>
  command.addHelpText('after', ({ command: asked }) =>
    fitted(text, asked.configureOutput().getOutHelpWidth?.() ?? 80),
  );

/** The text in lines of at most `width` columns, unless a word is longer: commands are broken ahead of options, other lines at spaces. */
export const fitted = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => (columnsOf(line) <= width ? [line] : brokenLine(line, width)))
    .join('\n');

function brokenLine(line: string, width: number): readonly string[] {
  if (/^ *thinnet /.test(line)) return brokenCommand(line, width);
  // A name and what it is: the rest stays below what it is.
  const [, name = '', rest = ''] = /^( *\S+ {2,}| {8,}| *)(.*)$/.exec(line) ?? [];
  if (width - name.length >= narrowest) {
    const [first = '', ...others] = wrapped(rest, width - name.length);
    return [name + first, ...others.map((other) => ' '.repeat(name.length) + other)];
  }
  const title = name.trim() === '' ? [] : [name.trimEnd()];
  return [
    ...title,
    ...wrapped(rest, width, title.length === 0 ? (/^ {0,6}/.exec(name)?.[0] ?? '') : '      '),
  ];
}

/** Before options, with the backslashes that a shell needs. */
function brokenCommand(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of line.split(/ (?=--)/)) {
    const last = lines.at(-1);
    // Two columns for the backslash.
    if (last !== undefined && columnsOf(`${last} ${part}`) + 2 <= width)
      lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(last === undefined ? part : `      ${part}`);
  }
  return lines.map((each, i) => (i + 1 < lines.length ? `${each} \\` : each));
}
