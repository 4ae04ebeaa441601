/** @file Root mean square normalisation. */
import { ThinnetError } from '../error.js';
import { isStatic, showShape } from '../graph/shape.js';
import { int } from '../onnx/attribute.js';
import { constantInit } from './init.js';
import { checkLayer } from './layer-options.js';
import { type LayerNormOptions, layerNormKeys } from './normalize.js';
import type { Layer } from './scope.js';

/**
 * y = scale · x / √(mean(x²) + ε) over the last axes of each example: layer normalisation without its mean and its bias.
 *
 * x [N, ..., F] → y [N, ..., F]; parameter `name.scale` (at first 1) of the normalised axes' shape.
 * Zhang & Sennrich 2019, "Root mean square layer normalization" (arXiv:1910.07467), equation 4. ONNX has an operator for
 * it from opset 23; here it is written with ordinary operators, which every runtime has.
 * Errors: normalised axes of unknown length, or the batch axis among them; an ε that is not above 0.
 */
export function rmsNorm(options: LayerNormOptions = {}): Layer {
  checkLayer('rmsNorm', options, layerNormKeys);
  const { axes = 1, epsilon = 1e-5 } = options;
  return (x, scope) => {
    const name = scope.layerName('rmsNorm', options);
    const place = `rmsNorm "${name}"`;
    if (!(epsilon > 0 && Number.isFinite(epsilon)))
      throw new ThinnetError(`${place}: epsilon is ${epsilon}; it must be above 0`);
    const inner = x.shape.slice(-axes);
    if (!Number.isSafeInteger(axes) || axes < 1 || axes >= x.shape.length || !isStatic(inner))
      throw new ThinnetError(
        `${place}: axes is ${axes}; the last ${axes} axes of ${showShape(x.shape)} must be of known length and come after the batch axis`,
      );
    const scale = scope.parameter({
      name: `${name}.scale`,
      shape: inner,
      role: 'bias',
      incomingAxes: [],
      init: constantInit(1),
      fans: { fanIn: 1, fanOut: 1 },
    });
    const { builder: b } = scope;
    const last = b.int64(Array.from({ length: axes }, (_, i) => i - axes));
    const square = b.op('Mul', [x, x], {}, { name: `${name}.square` });
    const mean = b.op('ReduceMean', [square, last], { keepdims: int(1) }, { name: `${name}.mean` });
    const size = b.op('Sqrt', [b.op('Add', [mean, b.scalar(epsilon)])], {}, { name: `${name}.size` });
    return b.op('Mul', [b.op('Div', [x, size]), scale], {}, { name });
  };
}
