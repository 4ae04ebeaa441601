/**
 * @file Writes the section of RESULTS.md about the whole of MNIST, from the folders of runs of `thinnet compare`.
 *
 * Usage: node bench/mnist.mjs folder [folder …]
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { machine, writeSection } from './report.mjs';

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('usage: node bench/mnist.mjs folder [folder …], folders of runs of thinnet compare');
  process.exit(2);
}

/** @typedef {{ arm: string, epoch: number, step: number, testError: number, trainError: number, testLoss: number, trainLoss: number }} Row */

/** @type {(folder: string) => { command: string, rows: Row[] }} */
function read(folder) {
  const { command } = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8'));
  /** @type {Row[]} */
  const rows = readFileSync(`${folder}/metrics.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { command, rows: rows.filter((row, i) => rows[i + 1]?.arm !== row.arm) };
}

/** @type {(share: number) => string} */
const percent = (share) => (100 * share).toFixed(2);
const parts = folders.map((folder) => {
  const { command, rows } = read(folder);
  return [
    `\`${command}\``,
    [
      '| arm | epochs | updates | test error % | train error % | test loss | gap |',
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
      ...rows.map(
        ({ arm, epoch, step, testError, trainError, testLoss, trainLoss }) =>
          `| ${arm} | ${epoch} | ${step} | ${percent(testError)} | ${percent(trainError)} | ${testLoss.toFixed(4)} | ${(testLoss - trainLoss).toFixed(4)} |`,
      ),
    ].join('\n'),
  ].join('\n\n');
});
const text = [
  '## All of MNIST, 3 × 1024 ReLU',
  'Published for this network after a million updates (Srivastava et al. 2014, table 2): 1.60 % without dropout, 1.25 % with ' +
    'dropout, 1.06 % with dropout and max-norm. Twenty epochs are 9,380 updates. One seed; the test error of 10,000 images ' +
    'has a standard error of about 0.12 points by itself.',
  ...parts,
  `${machine()}.`,
].join('\n\n');
writeSection(fileURLToPath(new URL('RESULTS.md', import.meta.url)), 'mnist', text);
