/** @file Card: the chosen outputs become zero for one forward pass. */
import { dense, dropout, fillNormal, network, relu } from 'thinnet';
import type { Card, Result } from '../card.js';
import { all, LEVEL, tested } from '../finding.js';
import { percent, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { noiseOf } from '../masks.js';
import { result } from '../result.js';
import { floats, numbersOf, reading, withProgram } from '../run.js';
import { hinton, srivastava } from '../sources.js';
import { binomialTest } from '../statistics/binomial.js';

const [rate, inputs, units, examples, seed] = [0.4, 20, 100, 128, 21];
const shown = 12;

/** What one forward pass of the network showed. */
interface Pass {
  readonly before: Float32Array;
  readonly mask: Float32Array;
  readonly after: Float32Array;
}

/** Two passes of the same examples through the thinned network, with the masks of two successive steps. */
async function twoPasses(laboratory: Laboratory): Promise<readonly [Pass, Pass]> {
  const built = network({ input: [inputs], seed }, dense(units), relu(), dropout(rate), dense(10));
  const graph = reading(built.graph, { before: 'relu1', mask: 'noise.dropout1', after: 'dropout1' });
  const x = new Float32Array(examples * inputs);
  fillNormal(x, seed, 1000, 0, 1);
  return withProgram(laboratory, graph, async (program) => {
    const pass = async (step: number): Promise<Pass> => {
      const results = await program.run({
        x: floats([examples, inputs], x),
        ...noiseOf(laboratory, built, examples, { seed, step }),
      });
      const read = (name: string) => numbersOf(results, name);
      return { before: read('before'), mask: read('mask'), after: read('after') };
    };
    return [await pass(0), await pass(1)];
  });
}

/** How many elements of a pass there are for which something is so. */
const count = ({ before, mask, after }: Pass, is: (before: number, mask: number, after: number) => boolean) =>
  before.reduce((sum, x, i) => sum + Number(is(x, mask[i] as number, after[i] as number)), 0);

async function experiment(laboratory: Laboratory): Promise<Result> {
  const [first, second] = await twoPasses(laboratory);
  const n = first.before.length;
  const dropped = count(first, (_, mask) => mask === 0);
  const back = count({ ...first, after: second.mask }, (_, mask, next) => mask === 0 && next !== 0);
  const zeros = count(first, (_, mask, after) => mask === 0 && after === 0);
  const zerosBefore = count(first, (before) => before === 0);
  const findings = [
    all(
      'after = before · mask',
      count(first, (before, mask, after) => after === Math.fround(before * mask)),
      n,
      'every element, in every bit',
    ),
    all('dropped outputs that are 0', zeros, dropped, 'all, exactly'),
    all(
      'kept outputs that are divided by keep',
      count(
        first,
        (before, mask, after) => mask !== 0 && after === Math.fround(before * Math.fround(1 / (1 - rate))),
      ),
      n - dropped,
      'all, to the last bit',
    ),
    all(
      'values before the mask that the next pass has again',
      count({ ...first, after: second.before }, (before, _, next) => before === next),
      n,
      'all: the weights and what they compute are as they were',
    ),
    tested(
      'dropped outputs that the next pass keeps',
      `${percent(back / dropped)} of ${whole(dropped)}`,
      percent(1 - rate),
      { p: binomialTest(back, dropped, 1 - rate), test: 'exact binomial test', level: LEVEL },
    ),
  ];
  // Of the first example, units that are active.
  const active = Array.from({ length: units }, (_, unit) => unit)
    .filter((unit) => first.before[unit] !== 0)
    .slice(0, shown);
  const row = (values: Float32Array) => active.map((unit) => values[unit] as number);
  laboratory.progress(1);
  return result('masking', {
    summary: `Of ${whole(n)} outputs ${whole(dropped)} were masked, and ${whole(zeros)} of these were exactly 0 after it; ${percent(back / dropped)} were kept in the next pass.`,
    findings,
    pictures: [
      {
        type: 'grid',
        title: `${active.length} active units of one example: before the mask, the mask (0 or 1 / keep = 1.667), after it; then the next pass`,
        rows: 5,
        columns: active.length,
        values: [first.before, first.mask, first.after, second.mask, second.after].flatMap(row),
        rowLabels: ['before', 'mask', 'after', 'next mask', 'after that'],
        columnLabels: active.map((unit) => `unit ${unit + 1}`),
        written: true,
      },
    ],
    numbers: { elements: n, dropped, back, zerosBefore },
  });
}

export const masking: Card = {
  id: 'masking',
  section: 'forward',
  question: 'In the forward pass, what happens to the outputs that dropout has chosen?',
  answer:
    'They are multiplied by 0, for this one forward pass: the layer’s activations $a$ are multiplied element by element by a ' +
    'mask that holds 0 for dropped and 1 for kept outputs (with inverted dropout $1/(1 - p)$ for kept ones). Nothing is removed for good: ' +
    'the neuron still computes its activation, its weights stay as they are, and in the next pass it may be back.',
  slip:
    'A zero behind a dropout is not always a dropped output: with ReLU many activations are 0 already. And every example of ' +
    'a mini-batch has a mask of its own, not the whole batch one.',
  formula: String.raw`\tilde{a} = r \ast a, \qquad r_j \in \left\{0, \tfrac{1}{1 - p}\right\}`,
  sources: [
    srivastava(
      'section 4, the equations of the thinned layer; section 5.1, a thinned network for each training case',
    ),
    hinton('first page: hidden units omitted at random on each presentation of each training case'),
  ],
  claim:
    'After the mask is before the mask times the mask, in every element; dropped ones are exactly 0, and back in later passes.',
  method:
    'Reads the activation before the mask, the mask and the activation after it out of the running network, for 128 examples ' +
    'and 100 units, in two passes; compares every element.',
  cost: 0.3,
  experiment,
};
