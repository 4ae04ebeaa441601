/** @file Card: why the scale in training makes up for the dropped neurons. */
import { dropout, fillUniform, meanInterval, network, thinnedProgram } from 'thinnet';
import type { Card, Result } from '../card.js';
import { covers, LEVEL, tested } from '../finding.js';
import { percent, show, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { noiseOf } from '../masks.js';
import { result } from '../result.js';
import { floats, numbersOf, withProgram } from '../run.js';
import { srivastava } from '../sources.js';
import { chiSquareTail } from '../statistics/chi-square.js';
import { normalTwoSided } from '../statistics/normal.js';
import { slopeOf } from '../statistics/slope.js';

const [rate, units, seed] = [1 / 3, 256, 111];
/** Numbers of masks that are averaged; each mean has masks of its own. */
const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096] as const;
const batch = 256;
/** Variance of one neuron's noise. */
const noiseVariance = rate / (1 - rate);

interface Means {
  readonly activation: Float32Array;
  /** For each size, the mean output of every unit. */
  readonly means: readonly Float64Array[];
  /** The layer's total under each of the largest mean's masks. */
  readonly totals: readonly number[];
}

async function averages(laboratory: Laboratory): Promise<Means> {
  const built = network({ input: [units], seed }, dropout(rate));
  const activation = new Float32Array(units);
  fillUniform(activation, seed, 0, 0.5, 2);
  return withProgram(laboratory, thinnedProgram(built), async (program) => {
    let step = 0;
    /** `count` masks, one a row. */
    const rows = async (count: number): Promise<Float32Array> => {
      const repeated = new Float32Array(count * units);
      for (let row = 0; row < count; row++) repeated.set(activation, row * units);
      const noise = noiseOf(laboratory, built, count, { seed, step: step++ });
      return numbersOf(await program.run({ x: floats([count, units], repeated), ...noise }), 'y');
    };
    const means: Float64Array[] = [];
    let totals: number[] = [];
    for (const [i, size] of sizes.entries()) {
      laboratory.signal?.throwIfAborted();
      const sums = new Float64Array(units);
      totals = [];
      for (let done = 0; done < size; done += batch) {
        const count = Math.min(batch, size - done);
        const y = await rows(count);
        for (let row = 0; row < count; row++) {
          let total = 0;
          for (let unit = 0; unit < units; unit++) {
            const value = y[row * units + unit] as number;
            sums[unit] = (sums[unit] as number) + value;
            total += value;
          }
          totals.push(total);
        }
      }
      means.push(sums.map((sum) => sum / size));
      laboratory.progress((i + 1) / sizes.length, `${size} masks`);
    }
    return { activation, means, totals };
  });
}

async function experiment(laboratory: Laboratory): Promise<Result> {
  const { activation, means, totals } = await averages(laboratory);
  // Each unit's error as a share of its activation: all of one variance, noiseVariance / n.
  const squares = means.map((mean) =>
    mean.reduce((sum, value, unit) => sum + (value / (activation[unit] as number) - 1) ** 2, 0),
  );
  const errors = squares.map((square) => Math.sqrt(square / units));
  const predicted = sizes.map((n) => Math.sqrt(noiseVariance / n));
  const most = sizes.length - 1;
  const n = sizes[most] as number;
  // ln of a root mean square over `units` units has a standard deviation of about 1 / √(2 · units).
  const { slope, error } = slopeOf(sizes.map(Math.log), errors.map(Math.log), 1 / Math.sqrt(2 * units));
  const chi = ((squares[most] as number) * n) / noiseVariance;
  const total = activation.reduce((sum, a) => sum + a, 0);
  const estimate = meanInterval(totals, 1 - LEVEL);
  return result('why-inverted', {
    summary: `Averaged over ${whole(n)} masks the layer’s total was ${show(estimate.mean, 6)}; without dropout it is ${show(total, 6)}. The error fell as n^${show(slope, 3)}; 1/√n is n^−0.5.`,
    findings: [
      covers(`mean total of the layer over ${whole(n)} masks, against that without dropout`, estimate, total),
      tested(
        `errors of ${units} neurons’ means over ${whole(n)} masks`,
        `χ² = ${show(chi)}`,
        `no bias, variance rate / keep / n`,
        { p: twoSided(chi), test: `two-sided chi-square test, ${units} degrees of freedom,` },
      ),
      tested(
        'slope of ln error against ln n, n = 1 to 4,096',
        `${show(slope)} ± ${show(error, 2)}`,
        '−0.5: 1/√n',
        {
          p: normalTwoSided((slope + 0.5) / error),
          test: 'normal test',
        },
      ),
    ],
    pictures: [
      {
        type: 'lines',
        title:
          'How far the mean over n masks is from the layer without dropout, root mean square: a line of slope −1/2',
        xLabel: 'log₂ of the number of masks',
        yLabel: 'log₂ of the relative error',
        x: sizes.map(Math.log2),
        lines: [
          { name: 'measured', y: errors.map(Math.log2), isMarked: true },
          { name: '√(rate / keep / n)', y: predicted.map(Math.log2) },
        ],
      },
      {
        type: 'bars',
        title: 'Eight neurons: without dropout, under one mask, averaged over 16 and over 4,096 masks',
        yLabel: 'output',
        groups: Array.from({ length: 8 }, (_, unit) => String(unit + 1)),
        bars: [
          { name: 'without dropout', values: [...activation.subarray(0, 8)] },
          ...[0, 4, most].map((i) => ({
            name: `${whole(sizes[i] as number)} mask${i === 0 ? '' : 's'}`,
            values: [...(means[i] as Float64Array).subarray(0, 8)],
          })),
        ],
      },
    ],
    numbers: { sizes, errors, predicted, slope, slopeError: error, total, meanTotal: estimate.mean },
  });
}

/** Errors that are too small are as suspicious as errors that are too large. */
function twoSided(chi: number): number {
  const tail = chiSquareTail(chi, units);
  return 2 * Math.min(tail, 1 - tail);
}

export const whyInverted: Card = {
  id: 'why-inverted',
  section: 'scaling',
  question: 'Why does inverted dropout scale the survivors up in training?',
  answer:
    'To make up for the dropped neurons: the survivors carry the share of the missing ones, so that the expected total of the layer stays that of no dropout. ' +
    'Each output is $a_j/(1 - p)$ with probability $1 - p$ and 0 otherwise: $a_j$ on average.',
  slip:
    'On average only. In a single step each output is off by chance, with a standard deviation of $\\sqrt{p/(1 - p)}$ of its activation: 71 % at rate 1/3. That noise is what regularises; it averages ' +
    `out over steps as $1/\\sqrt{n}$ (${percent(Math.sqrt(noiseVariance / 100), 2)} after 100).`,
  formula: String.raw`\mathbb{E}[\tilde{a}_j] = (1 - p)\,\frac{a_j}{1 - p} = a_j, \qquad \operatorname{Var}[\tilde{a}_j] = \frac{p}{1 - p}\, a_j^2`,
  sources: [
    srivastava(
      'section 10: noise of 1/p with probability p (the keep probability) has mean 1 and variance (1 − p)/p',
    ),
  ],
  claim: 'The mean over many masks is the layer without dropout, and its error falls as 1/√n.',
  method:
    'Sends the same 256 activations through an inverted dropout of rate 1/3 under 1 to 4,096 masks, each mean with masks of its own; compares means and total with the layer without dropout (99.99 % interval, ' +
    'chi-square test) and fits the slope of the error.',
  cost: 0.5,
  experiment,
};
