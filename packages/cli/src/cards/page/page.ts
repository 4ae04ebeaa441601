/** @file `cards.html`: one page that needs nothing but itself. */
import { type Section, sections } from 'thinnet-deck';
import { escapeHtml, scriptCode, scriptJson } from '../../report/escape.js';
import { style } from '../../report/style.js';
import { endingOf, inWords } from '../outcome.js';
import type { Verification } from '../record.js';
import type { CardsAssets } from './assets.js';
import { anchorOf, cardHtml, verdictHtml } from './card.js';
import { cardsStyle } from './style.js';
import { lineHtml } from './text.js';

const titles: Readonly<Record<Section, string>> = {
  overview: 'Overview',
  forward: 'Forward',
  backward: 'Backward',
  scaling: 'Scaling',
  convolution: 'Convolution',
};

/** Draws each picture into its place. */
const client = `
for (const [i, picture] of JSON.parse(document.getElementById('pictures').textContent).entries())
  thinnetPicture.mountPicture(document.getElementById('picture-' + i), picture, { uPlot });
`;

/** The page as HTML. A pure function: equal results, equal bytes. */
export function cardsPage(verification: Verification, assets: CardsAssets): string {
  const { outcomes, isComplete, began, versions, command } = verification;
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
  // In the order in which their places are on the page.
  const pictures = sectionsOf(verification)
    .flatMap(({ cards }) => cards)
    .flatMap((outcome) => ('result' in outcome ? outcome.result.pictures : []));
  const title = 'Dropout, card by card';
  const stopped = isComplete
    ? ''
    : '<p class="sentence">The verification was stopped before its end; the other cards are not on this page.</p>';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${assets.uPlot.style}${style(0)}${assets.pictureStyle}${cardsStyle}</style>
</head>
<body>
<main>
<header>
<p class="kicker">Thinnet cards</p>
<h1>${title}</h1>
<p class="sentence">${escapeHtml(inWords(outcomes))} Each card is a claim about dropout, and an experiment that could have shown it to be wrong.</p>
${stopped}
</header>
${contents(verification)}
${parts(verification)}
<section aria-labelledby="repeat">
<h2 id="repeat">To repeat it</h2>
<p class="note">The seeds are fixed: the same command gives the same numbers on the same kind of machine. All of them are in cards.json, beside this page.</p>
<pre>${escapeHtml(command)}</pre>
</section>
<footer>Made ${began.toISOString().slice(0, 10)} by thinnet ${versionsInWords(versions)}. Charts by uPlot (MIT licence, in this page's source).</footer>
</main>
<noscript><p class="note">The pictures are drawn by this page's script, which did not run.</p></noscript>
<script type="application/json" id="pictures">${scriptJson(pictures)}</script>
<script>
/*
uPlot

${assets.uPlot.licence.trim().replaceAll('*/', '* /')}
*/
${scriptCode(assets.uPlot.script)}
</script>
<script>${scriptCode(assets.pictures)}</script>
<script>${client}</script>
</body>
</html>
`;
}

const versionsInWords = ({ thinnet = '', ...others }: Readonly<Record<string, string>>): string =>
  escapeHtml(
    `${thinnet}, with ${Object.entries(others)
      .map(([name, version]) => (name === 'platform' ? version : `${name} ${version}`))
      .join(', ')}`,
  );

/** The sections that have cards on this page. */
const sectionsOf = ({ outcomes }: Verification) =>
  sections
    .map((section) => ({ section, cards: outcomes.filter(({ card }) => card.section === section) }))
    .filter(({ cards }) => cards.length > 0);

function contents(verification: Verification): string {
  const lists = sectionsOf(verification).map(({ section, cards }) => {
    const items = cards.map(
      (outcome) =>
        `<li><a href="#${anchorOf(outcome.card.id)}">${lineHtml(outcome.card.question)}</a>${verdictHtml(endingOf(outcome))}</li>`,
    );
    return `<h2>${titles[section]}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
  });
  return `<nav aria-label="Cards">\n${lists.join('\n')}\n</nav>`;
}

function parts(verification: Verification): string {
  let pictures = 0;
  const html = sectionsOf(verification).map(({ section, cards }) => {
    const articles = cards.map((outcome) => {
      const first = pictures;
      pictures += 'result' in outcome ? outcome.result.pictures.length : 0;
      return cardHtml(outcome, first);
    });
    return `<section aria-labelledby="section-${section}">
<h2 id="section-${section}">${titles[section]}</h2>
${articles.join('\n')}
</section>`;
  });
  return html.join('\n');
}
