/** @file The pictures of the card `conv`. */
import { balancedSubset, type MeanEstimate, meanInterval } from 'thinnet';
import { percent, show, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import type { BarPicture, GridPicture, Line, LinePicture, Picture, TablePicture } from '../picture.js';
import { crossing, valueAt } from './crossing.js';
import type { Maps } from './maps.js';
import { type MaskFacts, noiseMaps } from './masks.js';
import { armNames, arms, convolutional, type DropoutName, dropoutNames } from './network.js';
import { featureMaps } from './probe.js';
import { endGap, levelGap, mean } from './run-measures.js';
import type { Run, Runs, Setting } from './runs.js';
import { tiles } from './tiles.js';

type Masks = Readonly<Record<DropoutName, MaskFacts>>;

/** How many channels the picture of maps shows. */
const shownMaps = 8;

export async function overfittingPictures(
  laboratory: Laboratory,
  setting: Setting,
  runs: Runs,
  masks: Masks,
): Promise<readonly Picture[]> {
  return [
    await maskedMaps(laboratory, setting, runs),
    tableOf(runs, masks, setting),
    lossCurves(runs, setting),
    gapByTrainingLoss(runs),
    gaps(runs, setting),
    errors(runs),
    correlations(runs, setting),
  ];
}

/** Maps of one image, whole and as each arm's dropout leaves them: survivors scaled, what is dropped below zero, so that it shows. */
async function maskedMaps(laboratory: Laboratory, setting: Setting, runs: Runs): Promise<GridPicture> {
  const { test } = await laboratory.sample('fashion-mnist');
  const network = (runs.none[0] as Run).network;
  const maps = await featureMaps(laboratory, network, balancedSubset(test, test.classes));
  const shown = maps.values.subarray(0, maps.channels * maps.height * maps.width);
  const dropped = -0.4 * Math.max(...shown);
  const left = (arm: DropoutName): Maps => {
    const site = convolutional(arm, setting.rate, setting.widths, test, 0).sites[0];
    if (site === undefined) return maps;
    const noise = noiseMaps(laboratory, site, maps, { seed: 1, step: 0 });
    return {
      ...maps,
      values: maps.values.map((value, at) =>
        noise.values[at] === 0 ? dropped : value * (noise.values[at] as number),
      ),
    };
  };
  return tiles(
    `Feature maps of one image, and what dropout at rate ${setting.rate} leaves of them; dropped elements are shaded below zero`,
    [
      { name: arms.none.title, maps },
      ...dropoutNames.map((arm) => ({ name: arms[arm].title, maps: left(arm) })),
    ],
    Math.min(shownMaps, maps.channels),
  );
}

function tableOf(runs: Runs, masks: Masks, { limit }: Setting): TablePicture {
  const rows = armNames.map((arm) => {
    const facts = arm === 'none' ? undefined : masks[arm];
    const steps = runs[arm].map((run) => run.steps).filter((n) => n !== undefined);
    const all = steps.length === runs[arm].length;
    return [
      arms[arm].title,
      facts ? percent(facts.dropped, 3) : '',
      facts ? percent(facts.neighboursDropped, 3) : '',
      all ? whole(Math.round(mean(steps))) : `reached in ${steps.length} of ${runs[arm].length} runs`,
      show(mean(runs[arm].map(({ train }) => train.loss)), 3),
      show(mean(runs[arm].map(({ test }) => test.loss)), 3),
      percent(mean(runs[arm].map(({ test }) => test.error)), 3),
    ];
  });
  return {
    type: 'table',
    title: 'The arms: their masks, and where training led, averaged over the seeds',
    columns: [
      'dropout',
      'dropped',
      'neighbours dropped too',
      `steps to loss ${limit}`,
      'training loss',
      'test loss',
      'test error',
    ],
    rows,
  };
}

function lossCurves(runs: Runs, { epochs, seeds }: Setting): LinePicture {
  const line = (arm: (typeof armNames)[number], set: 'train' | 'test'): Line => ({
    name: `${arms[arm].title}, ${set === 'train' ? 'training' : 'test'}`,
    y: Array.from({ length: epochs }, (_, epoch) =>
      mean(runs[arm].map((run) => run.epochs[epoch]?.[set].loss as number)),
    ),
  });
  return {
    type: 'lines',
    title: `Loss over the epochs, dropout off: means of ${seeds.length} seeds`,
    xLabel: 'epoch',
    yLabel: 'cross-entropy',
    x: Array.from({ length: epochs }, (_, epoch) => epoch + 1),
    lines: armNames.flatMap((arm) => [line(arm, 'test'), line(arm, 'train')]),
  };
}

/** The gap at equal training loss, as far down as every run of an arm came. */
function gapByTrainingLoss(runs: Runs): LinePicture {
  const levels = Array.from({ length: 19 }, (_, i) => Math.round(100 * (1 - 0.05 * i)) / 100);
  const gapAt = (run: Run, level: number): number | undefined => {
    const time = crossing(
      level,
      run.epochs.map(({ train }) => train.loss),
    );
    return (
      time &&
      valueAt(
        time,
        run.epochs.map(({ test }) => test.loss),
      ) - level
    );
  };
  const lines = armNames.map((arm) => ({
    name: arms[arm].title,
    y: levels.map((level) => {
      const found = runs[arm].map((run) => gapAt(run, level));
      return found.some((gap) => gap === undefined) ? null : mean(found as number[]);
    }),
  }));
  return {
    type: 'lines',
    title: 'The gap at equal training loss: how far each arm overfits by the time it fits as well',
    xLabel: 'training loss',
    yLabel: 'test loss − training loss',
    x: levels.toReversed(),
    lines: lines.map(({ name, y }) => ({ name, y: y.toReversed() })),
  };
}

/** A measure that not every run has is left out. */
function gaps(runs: Runs, { levels }: Setting): BarPicture {
  const measures = [
    { name: 'in the end', measure: endGap },
    { name: `at equal training loss (${levels.join(', ')})`, measure: levelGap },
  ];
  const bars = measures.flatMap(({ name, measure }) => {
    const values = armNames.map((arm) => runs[arm].map(measure).filter((gap) => gap !== undefined));
    if (armNames.some((arm, i) => values[i]?.length !== runs[arm].length)) return [];
    return [
      barOf(
        name,
        values.map((all) => meanInterval(all)),
      ),
    ];
  });
  return {
    type: 'bars',
    title: 'Generalisation gap, with 95 % intervals over the seeds',
    yLabel: 'test loss − training loss',
    groups: armNames.map((arm) => arms[arm].title),
    bars,
  };
}

function errors(runs: Runs): BarPicture {
  const found = armNames.map((arm) => meanInterval(runs[arm].map(({ test }) => test.error)));
  return {
    type: 'bars',
    title: 'Test error in the end, with 95 % intervals over the seeds',
    yLabel: 'share misclassified',
    groups: armNames.map((arm) => arms[arm].title),
    bars: [barOf('test error', found)],
  };
}

const barOf = (name: string, found: readonly MeanEstimate[]) => ({
  name,
  values: found.map(({ mean }) => mean),
  low: found.map(({ mean, interval }) => interval?.low ?? mean),
  high: found.map(({ mean, interval }) => interval?.high ?? mean),
});

function correlations(runs: Runs, { lags }: Setting): LinePicture {
  const x = Array.from({ length: lags + 1 }, (_, lag) => lag);
  const at = (arm: (typeof armNames)[number], lag: number) =>
    runs[arm].map((run) => run.autocorrelation[lag] as number);
  return {
    type: 'lines',
    title:
      'Correlation of activations of one map by their distance, on test images; bands from the lowest to the highest seed',
    xLabel: 'distance in the map',
    yLabel: 'correlation',
    x,
    lines: armNames.map((arm) => ({
      name: arms[arm].title,
      y: x.map((lag) => mean(at(arm, lag))),
      low: x.map((lag) => Math.min(...at(arm, lag))),
      high: x.map((lag) => Math.max(...at(arm, lag))),
    })),
  };
}
