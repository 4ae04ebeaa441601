/** @file Card: why standard dropout scales at inference. */
import { meanInterval, pairedComparison } from 'thinnet';
import type { Card, Result } from '../card.js';
import { beside, compared, covers, LEVEL, near } from '../finding.js';
import { show } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { exampleScores } from '../losses.js';
import { noiseAsked } from '../masks.js';
import { rate, trainedSmall } from '../measurements/small.js';
import { factor, histogram, mean, sumsOf, variance } from '../measurements/sums.js';
import { featuresOf, outputsOf } from '../predict.js';
import { result } from '../result.js';
import { goodfellow, srivastava, varianceShift } from '../sources.js';

const [examples, masks] = [500, 200];
const keep = 1 - rate;

async function experiment(laboratory: Laboratory): Promise<Result> {
  const small = await trainedSmall(laboratory, 'standard', (done, doing) =>
    laboratory.progress(0.6 * done, doing),
  );
  const sums = await sumsOf(laboratory, small, examples, masks);
  laboratory.progress(0.9, 'losses');
  const losses = async (graph: typeof small.network.graph) => {
    const { y } = await outputsOf(laboratory, graph, small.test, featuresOf(small.test), ['y'], (count) =>
      noiseAsked(laboratory, small.network, graph, count, { seed: 1, step: 0 }),
    );
    return exampleScores(y as Float32Array, small.test).losses;
  };
  const scaledLosses = await losses(laboratory.dropout.meanProgram(small.network));
  const unscaledLosses = await losses(small.plain.graph);
  laboratory.progress(1);

  const level = 1 - LEVEL;
  const factors = meanInterval(sums.factors, level);
  const means = [mean(sums.means), mean(sums.scaled), mean(sums.unscaled)];
  const variances = [mean(sums.variances), variance(sums.scaled), variance(sums.unscaled)] as const;
  const [scaledLoss, unscaledLoss] = [mean(scaledLosses), mean(unscaledLosses)];
  const width = 4 * Math.sqrt(variances[2]);
  const bins = 60;
  const densities = [sums.training, [sums.scaled], [sums.unscaled]].map((values) =>
    histogram(values, -width, width, bins),
  ) as [number[], number[], number[]];
  return result('why-scale', {
    summary: `In training the next layer’s sums were ${show(factors.mean)} of the unscaled ones (keep = ${show(keep)}); scaled at inference ${show(factor(sums.scaled, sums.unscaled))}. Unscaled sums raised the test loss from ${show(scaledLoss, 3)} to ${show(unscaledLoss, 3)}.`,
    findings: [
      covers(
        `sums in training as a share of the unscaled sums, over ${masks} masks, against keep`,
        factors,
        keep,
      ),
      beside('the same, against 1: unscaled sums are not what training saw', factors, 'below', 1),
      near(
        'sums at inference, scaled, as a share of the unscaled ones',
        factor(sums.scaled, sums.unscaled),
        keep,
        1e-5,
      ),
      compared(
        'test loss with the scaling − without, image by image',
        pairedComparison(unscaledLosses, scaledLosses, level),
        'lower',
      ),
      beside(
        'variance of the sums in training, against that of the scaled pass: the mean matches, the variance does not',
        meanInterval(sums.variances, level),
        'above',
        variances[1],
      ),
    ],
    pictures: [
      {
        type: 'lines',
        title: `The sums that reach 128 neurons for ${examples} images: in training, and at inference with and without the scaling`,
        xLabel: 'preactivation without bias',
        yLabel: 'share',
        x: Array.from({ length: bins }, (_, bin) => width * ((2 * bin + 1) / bins - 1)),
        lines: [
          { name: 'training', y: densities[0] },
          { name: 'inference, scaled', y: densities[1] },
          { name: 'inference, not scaled', y: densities[2] },
        ],
      },
      {
        type: 'table',
        title: 'Mean and variance of the sums, and the test loss',
        columns: ['', 'mean', 'variance', 'test loss'],
        rows: ['training', 'inference, scaled', 'inference, not scaled'].map((name, i) => [
          name,
          show(means[i] as number, 3),
          show(variances[i] as number, 3),
          ['', show(scaledLoss, 3), show(unscaledLoss, 3)][i] as string,
        ]),
      },
    ],
    numbers: {
      keep,
      factor: factors.mean,
      means,
      variances,
      losses: [scaledLoss, unscaledLoss],
      preactivations: sums.scaled.length,
      masks,
    },
  });
}

export const whyScale: Card = {
  id: 'why-scale',
  section: 'scaling',
  question: 'Why must standard dropout scale at inference?',
  answer:
    'Because the next layer has learned from smaller sums than it would get. Take three inputs of 1 with weights of 1, and one of three dropped on average: in training the sum is ' +
    '2 on average, at inference, with all three there, it is 3. The next layer never learned what such sums mean. Multiplied by the keep probability $2/3$ ' +
    'the sum is 2 again.',
  slip:
    'Training does not see “at most 2”: neurons are dropped independently, so all three are kept in $(2/3)^3 \\approx 30\\,\\%$ of the steps; 2 is the mean. And scaling matches the *mean* of the sums, not their ' +
    'variance: in training the mask adds variance of its own, which matters where batch normalisation follows.',
  formula: String.raw`\mathbb{E}_r\Bigl[\sum_j w_j r_j a_j\Bigr] = (1 - p) \sum_j w_j a_j, \qquad \operatorname{Var}_r\Bigl[\sum_j w_j r_j a_j\Bigr] = p\,(1 - p) \sum_j w_j^2 a_j^2`,
  sources: [
    srivastava(
      'section 4, the end, and figure 2: the expected output in training is the output at test time',
    ),
    goodfellow('section 7.12, weight scaling inference rule'),
    varianceShift('section 3'),
  ],
  claim:
    'Without the scaling the next layer gets sums 1 / keep times as large, and the loss rises; with it their mean is that of training.',
  method:
    'Reads the preactivations behind the dropout of a trained network for 500 images: under 200 masks, at inference scaled, and not scaled; their ratio (99.99 % interval over the masks), ' +
    'mean and variance. Then the test loss of 2,000 images with and without the scaling.',
  cost: 3,
  experiment,
};
