/** @file Formulas, set by KaTeX, which loads with the first page that has any; its fonts are files of the page. */
import katex from 'katex';
import 'katex/dist/katex.min.css';

/** A formula as HTML, and as MathML for screen readers. One that KaTeX cannot read is shown as it is written, in red. */
export const formulaHtml = (tex: string, isDisplayed: boolean): string =>
  katex.renderToString(tex, { displayMode: isDisplayed, throwOnError: false, strict: false });
