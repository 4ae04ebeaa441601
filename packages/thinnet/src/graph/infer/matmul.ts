/** @file Shape rules of matrix products: MatMul, Gemm, Einsum. */
import { ThinnetError } from '../../error.js';
import { intOf } from '../../onnx/attribute.js';
import type { Dim, Shape } from '../../onnx/model.js';
import { ellipsisRank, equationOf } from '../einsum.js';
import { broadcastShapes, sameShape, showShape } from '../shape.js';
import { inputOf, present, type Rules, requireRank, rule, sameType } from './rule.js';

function matmulShape(a: Shape, b: Shape): Shape {
  if (a.length === 0 || b.length === 0)
    throw new ThinnetError(`MatMul takes no scalars: ${showShape(a)} times ${showShape(b)}`);
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  const [rows, inner] = left.slice(-2) as [Dim, Dim];
  const [innerToo, columns] = right.slice(-2) as [Dim, Dim];
  if (inner !== innerToo)
    throw new ThinnetError(
      `shapes ${showShape(a)} and ${showShape(b)} do not multiply: ${inner} columns against ${innerToo} rows`,
    );
  const batch = broadcastShapes(left.slice(0, -2), right.slice(0, -2));
  return [...batch, ...(a.length === 1 ? [] : [rows]), ...(b.length === 1 ? [] : [columns])];
}

const matmul = rule(2, 2, (context) => {
  const [a, b] = [inputOf(context, 0), inputOf(context, 1)];
  return [{ type: sameType([a, b]), shape: matmulShape(a.shape, b.shape) }];
});

const gemm = rule(2, 3, (context) => {
  const [a, b, c] = [inputOf(context, 0), inputOf(context, 1), context.inputs[2]];
  requireRank(a, 2);
  requireRank(b, 2);
  const left = intOf(context.node, 'transA', 0) ? a.shape.toReversed() : a.shape;
  const right = intOf(context.node, 'transB', 0) ? b.shape.toReversed() : b.shape;
  const shape = matmulShape(left, right);
  if (c && !sameShape(broadcastShapes(shape, c.shape), shape))
    throw new ThinnetError(
      `"${c.name}" ${showShape(c.shape)} does not broadcast to the product ${showShape(shape)}`,
    );
  return [{ type: sameType(present(context)), shape }];
});

/** Letters name axes; an ellipsis stands for axes that broadcast. */
const einsum = rule(1, Infinity, (context) => {
  const { text, terms, output } = equationOf(context.node);
  const values = present(context);
  if (terms.length !== values.length)
    throw new ThinnetError(`equation "${text}" has ${terms.length} terms for ${values.length} inputs`);
  const lengths = new Map<string, Dim>();
  let ellipsis: Shape = [];
  for (const [i, term] of terms.entries()) {
    const { name, shape } = values[i] as { name: string; shape: Shape };
    const letters = [...term.replace('...', '.')];
    const spare = ellipsisRank(term, shape.length);
    if (spare < 0 || letters.length - (term.includes('...') ? 1 : 0) + spare !== shape.length)
      throw new ThinnetError(`equation "${text}": term "${term}" does not fit "${name}" ${showShape(shape)}`);
    let axis = 0;
    for (const letter of letters)
      if (letter === '.') {
        ellipsis = broadcastShapes(ellipsis, shape.slice(axis, axis + spare));
        axis += spare;
      } else
        lengths.set(letter, broadcastShapes([lengths.get(letter) ?? 1], [shape[axis++] as Dim])[0] as Dim);
  }
  const shape = [...output.replace('...', '.')].flatMap((letter) => {
    if (letter === '.') return ellipsis;
    const length = lengths.get(letter);
    if (length === undefined) throw new ThinnetError(`equation "${text}": "${letter}" is in no input`);
    return [length];
  });
  return [{ type: sameType(values), shape }];
});

export const products: Rules = { MatMul: matmul, Gemm: gemm, Einsum: einsum };
