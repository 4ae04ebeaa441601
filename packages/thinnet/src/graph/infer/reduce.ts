/** @file Shape rules of reductions. */
import { ThinnetError } from '../../error.js';
import { intOf } from '../../onnx/attribute.js';
import type { Dim, Shape } from '../../onnx/model.js';
import { productOf } from '../dim.js';
import { normalizeAxis, showShape } from '../shape.js';
import { axesOf, each, type InferRule, inputOf, type Rules, rule } from './rule.js';

function reduced(shape: Shape, axes: readonly number[], keep: boolean): Shape {
  return shape.flatMap((dim, axis): Dim[] => (axes.includes(axis) ? (keep ? [1] : []) : [dim]));
}

const reduce: InferRule = (context) => {
  const { node } = context;
  const x = inputOf(context, 0);
  const keep = intOf(node, 'keepdims', 1) !== 0;
  const axes = axesOf(context, 1, x.shape.length);
  if (axes === 'computed') return [{ type: x.type, shape: undefined }];
  if ((axes === undefined || axes.length === 0) && intOf(node, 'noop_with_empty_axes', 0) !== 0)
    return [{ type: x.type, shape: x.shape }];
  const every = axes === undefined || axes.length === 0;
  const shape = reduced(x.shape, every ? x.shape.map((_, i) => i) : axes, keep);
  const elements = context.elementsOf(x);
  const isProduct = node.op === 'ReduceProd' && every && elements !== undefined;
  return [{ type: x.type, shape, elements: isProduct ? [productOf(elements)] : undefined }];
};

const argument = rule(1, 1, (context) => {
  const { shape } = inputOf(context, 0);
  const axis = normalizeAxis(intOf(context.node, 'axis', 0), shape.length);
  return [{ type: 'int64', shape: reduced(shape, [axis], intOf(context.node, 'keepdims', 1) !== 0) }];
});

const topK = rule(1, 2, (context) => {
  const x = inputOf(context, 0);
  const axis = normalizeAxis(intOf(context.node, 'axis', -1), x.shape.length);
  const input = context.inputs[1];
  const k: Dim | undefined =
    input === undefined ? intOf(context.node, 'k', 0) : context.elementsOf(input)?.[0];
  const length = x.shape[axis];
  if (typeof k === 'number' && typeof length === 'number' && k > length)
    throw new ThinnetError(`the top ${k} of an axis of ${length} in ${showShape(x.shape)}`);
  const shape = k === undefined ? undefined : x.shape.with(axis, k);
  return [
    { type: x.type, shape },
    { type: 'int64', shape },
  ];
});

export const reductions: Rules = {
  ...each(
    'ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceSumSquare',
    rule(1, 2, reduce),
  ),
  ...each('ArgMax ArgMin', argument),
  TopK: topK,
};
