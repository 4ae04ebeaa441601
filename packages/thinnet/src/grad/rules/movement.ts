/** @file Gradients of operators that only move elements: the gradient moves back. */

import { ThinnetError } from '../../error.js';
import { normalizeAxis, showShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { int, intOf, ints, intsOf } from '../../onnx/attribute.js';
import type { Dim, Shape } from '../../onnx/model.js';
import { sumTo } from '../broadcast.js';
import { gradientOfOutput, inputOf, integersOf, type Rule, type RuleContext } from '../rule.js';
import { expandLike, lengthOf, lengthsOf, range, reshapeLike, zerosLike } from '../shapes.js';

/** Reshape, Flatten, Unsqueeze: the same elements in the same order. */
const reshaped: Rule = (context) => [reshapeLike(context.b, gradientOfOutput(context), inputOf(context, 0))];

/** As those; a symbolic axis that was squeezed, and so has length 1, has its name again. */
const Squeeze: Rule = (context) => {
  const { b } = context;
  const x = inputOf(context, 0);
  return [expandLike(b, reshapeLike(b, gradientOfOutput(context), x), x)];
};

const Transpose: Rule = (context) => {
  const rank = inputOf(context, 0).shape.length;
  const perm = intsOf(context.node, 'perm') ?? range(rank).reverse();
  const inverse = range(rank).map((axis) => perm.indexOf(axis));
  return [context.b.op('Transpose', [gradientOfOutput(context)], { perm: ints(inverse) })];
};

const Expand: Rule = (context) => [sumTo(context.b, gradientOfOutput(context), inputOf(context, 0).shape)];

const Concat: Rule = (context) => {
  const { b, node, needs } = context;
  const g = gradientOfOutput(context);
  const axis = normalizeAxis(intOf(node, 'axis', 0), g.shape.length);
  const parts = context.inputs.map((_, i) => inputOf(context, i));
  if (parts.length === 1) return [g];
  const shapes = parts.map((part) => part.shape);
  const lengths = lengthsOf(
    b,
    parts.map((part) => part.shape[axis] as Dim),
    (i) => lengthOf(b, parts[i] as Value, axis),
  );
  const pieces = b.ops('Split', [g, lengths], { axis: int(axis) }, { outputs: parts.length, shapes });
  return pieces.map((piece, i) => (needs[i] ? piece : undefined));
};

/** Outputs that nothing depends on count as zeros. */
const Split: Rule = (context) => {
  const { b, node, gradients } = context;
  const x = inputOf(context, 0);
  const axis = normalizeAxis(intOf(node, 'axis', 0), x.shape.length);
  const pieces = gradients.map((gradient, i) => gradient ?? zerosLike(b, pieceOf(context, x, axis, i)));
  if (pieces.length === 1) return pieces;
  return [b.op('Concat', pieces, { axis: int(axis) }, { shapes: [x.shape] })];
};

/** An output of Split that may have no name: then only its shape is known. */
function pieceOf(context: RuleContext, x: Value, axis: number, index: number): Value {
  const output = context.outputs[index];
  if (output) return output;
  const { node } = context;
  const dim = x.shape[axis];
  if (typeof dim !== 'number')
    throw new ThinnetError(
      `node "${node.name}" (Split): output ${index} is left out of the symbolic axis of ${showShape(x.shape)}; name it`,
    );
  const sizes = integersOf(context, 1, 'sizes') ?? intsOf(node, 'split');
  const chunk = Math.ceil(dim / node.outputs.length);
  const shape: Shape = x.shape.map((d, i) =>
    i === axis ? (sizes?.[index] ?? Math.min(chunk, dim - chunk * index)) : d,
  );
  return { name: `${node.name}.${index}`, type: x.type, shape };
}

export const movement = {
  Reshape: reshaped,
  Flatten: reshaped,
  Squeeze,
  Unsqueeze: reshaped,
  Transpose,
  Expand,
  Concat,
  Split,
} satisfies Record<string, Rule>;
