/** @file An embedding whose words can be dropped. */

import { shown, ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/value.js';
import { checkRateOrSchedule, type Rate } from '../../noise/schedule.js';
import { int } from '../../onnx/attribute.js';
import { codeOf } from '../../onnx/element.js';
import type { KeysOf } from '../../options/check.js';
import { type Init, normalInit } from '../init.js';
import { checkLayer } from '../layer-options.js';
import type { Layer, LayerOptions } from '../scope.js';
import { placeOf } from './multiply.js';

export interface EmbeddingOptions extends LayerOptions {
  /** The probability to drop a word everywhere in the mini-batch, or a schedule of it (default 0). */
  readonly rate?: Rate;
  /** How the table begins (default `normalInit(1)`). */
  readonly init?: Init;
}

const keys: KeysOf<EmbeddingOptions> = { name: true, rate: true, init: true };

/**
 * Looks words up in a learned table, with word dropout: y[n, …, :] = E[x[n, …], :] · r[x[n, …]], r [vocabulary, 1] as in
 * `dropout`; at inference y = E[x]. What is dropped is a row of the table: a word is gone wherever it occurs in the
 * mini-batch.
 *
 * x [N, ...], whole numbers from 0 to vocabulary − 1 in float32 (exact up to 2^24) → y [N, ..., units]; parameter
 * `name.weight` [vocabulary, units]. Gal & Ghahramani 2016 (arXiv:1512.05287), section 4.2.
 * Errors: vocabulary or units no positive integer, a vocabulary above 2^24; a rate outside [0, 1]. A number that is no
 * word's (negative, not whole, too large, NaN) is an error of ONNX Runtime's CPU kernels: an index out of bounds.
 */
export function embedding(vocabulary: number, units: number, options: EmbeddingOptions = {}): Layer {
  checkLayer('embedding', options, keys);
  const { rate = 0, init = normalInit(1) } = options;
  const place = placeOf('embedding', options);
  checkRateOrSchedule(rate, place);
  for (const [what, value] of Object.entries({ vocabulary, units }))
    if (!Number.isSafeInteger(value) || value < 1 || value > 2 ** 24)
      throw new ThinnetError(`${place}: ${what} is ${shown(value)}; it must be an integer from 1 to 2^24`);
  return (x, scope) => {
    const b = scope.builder;
    const name = scope.layerName('embedding', options);
    const weight = scope.parameter({
      name: `${name}.weight`,
      shape: [vocabulary, units],
      role: 'weight',
      incomingAxes: [1],
      init,
      // A word is a one-hot input: an output sums one value.
      fans: { fanIn: 1, fanOut: units },
    });
    const noise = scope.noise({ name, kind: 'embedding', rate, shape: [vocabulary, 1] });
    const words = wordsOf(b, x, vocabulary, name);
    const axis = { axis: int(0) };
    if (!noise) return b.op('Gather', [weight, words], axis, { name });
    // The product of rows, not the rows of the product: its gradient touches only the words that occur.
    const rows = b.op('Gather', [weight, words], axis, { name: `${name}.rows` });
    return b.op('Mul', [rows, b.op('Gather', [noise, words], axis, { name: `${name}.kept` })], {}, { name });
  };
}

/** x as indices of the table. Its rows could be counted from the end, and −1 found: what is no word becomes an index beyond it. */
function wordsOf(b: GraphBuilder, x: Value, vocabulary: number, name: string): Value {
  const isWord = b.op('Equal', [b.op('Floor', [b.op('Abs', [x])]), x], {}, { name: `${name}.isWord` });
  const checked = b.op('Where', [isWord, x, b.scalar(vocabulary)], {}, { name: `${name}.checked` });
  return b.op('Cast', [checked], { to: int(codeOf('int64')) }, { name: `${name}.words` });
}
