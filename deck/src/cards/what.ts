/** @file Card: dropout is a regulariser. */
import { generalizationGap, pairedComparison, type Score } from 'thinnet';
import type { Card, Result } from '../card.js';
import { atMost, compared } from '../finding.js';
import { percent, show, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import {
  type Arm,
  type Extent,
  fullExtent,
  hidden,
  type Pair,
  rates,
  trainedPairs,
} from '../measurements/pairs.js';
import type { Line } from '../picture.js';
import { scoreOf } from '../predict.js';
import { result } from '../result.js';
import { hinton, srivastava } from '../sources.js';

const arms = ['without', 'with'] as const satisfies readonly Arm[];

interface Scores {
  readonly train: Score;
  readonly test: Score;
}

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** Loss of a set over the epochs: the mean of the seeds, and the band from the lowest to the highest. */
function curve(pairs: readonly Pair[], epochs: number, arm: Arm, set: 'train' | 'test'): Line {
  const losses = Array.from({ length: epochs }, (_, epoch) =>
    pairs.map((pair) => pair[arm].epochs[epoch]?.[set].loss as number),
  );
  return {
    name: `${set === 'train' ? 'training' : 'test'} loss ${arm} dropout`,
    y: losses.map(mean),
    low: losses.map((values) => Math.min(...values)),
    high: losses.map((values) => Math.max(...values)),
  };
}

/** The card's experiment, at its full extent or at less. */
export async function experiment(laboratory: Laboratory, extent: Extent = fullExtent): Promise<Result> {
  const { seeds, images, epochs } = extent;
  const pairs = await trainedPairs(laboratory, extent, (done, doing) =>
    laboratory.progress(0.95 * done, doing),
  );
  const scores: Record<Arm, Scores[]> = { without: [], with: [] };
  for (const pair of pairs)
    for (const arm of arms) {
      const program = laboratory.dropout.meanProgram(pair[arm].network);
      scores[arm].push({
        train: await scoreOf(laboratory, program, pair.data.train),
        test: await scoreOf(laboratory, program, pair.data.test),
      });
    }
  laboratory.progress(1);

  const each = (arm: Arm, measure: (scores: Scores) => number) => scores[arm].map(measure);
  const paired = (measure: (scores: Scores) => number) =>
    pairedComparison(each('without', measure), each('with', measure));
  const gap = ({ train, test }: Scores) => generalizationGap(train, test).loss;
  const error = ({ test }: Scores) => test.error;
  const inTraining = pairs.flatMap((pair) => arms.map((arm) => pair[arm].epochs.at(-1)?.test.loss as number));
  const here = pairs.flatMap((_, i) => arms.map((arm) => scores[arm][i]?.test.loss as number));
  const points = (share: number) => `${show(100 * share, 3)} points`;
  const gaps = [mean(each('without', gap)), mean(each('with', gap))] as const;
  const errors = [mean(each('without', error)), mean(each('with', error))] as const;
  return result('what', {
    summary: `Over ${seeds.length} seeds dropout changed the generalisation gap from ${show(gaps[0], 3)} to ${show(gaps[1], 3)} and the test error from ${percent(errors[0])} to ${percent(errors[1])}.`,
    findings: [
      compared(
        'generalisation gap (test loss − training loss), with − without dropout',
        paired(gap),
        'lower',
      ),
      compared('test error, with − without dropout', paired(error), 'lower', points),
      compared(
        'test loss, with − without dropout',
        paired(({ test }) => test.loss),
        'lower',
      ),
      compared(
        'training loss, with − without dropout: the price',
        paired(({ train }) => train.loss),
        'higher',
      ),
      atMost(
        'largest difference to the losses that the trainer reported',
        Math.max(...here.map((loss, i) => Math.abs(loss - (inTraining[i] as number)))),
        1e-5,
      ),
    ],
    pictures: [
      {
        type: 'lines',
        title: `Loss over the epochs, both with dropout off: ${seeds.length} seeds, ${whole(images)} training images`,
        xLabel: 'epoch',
        yLabel: 'cross-entropy',
        x: Array.from({ length: epochs }, (_, epoch) => epoch + 1),
        lines: arms.flatMap((arm) => [curve(pairs, epochs, arm, 'test'), curve(pairs, epochs, arm, 'train')]),
      },
      {
        type: 'bars',
        title: 'Test error of each seed',
        yLabel: 'share misclassified',
        groups: seeds.map((seed) => `seed ${seed}`),
        bars: arms.map((arm) => ({ name: `${arm} dropout`, values: each(arm, error) })),
      },
    ],
    numbers: Object.fromEntries(
      arms.flatMap((arm) => [
        [`trainLoss.${arm}`, each(arm, ({ train }) => train.loss)],
        [`testLoss.${arm}`, each(arm, ({ test }) => test.loss)],
        [`testError.${arm}`, each(arm, error)],
        [`gap.${arm}`, each(arm, gap)],
      ]),
    ),
  });
}

export const what: Card = {
  id: 'what',
  section: 'overview',
  question: 'What is dropout, and what is it for?',
  answer:
    'A regulariser: a change of training that makes a network generalise better. By switching neurons off at random while the network learns it keeps any neuron from relying on particular others, ' +
    'and so reduces *overfitting*: the gap between how well a network does on its training data and on new data.',
  slip:
    'It reduces overfitting, it does not abolish it, and it does not help everywhere. Where a network is too small, or the data are many, there is little to prevent, and dropout slows training or ' +
    'raises the error; with very few examples Srivastava et al. saw no gain either. What it helps is a large network on a moderate amount of data, as measured here.',
  formula: String.raw`\text{gap} = L_{\text{test}} - L_{\text{training}} \quad \text{(both with dropout off)}`,
  sources: [
    srivastava('abstract; section 6.1.1 (MNIST); section 7.4 and figure 10 (data set size)'),
    hinton('abstract'),
  ],
  claim: 'With few training images dropout narrows the generalisation gap and lowers the test error.',
  method:
    `Trains a 784-${hidden}-${hidden}-10 network on ${whole(fullExtent.images)} digits of MNIST for ${fullExtent.epochs} epochs, with dropout (${rates.input} of the input, ${rates.hidden} of the hidden layers) and without, from the same weights, ` +
    `with ${fullExtent.seeds.length} seeds; gap, test error and losses by the network with dropout off, on 2,000 test images; paired 95 % t intervals.`,
  cost: 20,
  experiment: (laboratory) => experiment(laboratory),
};
