/** @file The script of the page: draws the charts, writes what the pointer is at into their legends, copies the command. */
import { chartDataId, reportDataId } from 'thinnet-runs';

/** Runs in the reader's browser, after the drawing; reads the run and its charts from their elements. */
export const client = `
(() => {
  const { createPlot, lineChartOf, readings } = thinnetRuns;
  const dataOf = (id) => JSON.parse(document.getElementById(id).textContent);
  const seeds = dataOf('${reportDataId}').summary.seeds.length;

  for (const runChart of dataOf('${chartDataId}')) {
    const chart = lineChartOf(runChart, seeds);
    const box = document.getElementById('chart-' + runChart.id);
    const figure = box.closest('figure');
    const epoch = figure.querySelector('[data-epoch]');
    const values = figure.querySelectorAll('[data-line]');
    createPlot(box, () => chart, (at) => {
      epoch.textContent = 'epoch ' + (at === null ? runChart.epochs : at + 1);
      readings(chart, at).forEach((text, i) => { values[i].textContent = text; });
    });
  }

  const button = document.getElementById('copy');
  if (navigator.clipboard) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const command = document.getElementById('command');
      try {
        await navigator.clipboard.writeText(command.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(command);
        button.textContent = 'Selected: copy it with the keyboard';
      }
    });
  }
})();
`;
