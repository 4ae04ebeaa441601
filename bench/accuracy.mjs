/**
 * @file Writes a section of RESULTS.md about the accuracy of networks, from the folders of runs of `thinnet compare`.
 *
 * Usage: node bench/accuracy.mjs mnist|cnn|maps folder [folder …]
 * Of a run that was stopped the arms that it began are shown, at the last epoch of each, and no others are in its command.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { machine, writeSection } from './report.mjs';

/** The sections, and the key of each in RESULTS.md. @type {Record<string, { key: string, title: string, about: string }>} */
const sections = {
  mnist: {
    key: 'mnist',
    title: 'All of MNIST, 3 × 1024 ReLU',
    about:
      'Published for this network after a million updates (Srivastava et al. 2014, table 2): 1.60 % without dropout, 1.25 % with ' +
      'dropout, 1.06 % with dropout and max-norm. Twenty epochs are 9,380 updates. One seed; the test error of 10,000 images ' +
      'has a standard error of about 0.12 points by itself.',
  },
  cnn: {
    key: 'cnn-accuracy',
    title: 'All of MNIST and of Fashion-MNIST, a convolutional network',
    about:
      'The network of the convolutional step, dropout 0.5 behind the dense layer, ten epochs. One seed; the standard error of the ' +
      'test error of 10,000 images is about 0.08 points on MNIST, 0.26 on Fashion-MNIST.',
  },
  maps: {
    key: 'maps',
    title: 'Dropout on feature maps: 5,000 images of Fashion-MNIST',
    about:
      'A small all-convolutional network; dropout ahead of its 1 × 1 convolution: of single elements, of whole channels, of 5 × 5 squares. ' +
      'Means over the seeds; ± is half of the 95 % interval (Student), differences are paired.',
  },
};

const [name = '', ...folders] = process.argv.slice(2);
const chosen = sections[name];
if (chosen === undefined || folders.length === 0) {
  console.error(
    `usage: node bench/accuracy.mjs ${Object.keys(sections).join('|')} folder [folder …], folders of runs of thinnet compare`,
  );
  process.exit(2);
}

/** @typedef {{ arm: string, seed: number, epoch: number, step: number, testError: number, trainError: number, testLoss: number, trainLoss: number }} Row */
/** @typedef {{ mean: number, halfWidth?: number }} Estimate */

/** @type {(share: number) => string} */
const percent = (share) => (100 * share).toFixed(2);
/** @type {(value: Estimate, show: (x: number) => string) => string} */
const shown = ({ mean, halfWidth }, show) =>
  halfWidth === undefined ? show(mean) : `${show(mean)} ± ${show(halfWidth)}`;
/** @type {(x: number) => string} */
const fine = (x) => x.toFixed(4);

/** The last epoch of each arm that a run began. @param {string} folder */
function reached(folder) {
  const { command } = JSON.parse(readFileSync(`${folder}/config.json`, 'utf8'));
  /** @type {Row[]} */
  const rows = readFileSync(`${folder}/metrics.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const last = rows.filter(({ arm, seed }, i) => rows[i + 1]?.arm !== arm || rows[i + 1]?.seed !== seed);
  const specs = [...command.matchAll(/ --arm ('[^']*'|\S+)/g)];
  const kept = specs.slice(0, new Set(last.map(({ arm }) => arm)).size);
  const short = specs
    .slice(kept.length)
    .reduce((text, [part]) => text.replace(part, ''), /** @type {string} */ (command));
  return { command: short, last };
}

/** @param {string} folder */
function part(folder) {
  const { command, last } = reached(folder);
  const file = `${folder}/summary.json`;
  const summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  if (summary !== undefined && summary.seeds.length > 1)
    return [
      `\`${command}\``,
      [
        '| arm | test error % | train error % | test loss | gap | test error, difference | gap, difference |',
        '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
        ...summary.arms.map((/** @type {any} */ arm) => {
          const difference = summary.comparisons.find((/** @type {any} */ one) => one.arm === arm.label);
          return `| ${arm.label} | ${shown(arm.testError, percent)} | ${shown(arm.trainError, percent)} | ${shown(arm.testLoss, fine)} | ${shown(arm.gap, fine)} | ${difference ? shown(difference.testError, percent) : ''} | ${difference ? shown(difference.gap, fine) : ''} |`;
        }),
      ].join('\n'),
    ].join('\n\n');
  return [
    `\`${command}\``,
    [
      '| arm | epochs | updates | test error % | train error % | test loss | gap |',
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
      ...last.map(
        ({ arm, epoch, step, testError, trainError, testLoss, trainLoss }) =>
          `| ${arm} | ${epoch} | ${step} | ${percent(testError)} | ${percent(trainError)} | ${fine(testLoss)} | ${fine(testLoss - trainLoss)} |`,
      ),
    ].join('\n'),
  ].join('\n\n');
}

const text = [`## ${chosen.title}`, chosen.about, ...folders.map(part), `${machine()}.`].join('\n\n');
writeSection(fileURLToPath(new URL('RESULTS.md', import.meta.url)), chosen.key, text);
