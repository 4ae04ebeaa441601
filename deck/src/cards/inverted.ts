/** @file Card: inverted dropout scales the survivors up in training. */
import { dropout, network, thinnedProgram } from 'thinnet';
import type { Card, Result } from '../card.js';
import { all, near } from '../finding.js';
import { show, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { drawNoise, dropoutSite } from '../masks.js';
import { result } from '../result.js';
import { floats, numbersOf, withProgram } from '../run.js';
import { srivastava } from '../sources.js';
import { allMasks } from '../statistics/enumerate.js';

const rates = [0.1, 0.2, 1 / 3, 0.5, 0.75, 0.9] as const;
const [draws, seed] = [10_000, 101];
const activations = [1, 2, 3] as const;
const total = 6;
const rate = 1 / 3;

const sum = (xs: Iterable<number>): number => [...xs].reduce((a, b) => a + b, 0);

interface Step {
  readonly noise: readonly number[];
  readonly after: readonly number[];
}

interface Worked {
  /** The first step in which one of the three neurons is dropped, the first or the last. */
  readonly step: number;
  readonly drawn: Step;
  /** What each of the 8 masks gives. */
  readonly masks: readonly (Step & { readonly probability: number })[];
}

/** Three neurons with activations 1, 2, 3 through a dropout layer of rate 1/3. */
async function workedExample(laboratory: Laboratory, factor: number): Promise<Worked> {
  const built = network({ input: [3], seed }, dropout(rate, { name: 'dropout' }));
  const [site] = built.sites;
  if (site === undefined) throw new Error('the layer has no noise site');
  const draw = (step: number) => drawNoise(laboratory, site, { seed, step }, 3);
  let step = 0;
  // Without the 2 the survivors' 1 and 3 come to 6 by chance: an outer one shows better that a single step's total is off.
  const telling = (noise: Float32Array) => noise.filter((r) => r === 0).length === 1 && noise[1] !== 0;
  while (!telling(draw(step)) && step < 1000) step++;
  return withProgram(laboratory, thinnedProgram(built), async (program) => {
    const through = async (noise: ArrayLike<number>): Promise<Step> => {
      const results = await program.run({
        x: floats([1, 3], activations),
        [site.input]: floats([1, 3], noise),
      });
      return { noise: Array.from(noise), after: [...numbersOf(results, 'y')] };
    };
    const masks = [];
    for (const { kept, probability } of allMasks(3, rate))
      masks.push({ probability, ...(await through(kept.map((k) => k * factor))) });
    return { step, drawn: await through(draw(step)), masks };
  });
}

async function experiment(laboratory: Laboratory): Promise<Result> {
  const survivors = rates.map((p) =>
    drawNoise(laboratory, dropoutSite(p, draws), { seed, step: 0 }, draws).filter((r) => r !== 0),
  );
  const factors = survivors.map((values) => sum(values) / values.length);
  laboratory.progress(0.5);
  // What the layer multiplies its survivors by, for the masks of the worked example.
  const factor = Math.max(...(survivors[rates.indexOf(rate)] as Float32Array));
  const { step, drawn, masks } = await workedExample(laboratory, factor);
  const expected = sum(masks.map(({ probability, after }) => probability * sum(after)));
  laboratory.progress(1);
  const cells = (values: readonly number[]) => values.map((value) => show(value));
  return result('inverted', {
    summary: `Survivors were multiplied by ${rates.map((p, i) => `${show(factors[i] as number)} at rate ${show(p, 3)}`).join(', ')} (1 / keep: ${rates.map((p) => show(1 / (1 - p))).join(', ')}). Over its 8 masks the worked example’s total is ${show(expected, 6)} on average, and ${total} without dropout.`,
    findings: [
      ...rates.map((p, i) => {
        const values = survivors[i] as Float32Array;
        return all(
          `survivors at rate ${show(p, 3)} multiplied by 1 / keep = ${show(1 / (1 - p))}`,
          values.filter((r) => r === Math.fround(1 / (1 - p))).length,
          values.length,
          'all, to the last bit',
        );
      }),
      near('total of three neurons 1, 2, 3, averaged over the 8 masks', expected, total, 1e-6),
    ],
    pictures: [
      {
        type: 'table',
        title: `Three neurons, rate 1/3, step ${step + 1}: one is dropped`,
        columns: ['', 'neuron 1', 'neuron 2', 'neuron 3', 'total'],
        rows: [
          ['activation', ...cells(activations), show(total)],
          ['noise drawn', ...cells(drawn.noise), ''],
          ['after dropout', ...cells(drawn.after), show(sum(drawn.after))],
          [
            'mean over all masks',
            ...cells(
              activations.map((_, j) => sum(masks.map((m) => m.probability * (m.after[j] as number)))),
            ),
            show(expected),
          ],
        ],
      },
      {
        type: 'lines',
        title: 'The survivors’ factor: 1 / keep, not 1 / rate (the two cross at rate 0.5)',
        xLabel: 'rate',
        yLabel: 'factor',
        x: rates,
        lines: [
          { name: 'measured', y: factors, isMarked: true },
          { name: '1 / keep', y: rates.map((p) => 1 / (1 - p)) },
          { name: '1 / rate, the slip', y: rates.map((p) => 1 / p) },
        ],
      },
      {
        type: 'table',
        title: 'All 8 masks of the three neurons',
        columns: ['after dropout', 'total', 'probability'],
        rows: masks.map(({ after, probability }) => [
          cells(after).join('  '),
          show(sum(after)),
          show(probability),
        ]),
      },
    ],
    numbers: { rates, factors, survivors: survivors.map(({ length }) => length), expected, step, draws },
  });
}

export const inverted: Card = {
  id: 'inverted',
  section: 'scaling',
  question: 'What does inverted dropout do differently from standard dropout?',
  answer:
    'It scales in training instead of at inference: the survivors are multiplied by the inverse of the keep probability, $1/(1 - p)$. If one of three neurons is dropped ' +
    'on average, the others are multiplied by $3/2$.',
  slip:
    'The factor is the inverse of the *keep* probability, not of the drop rate. At rate 0.5 both are 2, so the slip goes unnoticed there; at rate 0.1 the factor is 1.11, not 10. ' +
    'And it depends on the rate alone, not on how many neurons a step happened to drop.',
  formula: String.raw`\tilde{a}_j = \frac{r_j}{1 - p}\, a_j, \qquad r_j \sim \mathrm{Bernoulli}(1 - p)`,
  sources: [
    srivastava(
      'section 10: retained activations scaled up by 1/p in training, p being the keep probability there',
    ),
  ],
  claim: 'Survivors are multiplied by 1 / keep, exactly, at every rate.',
  method:
    `Draws the noise of ${whole(draws)} neurons at six rates and compares every survivor’s factor with 1 / keep bit by bit; then takes three neurons through the layer, ` +
    'step by step and with all 8 masks.',
  cost: 0.2,
  experiment,
};
