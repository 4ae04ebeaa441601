/** @file Conversion between element types. */
import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { int } from '../onnx/attribute.js';
import { codeOf } from '../onnx/element.js';
import type { DataType } from '../onnx/model.js';

/** The value itself where it has the type already. */
export function cast(b: GraphBuilder, x: Value, type: DataType): Value {
  return x.type === type ? x : b.op('Cast', [x], { to: int(codeOf(type)) });
}
