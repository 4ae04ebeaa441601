/** @file Card: in training dropout sets a random share of the outputs to zero. */
import type { Card, Finding, Result } from '../card.js';
import { tested } from '../finding.js';
import { percent, show, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { drawNoise, dropoutSite } from '../masks.js';
import { result } from '../result.js';
import { binomialTest } from '../statistics/binomial.js';
import { chiSquareOfCounts } from '../statistics/chi-square.js';

const rates = [0.1, 0.2, 0.3, 0.5, 0.8] as const;
const width = 256;
const steps = 1000;
const seed = 11;

/** How often each of the units was dropped, over all steps. */
function dropsByUnit(laboratory: Laboratory, rate: number): Float64Array {
  const site = dropoutSite(rate, width);
  const drops = new Float64Array(width);
  for (let step = 0; step < steps; step++) {
    const noise = drawNoise(laboratory, site, { seed, step }, width);
    for (let unit = 0; unit < width; unit++) if (noise[unit] === 0) drops[unit] = (drops[unit] as number) + 1;
  }
  return drops;
}

async function experiment(laboratory: Laboratory): Promise<Result> {
  const findings: Finding[] = [];
  const shares: number[] = [];
  const byUnit: number[][] = [];
  let leastP = 1;
  for (const [i, rate] of rates.entries()) {
    laboratory.signal?.throwIfAborted();
    const drops = dropsByUnit(laboratory, rate);
    const zeros = drops.reduce((sum, x) => sum + x, 0);
    const n = width * steps;
    shares.push(zeros / n);
    byUnit.push(Array.from(drops, (x) => x / steps));
    const binomial = binomialTest(zeros, n, rate);
    const positions = chiSquareOfCounts(drops, steps, rate);
    leastP = Math.min(leastP, positions.p);
    findings.push(
      tested(`share of zeros at rate ${rate}`, `${show(zeros / n, 5)} of ${whole(n)}`, String(rate), {
        p: binomial,
        test: 'exact binomial test',
      }),
      tested(
        `zeros by position at rate ${rate}`,
        `χ² = ${show(positions.statistic)} over ${width} positions`,
        'every position alike',
        { p: positions.p, test: `chi-square test, ${positions.freedom} degrees of freedom,` },
      ),
    );
    laboratory.progress((i + 1) / rates.length, `rate ${rate}`);
  }
  const seen = rates.map((rate, i) => `${percent(shares[i] as number)} at rate ${rate}`).join(', ');
  return result('training', {
    summary: `Of ${whole(width * steps)} outputs each, dropout set to zero ${seen}; the least p value of “all positions alike” was ${show(leastP, 3)}.`,
    findings,
    pictures: [
      {
        type: 'bars',
        title: 'Share of outputs set to zero, against the rate',
        yLabel: 'share',
        groups: rates.map((rate) => `rate ${rate}`),
        bars: [
          { name: 'rate', values: rates },
          { name: 'share of zeros', values: shares },
        ],
      },
      {
        type: 'lines',
        title: `How often each of ${width} units was dropped in ${whole(steps)} steps`,
        xLabel: 'unit',
        yLabel: 'share of steps',
        x: Array.from({ length: width }, (_, unit) => unit),
        lines: rates.map((rate, i) => ({ name: `rate ${rate}`, y: byUnit[i] as number[] })),
      },
    ],
    numbers: { rates, shares, draws: width * steps },
  });
}

export const training: Card = {
  id: 'training',
  section: 'overview',
  question: 'What does dropout do to a layer’s outputs during training?',
  answer:
    'At every training step it sets some of the outputs to zero, chosen at random: each output with the probability $p$, ' +
    'the *rate*, and independently of all others. So at rate 0.3 about 30 % of the outputs of a step are zero.',
  slip:
    'The rate is a probability, not a quota. Of 10 outputs at rate 0.3 three are zero on average; a single step may zero ' +
    'one or five. Some texts and libraries state the probability to *keep* instead, $1 - p$.',
  formula: String.raw`r_j \sim \mathrm{Bernoulli}(1 - p), \qquad \tilde{y}_j = r_j\, y_j`,
  sources: [
    {
      text: 'Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014, Dropout: a simple way to prevent neural networks from overfitting, JMLR 15, section 4',
      url: 'https://jmlr.org/papers/v15/srivastava14a.html',
    },
    {
      text: 'Hinton, Srivastava, Krizhevsky, Sutskever, Salakhutdinov 2012, Improving neural networks by preventing co-adaptation of feature detectors',
      url: 'https://arxiv.org/abs/1207.0580',
    },
  ],
  claim: 'The share of zeros is the rate, at every position alike.',
  method:
    'Draws the masks of 1,000 steps for 256 units at five rates; counts the zeros in all (exact binomial test) and unit by ' +
    'unit (chi-square test).',
  cost: 1,
  experiment,
};
