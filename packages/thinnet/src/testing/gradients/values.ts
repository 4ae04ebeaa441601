/** @file Small tensors in and out of graphs. */
import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/value.js';
import { int } from '../../onnx/attribute.js';
import type { TensorValue } from '../../onnx/model.js';

/** A vector of float32. */
export const vector = (...xs: number[]): TensorValue => ({
  type: 'float32',
  dims: [xs.length],
  data: Float32Array.from(xs),
});

/** A matrix of float32 from its elements. */
export const matrix = (rows: number, xs: ArrayLike<number>): TensorValue => ({
  type: 'float32',
  dims: [rows, xs.length / rows],
  data: Float32Array.from(xs),
});

/** A floating-point value's elements. */
export const numbers = (value: TensorValue | undefined): number[] => Array.from(value?.data as Float32Array);

/** The sum of all elements, a scalar. */
export const sumOf = (b: GraphBuilder, x: Value): Value => b.op('ReduceSum', [x], { keepdims: int(0) });
