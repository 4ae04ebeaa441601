/** @file Conversion between element types. */
import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { int } from '../onnx/attribute.js';
import { codeOf } from '../onnx/element.js';
import type { DataType } from '../onnx/model.js';

/** Whether gradients can flow through a value of this type. */
export const isFloating = (type: DataType): boolean =>
  type === 'float32' || type === 'float64' || type === 'float16' || type === 'bfloat16';

/** The value itself where it has the type already. */
export function cast(b: GraphBuilder, x: Value, type: DataType): Value {
  return x.type === type ? x : b.op('Cast', [x], { to: int(codeOf(type)) });
}
