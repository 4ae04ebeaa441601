/** @file The deck as a text file that Anki imports: headers, then a note a line with its fields between tabs. */
import { type Card, paragraphsOf, type Span } from 'thinnet-deck';
import { escapeHtml } from '../report/escape.js';

/** Formulas are in MathJax's marks, which Anki draws. */
const spans: Readonly<Record<Span['kind'], (text: string) => string>> = {
  words: escapeHtml,
  formula: (text) => `\\(${escapeHtml(text)}\\)`,
  emphasis: (text) => `<i>${escapeHtml(text)}</i>`,
  code: (text) => `<code>${escapeHtml(text)}</code>`,
};

const html = (text: string): string =>
  paragraphsOf(text)
    .map((paragraph) => paragraph.map(({ kind, text: content }) => spans[kind](content)).join(''))
    .join('<br><br>');

function backOf({ answer, formula, slip, sources }: Card): string {
  const cited = sources.map(({ text, url }) =>
    url === undefined ? escapeHtml(text) : `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`,
  );
  return [
    html(answer),
    ...(formula === undefined ? [] : [`\\[${escapeHtml(formula)}\\]`]),
    ...(slip === undefined ? [] : [`<b>A common slip:</b> ${html(slip)}`]),
    `<small>${cited.join('<br>')}</small>`,
  ].join('<br><br>');
}

/** A field as Anki reads it: in quotes, doubled within, where it has a quote, a tab or a line break. */
const field = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const headers = [
  '#separator:tab',
  '#html:true',
  '#notetype:Basic',
  '#deck:Thinnet: dropout',
  '#columns:Id\tFront\tBack\tTags',
  '#guid column:1',
  '#tags column:4',
];

/**
 * The file's text. A note's id is that of its card, so that importing the file again updates the notes and keeps what was
 * learned. Note type Basic: the question in front; answer, formula, slip and sources behind; tagged with the section.
 */
export const ankiText = (deck: readonly Card[]): string =>
  [
    ...headers,
    ...deck.map((card) =>
      [`thinnet-${card.id}`, html(card.question), backOf(card), `dropout dropout::${card.section}`]
        .map(field)
        .join('\t'),
    ),
    '',
  ].join('\n');
