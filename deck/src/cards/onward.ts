/** @file Card: what is left goes on to the next layer. */
import { dense, dropout, fillUniform, type Network, network, relu } from 'thinnet';
import { equalBits } from '../bits.js';
import type { Card, Result } from '../card.js';
import { all, atMost, none } from '../finding.js';
import { show, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { noiseOf } from '../masks.js';
import { result } from '../result.js';
import { floats, numbersOf, reading, withParameters, withProgram } from '../run.js';
import { srivastava } from '../sources.js';

// Rate 1/2: the factor 2 and eighths as weights make every product and sum exact in float32, in whatever order.
const [rate, inputs, units, next, examples, seed] = [0.5, 8, 24, 10, 64, 31];

/** Eighths from −1 to 1: a pure function of the index. */
function eighths(length: number, index: number): Float32Array {
  const values = new Float32Array(length);
  fillUniform(values, seed, index, -8.5, 8.5);
  return values.map((x) => Math.round(x) / 8);
}

/** A network with weights in eighths; the next layer's weight is given where it is another. */
function exactNetwork(weight = eighths(units * next, 2)): Network {
  const built = network({ input: [inputs], seed }, dense(units), relu(), dropout(rate), dense(next));
  return withParameters(built, {
    'dense1.weight': eighths(inputs * units, 0),
    'dense1.bias': eighths(units, 1),
    'dense2.weight': weight,
    'dense2.bias': eighths(next, 3),
  });
}

interface Seen {
  readonly active: Float32Array;
  readonly mask: Float32Array;
  readonly preactivation: Float32Array;
}

/** One thinned pass of the first examples. */
async function pass(laboratory: Laboratory, built: Network, count: number): Promise<Seen> {
  const graph = reading(built.graph, { active: 'relu1', mask: 'noise.dropout1' });
  const results = await withProgram(laboratory, graph, (program) =>
    program.run({
      x: floats([count, inputs], eighths(examples * inputs, 4).subarray(0, count * inputs)),
      ...noiseOf(laboratory, built, count, { seed, step: 0 }),
    }),
  );
  const read = (name: string) => numbersOf(results, name);
  return { active: read('active'), mask: read('mask'), preactivation: read('y') };
}

/** What unit j adds to neuron k of the next layer, for one example. */
const term = ({ active, mask }: Seen, weight: Float32Array, example: number, j: number, k: number): number =>
  (mask[example * units + j] as number) *
  (active[example * units + j] as number) *
  (weight[j * next + k] as number);

async function experiment(laboratory: Laboratory): Promise<Result> {
  const [weight, bias] = [eighths(units * next, 2), eighths(next, 3)];
  const seen = await pass(laboratory, exactNetwork(), examples);
  let exact = 0;
  let largestDroppedTerm = 0;
  let droppedTerms = 0;
  for (let example = 0; example < examples; example++)
    for (let k = 0; k < next; k++) {
      let sum = bias[k] as number;
      for (let j = 0; j < units; j++) {
        const added = term(seen, weight, example, j, k);
        sum += added;
        if (seen.mask[example * units + j] !== 0) continue;
        droppedTerms++;
        largestDroppedTerm = Math.max(largestDroppedTerm, Math.abs(added));
      }
      if (seen.preactivation[example * next + k] === sum) exact++;
    }
  laboratory.progress(0.5);
  // Other weights behind the first example's dropped units, and behind the kept ones that are active.
  const is = (j: number, kept: boolean) =>
    kept ? seen.mask[j] !== 0 && (seen.active[j] as number) > 0 : seen.mask[j] === 0;
  const changed = (kept: boolean) =>
    weight.map((w, at) => (is(Math.floor(at / next), kept) ? 1000 - 3 * w : w));
  const one = await pass(laboratory, exactNetwork(), 1);
  const others = await pass(laboratory, exactNetwork(changed(false)), 1);
  const controls = await pass(laboratory, exactNetwork(changed(true)), 1);
  const adding = Array.from({ length: units }, (_, j) => j).filter(
    (j) => (seen.active[j] as number) > 0 && weight[j * next] !== 0,
  );
  const droppedUnits = seen.mask.subarray(0, units).filter((r) => r === 0).length;
  laboratory.progress(1);
  return result('onward', {
    summary: `Of ${whole(examples * next)} preactivations of the next layer ${whole(exact)} were W·(r ∗ a) + b to the last bit; the largest of ${whole(droppedTerms)} terms of dropped neurons was ${show(largestDroppedTerm)}.`,
    findings: [
      all('preactivations equal to W·(r ∗ a) + b', exact, examples * next, 'all, to the last bit'),
      atMost(`largest of the ${whole(droppedTerms)} terms of dropped neurons`, largestDroppedTerm, 0),
      all(
        `preactivations that stay when all outgoing weights of the ${droppedUnits} dropped neurons change`,
        equalBits(one.preactivation, others.preactivation),
        next,
        'all, to the last bit',
      ),
      none(
        'preactivations that stay when the outgoing weights of kept, active neurons change',
        equalBits(one.preactivation, controls.preactivation),
      ),
    ],
    pictures: [
      {
        type: 'bars',
        title: 'What each active neuron adds to the first neuron of the next layer, for one example',
        yLabel: 'term of the sum',
        groups: adding.map((j) => String(j + 1)),
        bars: [
          {
            name: 'without dropout',
            values: adding.map((j) => (seen.active[j] as number) * (weight[j * next] as number)),
          },
          { name: 'with dropout', values: adding.map((j) => term(seen, weight, 0, j, 0)) },
        ],
      },
    ],
    numbers: { preactivations: examples * next, exact, droppedTerms, largestDroppedTerm, droppedUnits },
  });
}

export const onward: Card = {
  id: 'onward',
  section: 'forward',
  question: 'What does the next layer receive after dropout?',
  answer:
    'The masked activations, zeros included: it computes $z = W\\,(r \\ast a) + b$ as ever. The outgoing weights of a dropped neuron ' +
    'are multiplied by 0 and add exactly nothing, so the sum is that of a *thinned* network in which the neuron does not exist.',
  slip:
    'The shape does not change: the next layer gets as many inputs as always, some of them 0. And the sum is that of the thinned network for ' +
    'finite weights only: in floating point $0 \\cdot \\infty$ is not a number.',
  formula: String.raw`z^{(l+1)} = W^{(l+1)} \left(r^{(l)} \ast a^{(l)}\right) + b^{(l+1)}`,
  sources: [srivastava('section 4, the feed-forward operation with dropout; figure 1 (b), a thinned net')],
  claim:
    'The next layer’s preactivation is W·(r ∗ a) + b; a dropped neuron’s outgoing weights add exactly 0.',
  method:
    'Weights in eighths and a rate of 1/2 make every product exact, so the preactivations of 64 examples are compared with the sums ' +
    'bit by bit; then all outgoing weights of the dropped neurons are changed, which must change nothing.',
  cost: 0.3,
  experiment,
};
