/** @file The report: one page that needs nothing but itself. */
import {
  type ArmResults,
  axisNote,
  chartDataId,
  chartsOf,
  colourVariable,
  columns,
  lastValues,
  lineChartOf,
  type ReportData,
  type RunChart,
  type RunConfig,
  readings,
  reportDataId,
  resultsNote,
  type Summary,
  settingsInWords,
  titleOf,
  unbroken,
} from 'thinnet-runs';
import { client } from './client.js';
import { differences } from './differences.js';
import { escapeHtml, scriptCode, scriptJson } from './escape.js';
import { reliabilityDiagram } from './reliability.js';
import { style } from './style.js';

/** What the report tells of. */
export interface Report extends ReportData {
  readonly arms: readonly ArmResults[];
}

/** uPlot's files. */
export interface UPlotAssets {
  readonly script: string;
  readonly style: string;
  readonly licence: string;
}

export interface ReportAssets {
  readonly uPlot: UPlotAssets;
  /** Takes the global `uPlot` and sets the global `thinnetRuns`. */
  readonly drawing: string;
}

/** The page as HTML. A pure function: equal results, equal bytes. */
export function reportOf(report: Report, assets: ReportAssets): string {
  const { config, arms, summary, sentences, examples } = report;
  const title = titleOf(
    arms.map(({ label }) => label),
    config.data.name,
  );
  const charts = chartsOf(arms);
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${assets.uPlot.style}${style(arms.length)}</style>
</head>
<body>
<main>
<header>
<p class="kicker">Thinnet comparison</p>
<h1>${escapeHtml(title)}</h1>
${sentences.map((text) => `<p class="sentence">${unbroken(escapeHtml(text))}</p>`).join('\n')}
</header>
${results(summary, examples)}
${differences(arms, summary)}
${charts.map((chart) => chartSection(chart, summary.seeds.length)).join('\n')}
${calibration(arms, summary)}
${repeat(config, examples)}
<footer>Made by thinnet ${escapeHtml(config.versions.thinnet)}, with onnxruntime-node ${escapeHtml(config.versions['onnxruntime-node'])} on node ${escapeHtml(config.versions.node)}, ${escapeHtml(config.versions.platform)}. Charts by uPlot (MIT licence, in this page's source).</footer>
</main>
<script type="application/json" id="${reportDataId}">${scriptJson({ config, summary, sentences, examples } satisfies ReportData)}</script>
<script type="application/json" id="${chartDataId}">${scriptJson(charts)}</script>
<script>
/*
uPlot

${assets.uPlot.licence.trim().replaceAll('*/', '* /')}
*/
${scriptCode(assets.uPlot.script)}
</script>
<script>${scriptCode(assets.drawing)}</script>
<script>${client}</script>
</body>
</html>
`;
}

/** A command whose lines break between options, not within one. */
const unsplit = (command: string): string =>
  command
    .split(/ (?=--)/)
    .map((part) => `<span class="option">${escapeHtml(part)}</span>`)
    .join(' ');

const swatch = (arm: number, isDashed = false): string =>
  `<span class="swatch${isDashed ? ' dashed' : ''}" style="--c: var(${colourVariable(arm)})"></span>`;

function results(summary: Summary, examples: string): string {
  const all = columns(examples);
  const head = all
    .map(
      ({ title, meaning }) =>
        `<th role="columnheader" scope="col" title="${escapeHtml(meaning)}">${escapeHtml(title)}</th>`,
    )
    .join('');
  const rows = summary.arms.map((arm, i) => {
    const cells = all.map(({ title, cell }) => {
      const [value = '', spread] = cell(arm).split(' ± ');
      const text = spread === undefined ? value : `${value} <span class="spread">± ${spread}</span>`;
      return `<td role="cell" data-label="${escapeHtml(title)}"><span>${text}</span></td>`;
    });
    return `<tr role="row"><th role="rowheader" scope="row">${swatch(i)}${escapeHtml(arm.label)}</th>${cells.join('')}</tr>`;
  });
  return `<section aria-labelledby="results">
<h2 id="results">Results</h2>
<p class="note">${escapeHtml(resultsNote(summary, examples))}</p>
<table role="table" aria-labelledby="results">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">arm</th>${head}</tr></thead>
<tbody role="rowgroup">
${rows.join('\n')}
</tbody>
</table>
</section>`;
}

function chartSection(chart: RunChart, seeds: number): string {
  const { id, title, description, lines, epochs } = chart;
  const drawn = lineChartOf(chart, seeds);
  const last = readings(drawn);
  const note = axisNote(drawn);
  const legend = lines.map(
    ({ arm, label, isDashed }, i) =>
      `<li>${swatch(arm, isDashed)}<span>${escapeHtml(label)}</span> <span class="value" data-line>${last[i]}</span></li>`,
  );
  const spoken = `${title} over ${epochs} epochs. ${description} At the end: ${lastValues(drawn)}.`;
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escapeHtml(title)}</h2>
<p class="note">${escapeHtml(drawn.description ?? '')}</p>
<figure>
<ul class="legend"><li class="epoch" data-epoch>epoch ${epochs}</li>${legend.join('')}</ul>
<div class="chart" id="chart-${id}" role="img" aria-label="${escapeHtml(spoken)}"></div>${note === undefined ? '' : `\n<p class="axis-note">${escapeHtml(note)}</p>`}
</figure>
</section>`;
}

function calibration(arms: readonly ArmResults[], summary: Summary): string {
  const diagrams = arms.map((arm, i) => {
    const figures = summary.arms[i];
    return figures === undefined ? '' : reliabilityDiagram(arm, figures, i);
  });
  return `<section aria-labelledby="calibration">
<h2 id="calibration">Calibration</h2>
<p class="note">How often the network is right, against how sure it is, on the test set of all seeds. Dots on the dashed line are perfectly calibrated, below it overconfident; a dot's area is its share of the examples.</p>
<div class="reliabilities">
${diagrams.join('\n')}
</div>
</section>`;
}

function repeat(config: RunConfig, examples: string): string {
  const settings = settingsInWords(config, examples)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('\n');
  return `<section aria-labelledby="settings">
<h2 id="settings">Settings</h2>
<p class="note">The same for all arms, but for what an arm says itself.</p>
<dl class="settings">
${settings}
</dl>
</section>
<section aria-labelledby="repeat">
<h2 id="repeat">To repeat it</h2>
<p class="note">The same command gives the same numbers on the same kind of machine.</p>
<pre id="command">${unsplit(config.command)}</pre>
<button type="button" id="copy" hidden>Copy</button>
<dl class="settings">
<dt>Data digest</dt><dd><code>${escapeHtml(config.data.digest)}</code></dd>
</dl>
</section>`;
}
