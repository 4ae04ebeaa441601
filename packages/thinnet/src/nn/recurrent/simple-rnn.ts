/** @file The simple recurrent network. */
import { ThinnetError } from '../../error.js';
import type { Value } from '../../graph/value.js';
import type { KeysOf } from '../../options/check.js';
import { placeOf } from '../dropout/multiply.js';
import { checkLayer } from '../layer-options.js';
import type { Layer } from '../scope.js';
import type { Cell, CellWeights, Writer } from './cell.js';
import { recurrent } from './layer.js';
import { type RecurrentOptions, recurrentKeys } from './options.js';
import { recurrentParameters } from './parameters.js';

export interface SimpleRnnOptions extends RecurrentOptions {
  /** What follows the sum (default `tanh`). */
  readonly activation?: keyof typeof activations;
}

const keys: KeysOf<SimpleRnnOptions> = { ...recurrentKeys, activation: true };

const activations = { tanh: 'Tanh', relu: 'Relu' } as const;

/**
 * h ← tanh(x·W + h·R + b) at each time step, from h = 0; or relu in place of tanh. Elman 1990, "Finding structure in time".
 *
 * x [N, T, F], T fixed → the last h [N, units], or all of them [N, T, units] with `returnSequences`. Parameters
 * `name.inputWeight` W [F, units], `name.recurrentWeight` R [units, units] and `name.bias` b [units]: the transposes of
 * PyTorch's weight_ih_l0 and weight_hh_l0, and the sum of its two biases. Dropout as in `lstm`.
 * Errors: units no positive integer; x not [N, T, F] with known T and F; a rate outside [0, 1]; an unknown activation.
 */
export function simpleRnn(units: number, options: SimpleRnnOptions = {}): Layer {
  checkLayer('simpleRnn', options, keys);
  const { activation = 'tanh' } = options;
  if (!Object.hasOwn(activations, activation))
    throw new ThinnetError(
      `${placeOf('simpleRnn', options)}: activation is "${activation}"; it must be one of ${Object.keys(activations).join(', ')}`,
    );
  return recurrent('simpleRnn', units, options, (context) =>
    simpleCell(context.writer, recurrentParameters(context, 1, options), activations[activation]),
  );
}

/** `activation` is the operator that follows the sum. */
export function simpleCell({ op }: Writer, weights: CellWeights, activation: string): Cell {
  const { inputWeight, recurrentWeight, bias } = weights;
  return {
    project: (rows) => [op('Gemm', [rows, inputWeight, bias], 'inputs')],
    step: ([x], before, thin) => {
      const [h] = before ?? [];
      const sum = h ? op('Gemm', [thin(h), recurrentWeight, x], 'sum') : (x as Value);
      return [op(activation, [sum], 'state')];
    },
  };
}
