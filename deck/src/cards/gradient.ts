/** @file Card: dropped neurons get no gradient. */
import type { Card, Result } from '../card.js';
import { all, atMost, none } from '../finding.js';
import { show, whole } from '../format.js';
import type { Laboratory } from '../laboratory.js';
import { type Gradients, rate, type Seen, size, thinnedGradients } from '../measurements/gradients.js';
import { type Movement, type OptimizerName, optimizers, secondStep } from '../measurements/second-step.js';
import { result } from '../result.js';
import { srivastava } from '../sources.js';

const { inputs, units, outputs, examples } = size;
const range = (length: number) => Array.from({ length }, (_, i) => i);

/** Whether all gradients of a neuron's parameters, incoming and outgoing, are exactly 0. */
function isZero({ incoming, bias, outgoing }: Gradients, unit: number): boolean {
  return (
    bias[unit] === 0 &&
    range(inputs).every((i) => incoming[i * units + unit] === 0) &&
    range(outputs).every((k) => outgoing[unit * outputs + k] === 0)
  );
}

const largest = (values: Iterable<number>): number => Math.max(...[...values].map(Math.abs));

/** Largest difference between the mini-batch's gradient and the sum of its examples', of all parameters. */
function fromSum({ batch, single }: Seen): number {
  const names = ['incoming', 'bias', 'outgoing'] as const;
  return largest(
    names.map((name) =>
      largest(
        batch[name].map(
          (value, at) => value - single.reduce((sum, one) => sum + (one[name][at] as number), 0),
        ),
      ),
    ),
  );
}

async function experiment(laboratory: Laboratory): Promise<Result> {
  const seen = await thinnedGradients(laboratory);
  const { mask, batch, differences } = seen;
  const dropped = mask.filter((r) => r === 0).length;
  const zero = batch.preactivation.filter((g, at) => mask[at] === 0 && g === 0).length;
  const flowing = batch.preactivation.filter((g, at) => mask[at] !== 0 && g !== 0).length;
  const difference = largest(batch.preactivation.map((g, at) => g - (differences[at] as number)));
  const droppedIn = (unit: number) => range(examples).filter((n) => mask[n * units + unit] === 0).length;
  const inAll = range(units).filter((unit) => droppedIn(unit) === examples);
  const inSome = range(units).filter((unit) => droppedIn(unit) > 0 && droppedIn(unit) < examples);
  laboratory.progress(0.4, 'gradients');

  const names = Object.keys(optimizers) as OptimizerName[];
  const movements: Record<string, Movement> = {};
  for (const [i, name] of names.entries()) {
    movements[name] = await secondStep(laboratory, name);
    laboratory.progress(0.4 + (0.6 * (i + 1)) / names.length, `a step with ${name}`);
  }
  const moved = names.map((name) => movements[name] as Movement);
  const [plain, momentum, decay] = moved as [Movement, Movement, Movement];
  const still = 'outgoing weights of neurons that were dropped in this step only';
  return result('gradient', {
    summary: `The gradient was exactly 0 at ${whole(zero)} of ${whole(dropped)} masked preactivations, and nowhere further than ${show(difference, 2)} from finite differences; of ${plain.weights} weights without a gradient plain SGD moved ${plain.moved}, momentum ${momentum.moved}, weight decay ${decay.moved}.`,
    findings: [
      all('masked preactivations whose gradient is 0', zero, dropped, 'all, exactly'),
      all('other preactivations whose gradient is not 0', flowing, mask.length - dropped, 'all'),
      atMost('largest difference to finite differences of the thinned network', difference, 1e-7),
      atMost(
        'largest difference of a mini-batch’s gradient to the sum of its examples’',
        fromSum(seen),
        1e-12,
      ),
      all(
        'neurons dropped in every example whose weights all have gradient 0',
        inAll.filter((unit) => isZero(batch, unit)).length,
        inAll.length,
        'all, exactly',
      ),
      none(
        `of the ${inSome.length} neurons dropped in some examples: those whose weights all have gradient 0`,
        inSome.filter((unit) => isZero(batch, unit)).length,
      ),
      none(`${still}, moved by plain SGD`, plain.moved),
      all(`${still}, moved by momentum`, momentum.moved, momentum.weights, 'all'),
      all(`${still}, moved by weight decay`, decay.moved, decay.weights, 'all'),
    ],
    pictures: [
      {
        type: 'grid',
        title: `Gradient of the loss in the preactivations of ${units / 3} neurons, and their masks, for ${examples} examples`,
        rows: 2 * examples,
        columns: units / 3,
        values: range(examples).flatMap((n) =>
          [mask, batch.preactivation].flatMap((values) => [
            ...values.slice(n * units, n * units + units / 3),
          ]),
        ),
        rowLabels: range(examples).flatMap((n) => [`mask ${n + 1}`, `gradient ${n + 1}`]),
      },
      {
        type: 'bars',
        title: 'How far a step moves weights that have no gradient in it (root mean square)',
        yLabel: 'change',
        groups: names,
        bars: [{ name: 'dropped neurons’ outgoing weights', values: moved.map((movement) => movement.size) }],
      },
    ],
    numbers: {
      rate,
      dropped,
      zero,
      difference,
      droppedInEveryExample: inAll.length,
      droppedInSome: inSome.length,
      moved: moved.map((movement) => movement.moved),
      weights: moved.map((movement) => movement.weights),
      sizes: moved.map((movement) => movement.size),
    },
  });
}

export const gradient: Card = {
  id: 'gradient',
  section: 'backward',
  question: 'What gradient do dropped neurons get in the backward pass?',
  answer:
    'None: the gradient goes through the same mask as the activation, so where the mask is 0 the gradient is exactly 0 (*gradient masking*). ' +
    'For a single example all incoming and outgoing weights of a dropped neuron have gradient 0; the kept ones have the gradient of ' +
    'the thinned network, as if the dropped neurons did not exist.',
  slip:
    '“Dropped neurons are not updated” needs two restrictions. In a mini-batch every example has a mask of its own and a weight’s gradient is the sum (or mean) over ' +
    'the examples, so it is 0 only where every example dropped the neuron. And a weight without a gradient may move nevertheless: ' +
    'momentum carries on, and weight decay shrinks it.',
  formula: String.raw`\frac{\partial L}{\partial z_j} = r_j\, f'(z_j) \sum_k W_{kj}\, \frac{\partial L}{\partial z_k^{(l+1)}}`,
  sources: [
    srivastava(
      'section 5.1, backpropagation: a training case that does not use a parameter contributes a gradient of zero for it',
    ),
  ],
  claim: 'The gradient is exactly 0 where the mask is 0, and that of the thinned network elsewhere.',
  method:
    'Differentiates a small thinned network for 3 examples in double precision; holds the gradients against the mask and against finite differences. ' +
    'Then trains for two steps and looks at the weights of neurons that the second step dropped, with plain SGD, momentum and weight decay.',
  cost: 2,
  experiment,
};
