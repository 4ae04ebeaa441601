/** @file The experiment of the card `conv-gradient`: what masks do to a filter's gradient, and what neighbours know of a dropped activation. */
import { type MeanEstimate, meanInterval, pairedComparison } from 'thinnet';
import type { Result } from '../card.js';
import { all, beside, compared, near } from '../finding.js';
import { percent, show } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import type { LinePicture, Picture } from '../picture.js';
import { result } from '../result.js';
import type { Comparison } from './compare-gradients.js';
import { type ReconstructionName, reconstructionNames, reconstructions } from './explained.js';
import {
  type FilterRun,
  type FilterSetting,
  filterRun,
  type PlaceName,
  placeNames,
  places,
} from './filter-study.js';
import { strong } from './network.js';
import { mean } from './run-measures.js';

/** The cosine from which on a gradient `hardly changes`: an angle of 26°. */
export const same = 0.9;

export async function filterExperiment(laboratory: Laboratory, setting: FilterSetting): Promise<Result> {
  const runs: FilterRun[] = [];
  for (const [i, seed] of setting.seeds.entries())
    runs.push(
      await filterRun(laboratory, setting, seed, (done, doing) =>
        laboratory.progress((i + done) / setting.seeds.length, `seed ${seed}: ${doing}`),
      ),
    );
  laboratory.progress(1);
  return result('conv-gradient', {
    summary: summaryOf(runs, setting),
    findings: findingsOf(runs, setting),
    pictures: picturesOf(runs, setting),
    numbers: numbersOf(runs, setting),
  });
}

type Measure = 'held' | 'whole' | 'agreement' | 'size';

/** One number a seed. */
const at = (runs: readonly FilterRun[], place: PlaceName, measure: Measure, rate: number): number[] =>
  runs.map((run) => (run.comparisons[place][rate] as Comparison)[measure]);

function findingsOf(runs: readonly FilterRun[], { rate, rates, highRate }: FilterSetting) {
  const [own, high] = [rates.indexOf(rate), rates.indexOf(highRate)];
  const cosine = (x: number) => show(x, 3);
  const estimate = (place: PlaceName, measure: Measure, r: number) =>
    meanInterval(at(runs, place, measure, r));
  const pair = (from: PlaceName, measure: Measure) =>
    pairedComparison(at(runs, from, measure, own), at(runs, 'convolution', measure, own));
  const explained = (name: ReconstructionName) => runs.map((run) => run.explained[name]);
  const total = (count: 'elements' | 'dropped' | 'silent') =>
    runs.reduce((sum, run) => sum + (run.comparisons.convolution[own] as Comparison)[count], 0);
  return [
    near(
      'share of places that element-wise dropout dropped',
      total('dropped') / total('elements'),
      rate,
      0.01,
    ),
    all('dropped places whose gradient is exactly 0', total('silent'), total('dropped'), 'all, exactly'),
    beside(
      'correlation of neighbouring activations',
      meanInterval(runs.map((run) => run.activations)),
      'above',
      strong,
    ),
    beside(
      'correlation of neighbouring error signals',
      meanInterval(runs.map((run) => run.errors)),
      'above',
      strong,
    ),
    beside(
      'cosine of the filter’s gradient with and without the mask, error signals held',
      estimate('convolution', 'held', own),
      'above',
      same,
      cosine,
    ),
    compared(
      'that cosine with error signals held, convolution − dense layer',
      pair('dense', 'held'),
      'higher',
      cosine,
    ),
    compared(
      'that cosine with error signals held, element-wise − spatial',
      pair('channels', 'held'),
      'higher',
      cosine,
    ),
    beside(
      'cosine of the filter’s whole gradient with and without dropout',
      estimate('convolution', 'whole', own),
      'above',
      same,
      cosine,
    ),
    compared(
      'that cosine of the whole gradient, convolution − dense layer',
      pair('dense', 'whole'),
      'higher',
      cosine,
    ),
    compared(
      'that cosine of the whole gradient, element-wise − spatial',
      pair('channels', 'whole'),
      'higher',
      cosine,
    ),
    beside(
      `cosine of the whole gradient at rate ${highRate}: there it does change`,
      estimate('convolution', 'whole', high),
      'below',
      same,
      cosine,
    ),
    compared(
      'cosine of the whole gradients under two masks, element-wise − spatial',
      pair('channels', 'agreement'),
      'higher',
      cosine,
    ),
    compared(
      'cosine of the whole gradients under two masks, convolution − dense layer',
      pair('dense', 'agreement'),
      'higher',
      cosine,
    ),
    near(
      'length of the masked gradient along the one without mask, error signals held',
      mean(at(runs, 'convolution', 'size', own)),
      1,
      0.02,
    ),
    beside(
      `R² of activations from their ${reconstructions.neighbours}`,
      meanInterval(explained('neighbours')),
      'above',
      0.5,
    ),
    compared(
      'R² of dropped activations from what is left: neighbours in the map − similar units of the dense layer',
      pairedComparison(explained('partnersLeft'), explained('neighboursLeft')),
      'higher',
    ),
    compared(
      'R² of dropped activations from what is left of the map: element-wise − spatial',
      pairedComparison(explained('channelLeft'), explained('neighboursLeft')),
      'higher',
    ),
  ];
}

function picturesOf(runs: readonly FilterRun[], { rates, seeds }: FilterSetting): readonly Picture[] {
  const byRate = (title: string, measure: Measure): LinePicture => ({
    type: 'lines',
    title: `${title}; means of ${seeds.length} seeds, bands from the lowest to the highest`,
    xLabel: 'rate',
    yLabel: 'cosine',
    x: rates,
    lines: placeNames.map((place) => {
      const values = rates.map((_, r) => at(runs, place, measure, r));
      return {
        name: places[place].title,
        y: values.map(mean),
        low: values.map((seen) => Math.min(...seen)),
        high: values.map((seen) => Math.max(...seen)),
      };
    }),
  });
  const shares = reconstructionNames.map((name) => meanInterval(runs.map((run) => run.explained[name])));
  return [
    byRate('The weight’s gradient with and without the mask on its input, error signals held', 'held'),
    byRate('The weight’s whole gradient with and without dropout', 'whole'),
    byRate('The weight’s whole gradient under two masks', 'agreement'),
    {
      type: 'bars',
      title:
        'How well a linear predictor guesses an activation on held-out images, with 95 % intervals over the seeds',
      yLabel: 'R²',
      groups: reconstructionNames.map((name) => reconstructions[name]),
      bars: [
        {
          name: 'R²',
          values: shares.map((estimate) => estimate.mean),
          low: shares.map(({ mean, interval }: MeanEstimate) => interval?.low ?? mean),
          high: shares.map(({ mean, interval }: MeanEstimate) => interval?.high ?? mean),
        },
      ],
    },
  ];
}

const numbersOf = (runs: readonly FilterRun[], { rates }: FilterSetting): Result['numbers'] => ({
  rates,
  activations: runs.map((run) => run.activations),
  errors: runs.map((run) => run.errors),
  ...Object.fromEntries(
    placeNames.flatMap((place) =>
      (['held', 'whole', 'agreement', 'size'] as const).flatMap((measure) =>
        rates.map((rate, r) => [`${measure}.${place}.${rate}`, at(runs, place, measure, r)]),
      ),
    ),
  ),
  ...Object.fromEntries(
    reconstructionNames.map((name) => [`explained.${name}`, runs.map((run) => run.explained[name])]),
  ),
});

function summaryOf(runs: readonly FilterRun[], { rate, rates, highRate }: FilterSetting): string {
  const cosine = (place: PlaceName, measure: Measure, r = rate) =>
    show(mean(at(runs, place, measure, rates.indexOf(r))), 3);
  const left = percent(mean(runs.map((run) => run.explained.neighbours)), 3);
  return (
    `At rate ${rate} the filter’s gradient had, with error signals held, a cosine of ${cosine('convolution', 'held')} to the one without a mask ` +
    `(spatial dropout ${cosine('channels', 'held')}, dense layer ${cosine('dense', 'held')}); the whole gradient ${cosine('convolution', 'whole')} ` +
    `(${cosine('channels', 'whole')}, ${cosine('dense', 'whole')}), and ${cosine('convolution', 'whole', highRate)} at rate ${highRate}; neighbours explained ${left} of an activation’s variance.`
  );
}
