/** @file Multi-head self-attention. */
import { shown, ThinnetError } from '../../error.js';
import type { Value } from '../../graph/value.js';
import { checkRateOrSchedule, type Rate } from '../../noise/schedule.js';
import { int, ints } from '../../onnx/attribute.js';
import type { KeysOf } from '../../options/check.js';
import { dense } from '../dense.js';
import { attentionDropout } from '../dropout/attention.js';
import { placeOf } from '../dropout/multiply.js';
import { glorotUniform, type Init } from '../init.js';
import { checkLayer } from '../layer-options.js';
import type { Layer, LayerOptions, Scope } from '../scope.js';
import { sequenceOf } from '../sequence.js';

/** A score whose softmax is exactly 0, and finite, so that no runtime makes NaN of it. */
const farBelow = -1e9;

export interface AttentionOptions extends LayerOptions {
  /** Number of heads, each of which attends by itself. */
  readonly heads: number;
  /** Length of each head's queries and keys, d_k (default width / heads). */
  readonly keyWidth?: number;
  /** Length of each head's values, d_v (default d_k). */
  readonly valueWidth?: number;
  /** Let a time step attend to itself and earlier ones only (default false). */
  readonly causal?: boolean;
  /** Add biases to queries, keys, values and output (default true). */
  readonly bias?: boolean;
  /** How the weights begin, that of the queries, keys and values in one piece (default `glorotUniform()`). */
  readonly init?: Init;
  /** The probability to drop an attention weight, or a schedule of it (default 0). */
  readonly dropout?: Rate;
}

const keys: KeysOf<AttentionOptions> = {
  name: true,
  heads: true,
  keyWidth: true,
  valueWidth: true,
  causal: true,
  bias: true,
  init: true,
  dropout: true,
};

/**
 * Multi-head self-attention: of q, k, v = x·W + b, head by head,
 *
 *     y = concat over heads of ((softmax(q·kᵀ / √d_k) ∗ r)·v) · W_o + b_o,   r as in `dropout`; at inference r = 1
 *
 * x [N, T, width] → y [N, T, width], T fixed; noise [N, heads, T, T] of kind `attention`. Parameters `name.input.weight` W
 * [width, heads · (2·d_k + d_v)], whose columns are the queries of all heads, then the keys, then the values,
 * `name.input.bias` b, `name.output.weight` W_o [heads · d_v, width] and `name.output.bias` b_o. Both weights are the
 * transposes of PyTorch's in_proj_weight and out_proj.weight. `causal` sets the softmax of later steps to 0.
 * Vaswani et al. 2017 (arXiv:1706.03762), section 3.2.
 * Errors: heads or widths that are no positive integers, or heads that do not divide the width; x not [N, T, width] with
 * known lengths after N; a rate outside [0, 1].
 */
export function multiHeadAttention(options: AttentionOptions): Layer {
  checkLayer('multiHeadAttention', options, keys);
  const { heads, causal = false, bias = true, init = glorotUniform(), dropout = 0 } = options;
  checkValues(placeOf('multiHeadAttention', options), options);
  return (x, scope) => {
    const { name } = options;
    const part = scope.part('multiHeadAttention', name === undefined ? {} : { name });
    const place = `multiHeadAttention "${part.name}"`;
    const { features: width, time } = sequenceOf(place, x);
    const keyWidth = options.keyWidth ?? width / heads;
    if (!Number.isSafeInteger(keyWidth))
      throw new ThinnetError(
        `${place}: ${heads} heads do not divide the width ${width}; choose another number, or give keyWidth`,
      );
    const valueWidth = options.valueWidth ?? keyWidth;
    const { builder: b } = part;
    const project = dense(heads * (2 * keyWidth + valueWidth), { bias, init, name: 'input' });
    const sizes = b.int64([heads * keyWidth, heads * keyWidth, heads * valueWidth]);
    const named = (suffix: string) => ({ name: part.layerName(suffix, { name: suffix }) });
    const parts = b.ops(
      'Split',
      [project(x, part), sizes],
      { axis: int(2) },
      { ...named('parts'), outputs: 3 },
    );
    const [q, k, v] = parts as [Value, Value, Value];
    const perHead = (value: Value, length: number, perm: readonly number[]): Value =>
      b.op('Transpose', [b.op('Reshape', [value, b.int64([0, time, heads, length])])], { perm: ints(perm) });

    const queries = b.op('Mul', [perHead(q, keyWidth, [0, 2, 1, 3]), b.scalar(1 / Math.sqrt(keyWidth))]);
    const scores = b.op('MatMul', [queries, perHead(k, keyWidth, [0, 2, 3, 1])], {}, named('scores'));
    const seen = causal
      ? b.op('Where', [notAhead(part, time), scores, b.scalar(farBelow)], {}, named('seen'))
      : scores;
    const weights = b.op('Softmax', [seen], { axis: int(3) }, named('weights'));
    const thinned = attentionDropout(dropout, { name: 'dropout' })(weights, part);
    const mixed = b.op('MatMul', [thinned, perHead(v, valueWidth, [0, 2, 1, 3])], {}, named('mixed'));
    const turned = b.op('Transpose', [mixed], { perm: ints([0, 2, 1, 3]) });
    const joined = b.op('Reshape', [turned, b.int64([0, time, heads * valueWidth])]);
    return dense(width, { bias, init, name: 'output' })(joined, part);
  };
}

function checkValues(place: string, { heads, keyWidth, valueWidth, dropout = 0 }: AttentionOptions): void {
  checkRateOrSchedule(dropout, `dropout of ${place}`);
  for (const [what, value] of Object.entries({ heads, keyWidth, valueWidth }))
    if ((what === 'heads' || value !== undefined) && !(Number.isSafeInteger(value) && Number(value) >= 1))
      throw new ThinnetError(`${place}: ${what} is ${shown(value)}; it must be a positive integer`);
}

/** True where a key [T, T] is of the query's own step or an earlier one. */
function notAhead(scope: Scope, time: number): Value {
  const data = Uint8Array.from({ length: time ** 2 }, (_, i) => Number(i % time <= Math.floor(i / time)));
  const name = scope.layerName('notAhead', { name: 'notAhead' });
  return scope.builder.initializer({ name, type: 'bool', dims: [time, time], data });
}
