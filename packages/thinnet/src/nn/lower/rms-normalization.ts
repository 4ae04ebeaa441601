/** @file RMSNormalization of imported models, written out: ONNX has it from opset 23, Thinnet writes 21. */
import { normalizeAxis } from '../../graph/shape.js';
import { floatOf, int, intOf } from '../../onnx/attribute.js';
import type { Expansion } from './expand.js';

/** scale · x / √(mean(x²) + ε) over the axes from `axis` on, as in the layer `rmsNorm`. */
export const RMSNormalization: Expansion = (b, node, [x, scale]) => {
  if (x?.type !== 'float32' || scale?.type !== 'float32') return undefined;
  const rank = x.shape.length;
  const axis = normalizeAxis(intOf(node, 'axis', -1), rank);
  const axes = b.int64(Array.from({ length: rank - axis }, (_, i) => axis + i));
  const mean = b.op('ReduceMean', [b.op('Mul', [x, x]), axes], { keepdims: int(1) });
  const size = b.op('Sqrt', [b.op('Add', [mean, b.scalar(floatOf(node, 'epsilon', 1e-5))])]);
  return [b.op('Mul', [b.op('Div', [x, size]), scale])];
};
