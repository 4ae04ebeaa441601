/** @file A value inside a graph under construction: a name with its type and shape. */
import type { DataType, Shape } from '../onnx/model.js';

export interface Value {
  readonly name: string;
  readonly type: DataType;
  readonly shape: Shape;
}
