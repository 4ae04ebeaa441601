/** @file The text of cards as HTML, their formulas as MathML, which needs neither fonts nor scripts. */
import katex from 'katex';
import { paragraphsOf, type Span } from 'thinnet-deck';
import { escapeHtml } from '../../report/escape.js';

/** A formula as MathML. One that KaTeX cannot read is shown in red as it is written. */
export const formulaHtml = (tex: string, isDisplayed = false): string =>
  katex.renderToString(tex, {
    output: 'mathml',
    displayMode: isDisplayed,
    throwOnError: false,
    strict: false,
  });

const spans: Readonly<Record<Span['kind'], (text: string) => string>> = {
  words: escapeHtml,
  formula: (text) => formulaHtml(text),
  emphasis: (text) => `<em>${escapeHtml(text)}</em>`,
  code: (text) => `<code>${escapeHtml(text)}</code>`,
};

const spansHtml = (all: readonly Span[]): string => all.map(({ kind, text }) => spans[kind](text)).join('');

/** A text of one paragraph, without an element around it. */
export const lineHtml = (text: string): string => paragraphsOf(text).map(spansHtml).join(' ');

/** A text as paragraphs. */
export const paragraphsHtml = (text: string): string =>
  paragraphsOf(text)
    .map((paragraph) => `<p>${spansHtml(paragraph)}</p>`)
    .join('\n');
