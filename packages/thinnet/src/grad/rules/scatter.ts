/** @file Gradients of scattering and of gathering by tuples of indices. */
import { ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { productOf } from '../../graph/dim.js';
import { showShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { int, intOf, stringOf } from '../../onnx/attribute.js';
import type { Dim } from '../../onnx/model.js';
import { cast } from '../cast.js';
import { gradientOfOutput, inputOf, perInput, type Rule, type RuleContext } from '../rule.js';
import { lengthOf, range, reshapeLike, shapeOf, zerosLike } from '../shapes.js';
import { scatterAlong } from './indexing.js';

/** What the operator does where an index has an element already; only replacing and adding are differentiated. */
function adds({ node }: RuleContext): boolean {
  const reduction = stringOf(node, 'reduction', 'none');
  if (reduction === 'none' || reduction === 'add') return reduction === 'add';
  throw new ThinnetError(
    `node "${node.name}" (${node.op}): reduction "${reduction}" has no gradient; "none" and "add" have`,
  );
}

/** g, with zeros where elements were replaced; to the updates g at their indices. */
const scattered =
  (gather: string): Rule =>
  (context) => {
    const { b, node } = context;
    const [indices, updates, g] = [inputOf(context, 1), inputOf(context, 2), gradientOfOutput(context)];
    const axis = { axis: int(intOf(node, 'axis', 0)) };
    const attributes = node.op === 'ScatterElements' ? axis : {};
    return perInput(
      context,
      () => (adds(context) ? g : b.op(node.op, [g, indices, zerosLike(b, updates)], attributes)),
      () => indices,
      () => {
        adds(context);
        return b.op(gather, [g, indices], attributes, { shapes: [updates.shape] });
      },
    );
  };

/**
 * Each slice of g added at its index: the tuples become numbers of rows, so that one ScatterElements adds them all,
 * in one order (ScatterND does not).
 */
const GatherND: Rule = (context) => {
  const { b, node } = context;
  const [x, indices, g] = [inputOf(context, 0), inputOf(context, 1), gradientOfOutput(context)];
  const batch = intOf(node, 'batch_dims', 0);
  const depth = indices.shape.at(-1) as number;
  const leading = x.shape.slice(0, batch + depth);
  if (leading.slice(1).some((dim) => typeof dim !== 'number'))
    throw new ThinnetError(
      `node "${node.name}" (GatherND): its gradient needs the lengths of the axes that it indexes; "${x.name}" is ${showShape(x.shape)}`,
    );
  const rowsOf = (axis: number): number =>
    (leading.slice(axis + 1) as number[]).reduce((n, dim) => n * dim, 1);
  const wide = cast(b, indices, 'int64');
  const columns = depth === 1 ? [wide] : b.ops('Split', [wide], splitOf(indices, depth), { outputs: depth });
  let rows: Value | undefined;
  const add = (term: Value) => {
    rows = rows === undefined ? term : b.op('Add', [rows, term]);
  };
  for (const [k, column] of columns.entries()) {
    const length = lengthOf(b, x, batch + k);
    const inside = b.op('Mod', [column, length]); // ONNX's Mod takes the divisor's sign: −1 is the last
    add(b.op('Mul', [inside, b.int64([rowsOf(batch + k)])]));
  }
  for (const axis of range(batch)) {
    const count = b.op('Squeeze', [lengthOf(b, x, axis), b.int64([0])]);
    const scalar = (n: number) => b.constant(BigInt64Array.of(BigInt(n)), 'int64', []);
    const all = b.op('Range', [scalar(0), count, scalar(1)], {}, { shapes: [[x.shape[axis] as Dim]] });
    const place = [-1, ...Array<number>(indices.shape.length - 1 - axis).fill(1)];
    const column = b.op('Reshape', [all, b.int64(place)]);
    add(b.op('Mul', [column, b.int64([rowsOf(axis)])]));
  }
  const inner = x.shape.slice(batch + depth);
  const rowShape = [productOf(leading), ...inner];
  const flat = flatRows(b, g, inner);
  const vector = b.op('Reshape', [rows as Value, b.int64([-1])], {}, { shapes: [[flat.shape[0] as Dim]] });
  const like = flatRows(b, x, inner);
  const to = { type: x.type, shape: rowShape, lengths: shapeOf(b, like) };
  return [reshapeLike(b, scatterAlong(b, to, 0, vector, flat), x)];
};

const splitOf = (indices: Value, depth: number) => ({
  axis: int(indices.shape.length - 1),
  num_outputs: int(depth),
});

/** [..., ...inner] as [rows, ...inner]. */
function flatRows(b: GraphBuilder, v: Value, inner: readonly Dim[]): Value {
  const outer = v.shape.slice(0, v.shape.length - inner.length);
  if (outer.length === 1) return v;
  const lengths = inner.map((_, i) => lengthOf(b, v, outer.length + i));
  const target = inner.every((dim) => typeof dim === 'number')
    ? b.int64([-1, ...(inner as number[])])
    : b.op('Concat', [b.int64([-1]), ...lengths], { axis: int(0) });
  return b.op('Reshape', [v, target], {}, { shapes: [[productOf(outer), ...inner]] });
}

export const scatter = {
  ScatterElements: scattered('GatherElements'),
  ScatterND: scattered('GatherND'),
  GatherND,
} satisfies Record<string, Rule>;
