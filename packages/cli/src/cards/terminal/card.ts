/** @file Cards in a terminal. */
import { type Card, paragraphsOf, type Span } from 'thinnet-deck';
import { wrapped } from '../../text/wrap.js';
import { texInText } from './tex.js';

/** What a terminal can do. */
export interface Terminal {
  readonly columns: number;
  /** Whether bold and colours are wanted. */
  readonly styles: boolean;
}

/** Longer lines are hard to read. */
const widest = 88;

export const terminalOf = (stream: NodeJS.WriteStream): Terminal => ({
  columns: Math.min(widest, stream.columns ?? 80),
  // hasColors knows NO_COLOR and TERM.
  styles: stream.isTTY === true && stream.hasColors(),
});

const start = '\u001b[';
const codes = {
  bold: ['1', '22'],
  faint: ['2', '22'],
  red: ['31', '39'],
  green: ['32', '39'],
  yellow: ['33', '39'],
} as const;

export type Style = keyof typeof codes;

/** The text in a style, where the terminal has styles. */
export const styled = (text: string, style: Style, { styles }: Pick<Terminal, 'styles'>): string =>
  styles ? `${start}${codes[style][0]}m${text}${start}${codes[style][1]}m` : text;

const spanInText = ({ kind, text }: Span): string =>
  kind === 'formula' ? texInText(text).replaceAll('\n', ' ') : text;

/** A card's text as lines; an empty line between paragraphs. */
export const textLines = (text: string, { columns }: Terminal, indent = ''): readonly string[] =>
  paragraphsOf(text).flatMap((spans, i) => [
    ...(i === 0 ? [] : ['']),
    ...wrapped(spans.map(spanInText).join(''), columns, indent),
  ]);

/** The question, and where it belongs. */
export const questionLines = ({ id, section, question }: Card, terminal: Terminal): readonly string[] => [
  styled(`${section} · ${id}`, 'faint', terminal),
  '',
  ...textLines(question, terminal).map((line) => styled(line, 'bold', terminal)),
];

const titled = (title: string, lines: readonly string[], terminal: Terminal): readonly string[] => [
  '',
  styled(title, 'faint', terminal),
  ...lines,
];

/** The answer, the formula and the slip. */
export function answerLines({ answer, formula, slip }: Card, terminal: Terminal): readonly string[] {
  const formulaLines = formula === undefined ? [] : texInText(formula).split('\n');
  return [
    ...textLines(answer, terminal),
    ...(formula === undefined ? [] : ['', ...formulaLines.map((line) => `    ${line}`)]),
    ...(slip === undefined ? [] : titled('A common slip', textLines(slip, terminal), terminal)),
  ];
}

/** What the experiment does, and where all of it is from. */
export const backgroundLines = ({ claim, method, sources }: Card, terminal: Terminal): readonly string[] => [
  ...titled('What the experiment tests', textLines(claim, terminal), terminal),
  ...titled('How', textLines(method, terminal), terminal),
  ...titled(
    'Sources',
    sources.flatMap(({ text, url }) => [
      ...wrapped(text, terminal.columns),
      ...(url === undefined ? [] : [`  ${url}`]),
    ]),
    terminal,
  ),
];
