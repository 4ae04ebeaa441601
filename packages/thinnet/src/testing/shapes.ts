/** @file Holds inferred types and shapes against what ONNX Runtime returns. */
import { expect } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import { evaluateDim } from '../graph/dim.js';
import { typedArray } from '../graph/typed.js';
import type { Value } from '../graph/value.js';
import type { Attributes, DataType, Shape, TensorValue } from '../onnx/model.js';
import { runGraph } from './run.js';

/** Writes a graph with inputs of symbolic shape and returns the values to look at. */
export type Build = (b: GraphBuilder) => readonly Value[] | Value;

export interface ShapeCase {
  readonly build: Build;
  readonly lengths?: Readonly<Record<string, number>>;
}

/** Runs the graph with lengths for its symbols; every inferred type and shape must be that of the result. */
export async function compareShapes({ build, lengths = { N: 3, T: 5, L: 11 } }: ShapeCase): Promise<void> {
  const b = new GraphBuilder();
  for (const value of [build(b)].flat()) b.output(value);
  const built = b.build();
  const feeds: Record<string, TensorValue> = {};
  for (const { name, type, shape } of built.inputs) {
    const dims = (shape as Shape).map((dim) => evaluateDim(dim, lengths) as number);
    const length = dims.reduce((x, y) => x * y, 1);
    const element = (i: number) => (type === 'bool' ? i % 2 : type.startsWith('float') ? Math.sin(i + 1) : 1);
    feeds[name] = {
      type,
      dims,
      data: typedArray(
        type,
        Array.from({ length }, (_, i) => element(i)),
      ),
    };
  }
  const results = await runGraph(built, feeds);
  for (const { name, type, shape } of built.outputs) {
    const actual = results[name] as TensorValue;
    expect(type).toBe(actual.type);
    // An axis whose symbol is made up stands for any length.
    const expected = (shape as Shape).map((dim, axis) => evaluateDim(dim, lengths) ?? actual.dims[axis]);
    expect(expected, `${name} [${shape}]`).toEqual(actual.dims);
  }
}

/** x [N, T, 4] */
export const sequence = (b: GraphBuilder, type: DataType = 'float32'): Value =>
  b.input('x', type, ['N', 'T', 4]);

/** x [N, 4, L, 12] */
export const image = (b: GraphBuilder): Value => b.input('x', 'float32', ['N', 4, 'L', 12]);

export const filled = (b: GraphBuilder, dims: readonly number[], value = 0.5): Value =>
  b.constant(new Float32Array(dims.reduce((p, q) => p * q, 1)).fill(value), 'float32', dims);

/** One case for each operator of a list that takes these inputs. */
export const eachOperator = (
  operators: string,
  inputs: (b: GraphBuilder) => readonly Value[],
  attributes: Attributes = {},
): Record<string, Build> =>
  Object.fromEntries(
    operators.split(' ').map((op) => [op, (b: GraphBuilder) => b.op(op, inputs(b), attributes)]),
  );
