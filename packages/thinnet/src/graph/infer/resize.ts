/** @file Shape rule of Resize. */
import { ThinnetError } from '../../error.js';
import { intsOf, stringOf } from '../../onnx/attribute.js';
import type { Dim, Shape } from '../../onnx/model.js';
import { multiplyDims } from '../dim.js';
import { normalizeAxis, showShape } from '../shape.js';
import { type InferContext, inputOf, type Rules, rule, unknownDim } from './rule.js';

/** Lengths as `sizes` says, or ⌊length · scale⌋ of a product in single precision, as runtimes have it. */
const resize = rule(1, 4, (context) => {
  const x = inputOf(context, 0);
  const rank = x.shape.length;
  const axes =
    intsOf(context.node, 'axes')?.map((axis) => normalizeAxis(axis, rank)) ?? x.shape.map((_, i) => i);
  const [, , scales, sizes] = context.inputs;
  const stretches = stringOf(context.node, 'keep_aspect_ratio_policy', 'stretch') === 'stretch';
  const given = sizes && context.elementsOf(sizes);
  const factors = scales && context.constantOf(scales);
  const known = given && stretches ? given : factors && Array.from(factors.data as Float32Array, Number);
  if (known !== undefined && known.length > 0 && known.length !== axes.length)
    throw new ThinnetError(
      `${known.length} ${given ? 'sizes' : 'scales'} for ${axes.length} axes of ${showShape(x.shape)}`,
    );
  let shape: Shape = x.shape;
  for (const [i, axis] of axes.entries()) shape = shape.with(axis, lengthOf(context, axis, i));
  return [{ type: x.type, shape }];

  function lengthOf(at: InferContext, axis: number, i: number): Dim {
    const dim = x.shape[axis] as Dim;
    if (given && stretches) return given[i] as Dim;
    const scale = factors && Number(factors.data[i]);
    if (scale === undefined || (given && !stretches)) return unknownDim(at, axis);
    if (typeof dim === 'number') return Math.floor(Math.fround(dim * scale));
    return Number.isInteger(scale) ? multiplyDims(dim, scale) : unknownDim(at, axis);
  }
});

export const resizing: Rules = { Resize: resize };
