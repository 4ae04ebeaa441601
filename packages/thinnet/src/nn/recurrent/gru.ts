/** @file Gated recurrent units. */
import type { Value } from '../../graph/value.js';
import type { KeysOf } from '../../options/check.js';
import { zeros } from '../init.js';
import { checkLayer } from '../layer-options.js';
import type { Layer } from '../scope.js';
import { type Cell, type CellWeights, unitsOf, type Writer } from './cell.js';
import { recurrent } from './layer.js';
import { type RecurrentOptions, recurrentKeys } from './options.js';
import { recurrentParameters } from './parameters.js';

export interface GruOptions extends RecurrentOptions {
  /** Where the reset gate acts: on h·R (true, the default: PyTorch, cuDNN), or on h ahead of R (false: Cho et al. 2014). */
  readonly resetAfter?: boolean;
}

const keys: KeysOf<GruOptions> = { ...recurrentKeys, resetAfter: true };

/**
 * Gated recurrent units: at each time step, from h = 0,
 *
 *     r, z = sigmoid(x·W + b + h·R + c),   n = tanh(x·W + b + r ∗ (h·R + c)),   each with columns of its own
 *     h ← (1 − z) ∗ n + z ∗ h
 *
 * and with `resetAfter: false`, without c, n = tanh(x·W + b + (r ∗ h)·R). x [N, T, F], T fixed → the last h [N, units], or
 * all of them [N, T, units] with `returnSequences`. Parameters `name.inputWeight` W [F, 3·units], `name.recurrentWeight` R
 * [units, 3·units], `name.bias` b [3·units] and, with `resetAfter`, `name.recurrentBias` c [3·units], the gates side by side in
 * PyTorch's order r, z, n: W and R are the transposes of its weight_ih_l0 and weight_hh_l0, b and c its bias_ih_l0 and
 * bias_hh_l0. Cho et al. 2014 (arXiv:1406.1078), section 2.3, equations 5 to 8.
 *
 * `dropout` and `recurrentDropout` are two noise sites as in `lstm`; `name.recurrentDropout` multiplies h where it meets R,
 * not what z keeps of it. Gal & Ghahramani 2016 (arXiv:1512.05287), section 4.
 * Errors: units no positive integer; x not [N, T, F] with known T and F; a rate outside [0, 1].
 */
export function gru(units: number, options: GruOptions = {}): Layer {
  checkLayer('gru', options, keys);
  const { resetAfter = true, bias = true } = options;
  return recurrent('gru', units, options, (context) => {
    const weights = recurrentParameters(context, 3, options);
    if (!resetAfter) return resetBeforeCell(context.writer, weights);
    const { name, scope } = context;
    const recurrentBias = {
      name: `${name}.recurrentBias`,
      shape: [3 * units],
      role: 'bias' as const,
      incomingAxes: [],
      init: zeros(),
      fans: { fanIn: units, fanOut: units },
    };
    return resetAfterCell(context.writer, weights, bias ? scope.parameter(recurrentBias) : undefined);
  });
}

/** Gates in the order r, z, n; `recurrentBias` [3·units] is c. */
export function resetAfterCell(writer: Writer, weights: CellWeights, recurrentBias: Value | undefined): Cell {
  const { op, split } = writer;
  const units = unitsOf(weights);
  return {
    project: (rows) => projected(writer, weights, rows),
    step: ([inputs, input], before, thin) => {
      const [h] = before ?? [];
      const product = h
        ? op('Gemm', [thin(h), weights.recurrentWeight, recurrentBias], 'product')
        : recurrentBias;
      const [gates, candidate] = product ? split(product, [2 * units, units], 'gate') : [];
      const open = op('Sigmoid', [gates ? op('Add', [inputs, gates], 'gates') : inputs], 'open');
      const [r, z] = split(open, [units, units], 'resetUpdate');
      const sum = candidate ? op('Add', [input, op('Mul', [r, candidate], 'reset')], 'sum') : input;
      return [nextState(writer, h, z as Value, op('Tanh', [sum], 'candidate'))];
    },
  };
}

/** Gates in the order r, z, n. */
export function resetBeforeCell(writer: Writer, weights: CellWeights): Cell {
  const { op, split } = writer;
  const units = unitsOf(weights);
  const [gateWeight, candidateWeight] = split(weights.recurrentWeight, [2 * units, units], 'recurrent');
  return {
    project: (rows) => projected(writer, weights, rows),
    step: ([inputs, input], before, thin) => {
      const [h] = before ?? [];
      const thinned = h && thin(h);
      const gates = thinned ? op('Gemm', [thinned, gateWeight, inputs], 'gates') : inputs;
      const [r, z] = split(op('Sigmoid', [gates], 'open'), [units, units], 'resetUpdate');
      const sum = thinned
        ? op('Gemm', [op('Mul', [r, thinned], 'reset'), candidateWeight, input], 'sum')
        : input;
      return [nextState(writer, h, z as Value, op('Tanh', [sum], 'candidate'))];
    },
  };
}

/** x·W + b, the columns of r and z apart from those of n. */
function projected({ op, split }: Writer, weights: CellWeights, rows: Value): Value[] {
  const units = unitsOf(weights);
  const inputs = op('Gemm', [rows, weights.inputWeight, weights.bias], 'inputs');
  return split(inputs, [2 * units, units], 'input');
}

/** (1 − z) ∗ n + z ∗ h as n + z ∗ (h − n), and n − z ∗ n where h is 0. */
function nextState({ op }: Writer, h: Value | undefined, z: Value, n: Value): Value {
  if (!h) return op('Sub', [n, op('Mul', [z, n], 'kept')], 'state');
  return op('Add', [n, op('Mul', [z, op('Sub', [h, n], 'change')], 'kept')], 'state');
}
