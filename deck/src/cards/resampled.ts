/** @file Card: every iteration draws a new set. */
import type { Card, Finding, Result } from '../card.js';
import { all, atMost, LEVEL, tested } from '../finding.js';
import { percent, show, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { drawNoise, dropoutSite } from '../masks.js';
import { result } from '../result.js';
import { srivastava } from '../sources.js';
import { binomialTest } from '../statistics/binomial.js';
import { normalQuantile } from '../statistics/normal.js';

const [units, steps, lags, seed] = [64, 20_000, 20, 41];
const rates = [0.3, 0.5] as const;

/** 1 where kept, [steps, units], row-major. */
function keptSets(laboratory: Laboratory, rate: number): Uint8Array {
  const site = dropoutSite(rate, units);
  const kept = new Uint8Array(steps * units);
  for (let step = 0; step < steps; step++) {
    if (step % 1000 === 0) laboratory.signal?.throwIfAborted();
    const noise = drawNoise(laboratory, site, { seed, step }, units);
    for (let unit = 0; unit < units; unit++) kept[step * units + unit] = noise[unit] === 0 ? 0 : 1;
  }
  return kept;
}

/** How many units two successive steps both kept, over pairs of steps that share no step: independent trials. */
function overlap(kept: Uint8Array): number {
  let both = 0;
  for (let step = 0; step < steps; step += 2)
    for (let i = step * units; i < (step + 1) * units; i++)
      both += (kept[i] as number) & (kept[i + units] as number);
  return both;
}

function distinctMasks(kept: Uint8Array): number {
  const seen = new Set<string>();
  for (let step = 0; step < steps; step++) seen.add(kept.subarray(step * units, (step + 1) * units).join(''));
  return seen.size;
}

/** Correlation of a unit's state with its state `lag` steps later, over all units. */
function serialCorrelation(kept: Uint8Array, keep: number, lag: number): number {
  let sum = 0;
  for (let i = lag * units; i < kept.length; i++)
    sum += ((kept[i] as number) - keep) * ((kept[i - lag * units] as number) - keep);
  return sum / (keep * (1 - keep) * (kept.length - lag * units));
}

async function experiment(laboratory: Laboratory): Promise<Result> {
  const findings: Finding[] = [];
  const overlaps: number[] = [];
  const distinct: number[] = [];
  const correlations: number[][] = [];
  const pairs = (steps / 2) * units;
  // One of `lags` correlations is allowed to leave its band with the level's probability in all.
  const quantile = normalQuantile(1 - LEVEL / lags);
  const bandAt = (lag: number) => quantile / Math.sqrt((steps - lag) * units);
  let picture: number[] = [];
  for (const [i, rate] of rates.entries()) {
    const keep = 1 - rate;
    const kept = keptSets(laboratory, rate);
    const both = overlap(kept);
    const serial = Array.from({ length: lags }, (_, lag) => serialCorrelation(kept, keep, lag + 1));
    const different = distinctMasks(kept);
    distinct.push(different);
    overlaps.push(both / pairs);
    correlations.push(serial);
    picture = Array.from(kept.subarray(0, 24 * 32 * 2)).filter((_, at) => at % units < 32);
    findings.push(
      tested(
        `units kept by two successive steps, rate ${rate}`,
        `${percent(both / pairs, 5)} of ${whole(pairs)}`,
        `keep² = ${percent(keep * keep)}`,
        { p: binomialTest(both, pairs, keep * keep), test: 'exact binomial test' },
      ),
      all(`different masks in ${whole(steps)} steps, rate ${rate}`, different, steps, 'no mask twice'),
      atMost(
        `largest serial correlation at lags 1 to ${lags}, rate ${rate}, as a share of its confidence band (${show(1 - LEVEL)} for all lags together)`,
        Math.max(...serial.map((r, lag) => Math.abs(r) / bandAt(lag + 1))),
        1,
      ),
    );
    laboratory.progress((i + 1) / rates.length, `rate ${rate}`);
  }
  const x = Array.from({ length: lags }, (_, lag) => lag + 1);
  return result('resampled', {
    summary: `Successive steps both kept ${rates.map((rate, i) => `${percent(overlaps[i] as number)} of the units at rate ${rate} (independent draws: ${percent((1 - rate) ** 2)})`).join(', ')}; ${rates.map((rate, i) => `${whole(distinct[i] as number)} different masks in ${whole(steps)} steps at rate ${rate}`).join(', ')}.`,
    findings,
    pictures: [
      {
        type: 'grid',
        title: 'Which of 32 units 24 successive steps kept (rate 0.5): a new set every time',
        rows: 24,
        columns: 32,
        values: picture,
        rowLabels: Array.from({ length: 24 }, (_, step) => `step ${step + 1}`),
      },
      {
        type: 'lines',
        title:
          'Correlation of a unit’s state with its state some steps later, and the band of independent draws',
        xLabel: 'steps later',
        yLabel: 'correlation',
        x,
        lines: [
          ...rates.map((rate, i) => ({ name: `rate ${rate}`, y: correlations[i] as number[] })),
          { name: 'independent', y: x.map(() => 0), low: x.map((lag) => -bandAt(lag)), high: x.map(bandAt) },
        ],
      },
    ],
    numbers: {
      rates,
      overlaps,
      distinct,
      steps,
      units,
      ...Object.fromEntries(
        rates.map((rate, i) => [`serialCorrelationAtRate${rate}`, correlations[i] as number[]]),
      ),
    },
  });
}

export const resampled: Card = {
  id: 'resampled',
  section: 'forward',
  question: 'Are the same neurons dropped in every training iteration?',
  answer:
    'No. Every step draws a new random set, independently of all earlier ones. A neuron kept now is kept next time with probability $1 - p$, ' +
    'whatever happened before; two successive steps both keep it with probability $(1 - p)^2$.',
  slip:
    'Independent does not mean different: at rate 0.5 two successive sets agree in half of the neurons on average. What never ' +
    'happens with many neurons is that a whole set comes again: 64 neurons have $2^{64}$ of them.',
  formula: String.raw`P\!\left(r_j^{(t)} = r_j^{(t+1)} = 1\right) = (1 - p)^2, \qquad \operatorname{Corr}\!\left(r_j^{(t)}, r_j^{(t+k)}\right) = 0`,
  sources: [
    srivastava(
      'section 1 (2^n possible thinned networks, a new one sampled for each presentation of a training case); section 5.1',
    ),
  ],
  claim:
    'Masks of successive steps overlap in keep² of the units, are never the same, and do not depend on each other.',
  method:
    'Draws the masks of 20,000 steps for 64 units at two rates: overlap of 10,000 pairs of successive steps (exact binomial test), ' +
    'repeated masks, and the serial correlation at lags 1 to 20 against the band of independent draws.',
  cost: 1,
  experiment,
};
