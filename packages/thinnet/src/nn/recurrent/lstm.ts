/** @file Long short-term memory. */
import { ThinnetError } from '../../error.js';
import type { Value } from '../../graph/value.js';
import type { KeysOf } from '../../options/check.js';
import { placeOf } from '../dropout/multiply.js';
import type { Init } from '../init.js';
import { checkLayer } from '../layer-options.js';
import type { Layer } from '../scope.js';
import { type Cell, type CellWeights, unitsOf, type Writer } from './cell.js';
import { recurrent } from './layer.js';
import { type RecurrentOptions, recurrentKeys } from './options.js';
import { recurrentParameters } from './parameters.js';

export interface LstmOptions extends RecurrentOptions {
  /** Where the forget gate's bias begins (default 1: at first the cell remembers). Jozefowicz et al. 2015 (ICML). */
  readonly forgetBias?: number;
}

const keys: KeysOf<LstmOptions> = { ...recurrentKeys, forgetBias: true };

/**
 * Long short-term memory: at each time step, from h = c = 0,
 *
 *     i, f, o = sigmoid(x·W + h·R + b),   g = tanh(x·W + h·R + b),   each with columns of its own
 *     c ← f ∗ c + i ∗ g,   h ← o ∗ tanh(c)
 *
 * x [N, T, F], T fixed → the last h [N, units], or all of them [N, T, units] with `returnSequences`. Parameters
 * `name.inputWeight` W [F, 4·units], `name.recurrentWeight` R [units, 4·units] and `name.bias` b [4·units], the gates side by
 * side in PyTorch's order i, f, g, o: W and R are the transposes of its weight_ih_l0 and weight_hh_l0, b is
 * bias_ih_l0 + bias_hh_l0. Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000.
 *
 * `dropout` and `recurrentDropout` are two noise sites of kind `variational`, `name.dropout` [N, 1, F], which multiplies x, and
 * `name.recurrentDropout` [N, units], which multiplies h where it meets R: r as in the layer `dropout`, one mask for all time
 * steps and gates of a sequence. Gal & Ghahramani 2016 (arXiv:1512.05287), equation 7 ("tied weights"). c is not dropped.
 * Errors: units no positive integer; x not [N, T, F] with known T and F; a rate outside [0, 1]; forgetBias without bias.
 */
export function lstm(units: number, options: LstmOptions = {}): Layer {
  checkLayer('lstm', options, keys);
  const { forgetBias = 1, bias = true } = options;
  const place = placeOf('lstm', options);
  if (!Number.isFinite(forgetBias))
    throw new ThinnetError(`${place}: forgetBias is ${forgetBias}; it must be a finite number`);
  if (!bias && options.forgetBias !== undefined)
    throw new ThinnetError(`${place}: forgetBias has no use where bias is false; leave one of them out`);
  const biasInit: Init = (out) => void out.fill(0).fill(forgetBias, units, 2 * units);
  return recurrent('lstm', units, options, (context) =>
    lstmCell(context.writer, recurrentParameters(context, 4, options, biasInit)),
  );
}

/** Gates in the order i, f, g, o; carries h and c. */
export function lstmCell({ op, split }: Writer, weights: CellWeights): Cell {
  const { inputWeight, recurrentWeight, bias } = weights;
  const units = unitsOf(weights);
  return {
    project: (rows) => [op('Gemm', [rows, inputWeight, bias], 'inputs')],
    step: ([x], before, thin) => {
      const [h, c] = before ?? [];
      const gates = h ? op('Gemm', [thin(h), recurrentWeight, x], 'gates') : (x as Value);
      const [opening, candidate, output] = split(gates, [2 * units, units, units], 'gate');
      const [i, f] = split(op('Sigmoid', [opening], 'open'), [units, units], 'inForget');
      const added = op('Mul', [i, op('Tanh', [candidate], 'candidate')], 'added');
      const cell = c ? op('Add', [op('Mul', [f, c], 'kept'), added], 'cell') : added;
      return [op('Mul', [op('Sigmoid', [output], 'out'), op('Tanh', [cell], 'shown')], 'state'), cell];
    },
  };
}
