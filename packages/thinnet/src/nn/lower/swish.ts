/** @file Swish of imported models, written out: ONNX has it from opset 24, Thinnet writes 21. */
import { floatOf } from '../../onnx/attribute.js';
import type { Expansion } from './expand.js';

/** x · sigmoid(α·x). */
export const Swish: Expansion = (b, node, [x]) => {
  if (x === undefined) return undefined;
  const alpha = floatOf(node, 'alpha', 1);
  const scaled = alpha === 1 ? x : b.op('Mul', [x, b.scalar(alpha, x.type)]);
  return [b.op('Mul', [x, b.op('Sigmoid', [scaled])])];
};
