/** @file Card: standard dropout scales by the keep probability at inference. */
import { dense, fillUniform, network, pairedComparison, standardDropout, thinnedProgram } from 'thinnet';
import type { Card, Result } from '../card.js';
import { all, atMost, compared, LEVEL, tested } from '../finding.js';
import { percent, show } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { exampleScores } from '../losses.js';
import { drawNoise, noiseAsked } from '../masks.js';
import { rate, trainedSmall } from '../measurements/small.js';
import { featuresOf, outputsOf } from '../predict.js';
import { result } from '../result.js';
import { floats, numbersOf, runOnce, withParameters, withProgram } from '../run.js';
import { baldi, goodfellow, srivastava } from '../sources.js';
import { binomialTest } from '../statistics/binomial.js';
import { allMasks } from '../statistics/enumerate.js';

const [inputs, units, examples, seed] = [3, 4, 32, 81];
const keep = 1 - rate;

/** Sixteenths up to `most` sixteenths: sums of their products are exact in float32. */
function sixteenths(length: number, index: number, most: number): Float32Array {
  const values = new Float32Array(length);
  fillUniform(values, seed, index, -most - 0.5, most + 0.5);
  return values.map((x) => Math.round(x) / 16);
}

/** A layer of 3 inputs: the mean over its 8 masks, weighted by their probabilities, against one scaled pass. */
async function enumerated(laboratory: Laboratory) {
  const built = withParameters(
    network(
      { input: [inputs], seed },
      standardDropout(rate, { name: 'dropout' }),
      dense(units, { name: 'layer' }),
    ),
    { 'layer.weight': sixteenths(inputs * units, 0, 6), 'layer.bias': sixteenths(units, 1, 2) },
  );
  const [site] = built.sites;
  if (site === undefined) throw new Error('the layer has no noise site');
  const x = floats([examples, inputs], sixteenths(examples * inputs, 2, 7));
  const values = new Set(drawNoise(laboratory, site, { seed, step: 0 }, 1000));
  const kept = Math.max(...values);
  const mean = new Float64Array(examples * units);
  await withProgram(laboratory, thinnedProgram(built), async (program) => {
    for (const { kept: mask, probability } of allMasks(inputs, rate)) {
      const row = mask.map((k) => k * kept);
      const noise = Array.from({ length: examples }, () => row).flat();
      const y = numbersOf(await program.run({ x, [site.input]: floats([examples, inputs], noise) }), 'y');
      for (const [i, value] of y.entries()) mean[i] = (mean[i] as number) + probability * value;
    }
  });
  const program = laboratory.dropout.meanProgram(built);
  const noise = noiseAsked(laboratory, built, program, examples, { seed, step: 0 });
  const scaled = numbersOf(await runOnce(laboratory, program, { x, ...noise }), 'y');
  return { values, difference: Math.max(...mean.map((value, i) => Math.abs(value - (scaled[i] as number)))) };
}

async function experiment(laboratory: Laboratory): Promise<Result> {
  const { values, difference } = await enumerated(laboratory);
  const small = await trainedSmall(laboratory, 'standard', (done, doing) =>
    laboratory.progress(0.1 + 0.8 * done, doing),
  );
  const scores = async (graph: typeof small.network.graph) => {
    const { y } = await outputsOf(laboratory, graph, small.test, featuresOf(small.test), ['y'], (count) =>
      noiseAsked(laboratory, small.network, graph, count, { seed, step: 0 }),
    );
    return exampleScores(y as Float32Array, small.test);
  };
  const scaled = await scores(laboratory.dropout.meanProgram(small.network));
  const unscaled = await scores(small.plain.graph);
  laboratory.progress(1);

  const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const losses = [mean(scaled.losses), mean(unscaled.losses)] as const;
  const accuracies = [scaled, unscaled].map(({ wrong }) => 1 - mean(wrong.map(Number))) as [number, number];
  const onlyScaled = scaled.wrong.filter((wrong, i) => wrong && !unscaled.wrong[i]).length;
  const onlyUnscaled = unscaled.wrong.filter((wrong, i) => wrong && !scaled.wrong[i]).length;
  const disagree = onlyScaled + onlyUnscaled;
  // Fewer errors with the scaling are as good as none more.
  const p = onlyScaled <= onlyUnscaled || disagree === 0 ? 1 : binomialTest(onlyScaled, disagree, 0.5);
  return result('scaling', {
    summary: `The mean over all 8 masks of 3 inputs and the pass scaled by 2/3 differ by at most ${show(difference, 2)}. Without the scaling a trained network’s test loss was ${show(losses[1], 3)} instead of ${show(losses[0], 3)}; its accuracy ${percent(accuracies[1])} instead of ${percent(accuracies[0])}.`,
    findings: [
      all(
        'values of the noise in training',
        [...values].filter((r) => r === 0 || r === 1).length,
        Math.max(2, values.size),
        '0 and 1',
      ),
      atMost('largest difference: mean over the 8 masks − scaled pass', difference, 1e-7),
      compared(
        'test loss with the scaling − without, image by image',
        pairedComparison(unscaled.losses, scaled.losses, 1 - LEVEL),
        'lower',
      ),
      tested(
        'images that only the scaled, only the unscaled network gets wrong',
        `${onlyScaled}, ${onlyUnscaled}`,
        'not more with the scaling',
        { p, test: 'exact McNemar test' },
      ),
    ],
    pictures: [
      {
        type: 'table',
        title: 'Three inputs of 1, weights of 1: what the next neuron gets',
        columns: ['kept', 'sum', 'probability'],
        rows: [
          ...allMasks(3, rate).map(({ kept, probability }) => [
            kept.join(' '),
            kept.reduce((a, b) => a + b, 0),
            show(probability),
          ]),
          ['mean in training', show(3 * keep), ''],
          ['inference, scaled by 2/3', show(3 * keep), ''],
          ['inference, not scaled', 3, ''],
        ],
      },
      {
        type: 'bars',
        title: 'A network trained with standard dropout, on 2,000 test images',
        yLabel: 'loss, share right',
        groups: ['test loss', 'accuracy'],
        bars: [
          { name: 'scaled by keep', values: [losses[0], accuracies[0]] },
          { name: 'not scaled', values: [losses[1], accuracies[1]] },
        ],
      },
    ],
    numbers: { difference, losses, accuracies, onlyScaled, onlyUnscaled },
  });
}

export const scaling: Card = {
  id: 'scaling',
  section: 'overview',
  question: 'How does standard dropout make up at inference for the neurons that were missing in training?',
  answer:
    'All neurons are used, and their outputs are multiplied by the keep probability $1 - p$ (just as well, their outgoing weights are). With two of three kept on average, ' +
    'the factor is $2/3$. So the next layer’s preactivation at inference is its mean over all masks in training.',
  slip:
    'The match is exact for the mean of the *next preactivation*, which is linear in the mask. Behind a nonlinearity it is an approximation of the mean over thinned networks (for a softmax layer ' +
    'their normalised geometric mean). And forgetting the factor ruins the *loss* more than the accuracy: too large logits make the network too sure, but the largest ' +
    'often stays the largest.',
  formula: String.raw`\mathbb{E}_r\bigl[W (r \ast a) + b\bigr] = W\,\bigl((1 - p)\, a\bigr) + b`,
  sources: [
    srivastava(
      'section 4, the end, and figure 2: weights are multiplied by the retention probability at test time',
    ),
    goodfellow('section 7.12, weight scaling inference rule, exact for softmax regression'),
    baldi('the average of linear networks exactly, the normalised weighted geometric mean of logistic units'),
  ],
  claim:
    'The mean over all masks is the pass scaled by the keep probability; a trained network needs the scaling.',
  method:
    'One layer of 3 inputs with weights in sixteenths (so that rounding stays below 1e-7): all 8 masks, weighted by their probabilities, against the scaled pass. ' +
    'Then a network trained with standard dropout, with and without the scaling, on 2,000 test images (paired t interval of the loss, McNemar test of the errors).',
  cost: 3,
  experiment,
};
