/** @file A card and what its experiment found, as HTML. */
import type { Finding, Outcome, Source } from 'thinnet-deck';
import { escapeHtml } from '../../report/escape.js';
import { type Ending, endingOf } from '../outcome.js';
import { formulaHtml, lineHtml, paragraphsHtml } from './text.js';

/** The verdict as a word in its colour. */
export const verdictHtml = (ending: Ending): string =>
  `<span class="verdict ${ending.replaceAll(' ', '-')}">${ending}</span>`;

/** Where the card is on the page. */
export const anchorOf = (id: string): string => `card-${id}`;

/** The card's part of the page. `pictures` counts from the number of its first picture. */
export function cardHtml(outcome: Outcome, firstPicture: number): string {
  const { id, question, answer, slip, formula, sources } = outcome.card;
  return `<article id="${anchorOf(id)}" aria-labelledby="question-${id}">
<p class="place"><span>${escapeHtml(id)}</span>${verdictHtml(endingOf(outcome))}</p>
<h3 id="question-${id}">${lineHtml(question)}</h3>
<div class="answer">
${paragraphsHtml(answer)}
</div>
${formula === undefined ? '' : `<div class="formula" role="group" aria-label="Formula" tabindex="0">${formulaHtml(formula, true)}</div>\n`}${
  slip === undefined
    ? ''
    : `<div class="slip" role="note"><b>A common slip</b>\n${paragraphsHtml(slip)}\n</div>\n`
}${experimentHtml(outcome, firstPicture)}
<p class="sources">${sources.map(sourceHtml).join('<br>')}</p>
</article>`;
}

function experimentHtml(outcome: Outcome, firstPicture: number): string {
  const { id, claim, method } = outcome.card;
  const head = `<h4 id="measured-${id}">Measured</h4>
<p class="claim">${lineHtml(claim)}</p>
<p class="note">${lineHtml(method)}</p>`;
  if ('error' in outcome)
    return `${head}\n<p class="failure">The experiment ended with an error: ${escapeHtml(outcome.error.message)}</p>`;
  const { summary, findings, pictures } = outcome.result;
  const places = pictures.map(
    (_, i) => `<div class="picture-place-holder" id="picture-${firstPicture + i}"></div>`,
  );
  return `${head}
<p class="summary">${verdictHtml(outcome.result.verdict)} ${escapeHtml(summary)}</p>
${findingsHtml(findings, `measured-${id}`)}
<div class="pictures">
${places.join('\n')}
</div>`;
}

const columns = ['measured', 'expected', 'verdict'] as const;

function findingsHtml(findings: readonly Finding[], label: string): string {
  const head = ['finding', ...columns]
    .map((title) => `<th role="columnheader" scope="col">${title}</th>`)
    .join('');
  const rows = findings.map(({ name, measured, expected, verdict }) => {
    const cells = [escapeHtml(measured), escapeHtml(expected), verdictHtml(verdict)].map(
      (html, i) => `<td role="cell" data-label="${columns[i]}"><span>${html}</span></td>`,
    );
    return `<tr role="row"><th role="rowheader" scope="row">${escapeHtml(name)}</th>${cells.join('')}</tr>`;
  });
  return `<table role="table" class="findings" aria-labelledby="${label}">
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${rows.join('\n')}
</tbody>
</table>`;
}

const sourceHtml = ({ text, url }: Source): string =>
  url === undefined ? escapeHtml(text) : `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
