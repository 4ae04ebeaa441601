/** @file An embedding whose words can be dropped. */
import { ThinnetError } from '../../error.js';
import { checkRateOrSchedule, type Rate } from '../../noise/schedule.js';
import { int } from '../../onnx/attribute.js';
import { type Init, normalInit } from '../init.js';
import type { Layer, LayerOptions } from '../scope.js';
import { placeOf } from './multiply.js';

export interface EmbeddingOptions extends LayerOptions {
  /** The probability to drop a word everywhere in the mini-batch, or a schedule of it (default 0). */
  readonly rate?: Rate;
  /** How the table begins (default `normalInit(1)`). */
  readonly init?: Init;
}

/**
 * Looks words up in a learned table, with word dropout: y[n, …, :] = E[x[n, …], :] · r[x[n, …]], r [vocabulary, 1] as in
 * `dropout`; at inference y = E[x]. What is dropped is a row of the table: a word is gone wherever it occurs in the
 * mini-batch.
 *
 * x [N, ...], whole numbers from 0 to vocabulary − 1 in float32 (exact up to 2^24) → y [N, ..., units]; parameter
 * `name.weight` [vocabulary, units]. Gal & Ghahramani 2016 (arXiv:1512.05287), section 4.2.
 * Errors: vocabulary or units no positive integer, a vocabulary above 2^24; a rate outside [0, 1]. A number outside the
 * vocabulary is an error of the runtime.
 */
export function embedding(vocabulary: number, units: number, options: EmbeddingOptions = {}): Layer {
  const { rate = 0, init = normalInit(1) } = options;
  const place = placeOf('embedding', options);
  checkRateOrSchedule(rate, place);
  for (const [what, value] of Object.entries({ vocabulary, units }))
    if (!Number.isSafeInteger(value) || value < 1 || value > 2 ** 24)
      throw new ThinnetError(`${place}: ${what} is ${value}; it must be an integer from 1 to 2^24`);
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
    const words = b.op('Cast', [x], { to: int(7) }, { name: `${name}.words` });
    const axis = { axis: int(0) };
    if (!noise) return b.op('Gather', [weight, words], axis, { name });
    // The product of rows, not the rows of the product: its gradient touches only the words that occur.
    const rows = b.op('Gather', [weight, words], axis, { name: `${name}.rows` });
    return b.op('Mul', [rows, b.op('Gather', [noise, words], axis, { name: `${name}.kept` })], {}, { name });
  };
}
