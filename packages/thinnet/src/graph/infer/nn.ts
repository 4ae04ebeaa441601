/** @file Shape rules of convolution, pooling, normalisation and Dropout. */
import { ThinnetError } from '../../error.js';
import { intOf, intsOf } from '../../onnx/attribute.js';
import type { Dim, Shape } from '../../onnx/model.js';
import { multiplyDims } from '../dim.js';
import { normalizeAxis, showShape } from '../shape.js';
import { type Finding, type InferContext, inputOf, type Rules, requireRank, rule, sameType } from './rule.js';
import { roundingOf, spread, windowOf, windows } from './window.js';

/** X [N, C, …], W [M, C/group, …] gives [N, M, …]. */
const conv = rule(2, 3, (context) => {
  const [x, w] = [inputOf(context, 0), inputOf(context, 1)];
  requireRank(x, 3, Infinity);
  requireRank(w, x.shape.length);
  const [n, c, ...lengths] = x.shape as [Dim, Dim, ...Dim[]];
  const [m, inner, ...kernel] = w.shape as [Dim, Dim, ...Dim[]];
  const group = intOf(context.node, 'group', 1);
  if (multiplyDims(inner, group) !== c)
    throw new ThinnetError(
      `the weight ${showShape(w.shape)} with group ${group} takes ${multiplyDims(inner, group)} channels; "${x.name}" ${showShape(x.shape)} has ${c}`,
    );
  return [{ type: sameType([x, w]), shape: [n, m, ...windows(lengths, windowOf(context.node, kernel))] }];
});

/** X [N, C, …], W [C, M/group, …] gives [N, M, …]. */
const convTranspose = rule(2, 3, (context) => {
  const [x, w] = [inputOf(context, 0), inputOf(context, 1)];
  requireRank(x, 3, Infinity);
  requireRank(w, x.shape.length);
  const [n, c, ...lengths] = x.shape as [Dim, Dim, ...Dim[]];
  const [inner, m, ...kernel] = w.shape as [Dim, Dim, ...Dim[]];
  if (inner !== c)
    throw new ThinnetError(
      `the weight ${showShape(w.shape)} takes ${inner} channels; "${x.name}" ${showShape(x.shape)} has ${c}`,
    );
  const channels = multiplyDims(m, intOf(context.node, 'group', 1));
  return [
    {
      type: sameType([x, w]),
      shape: [n, channels, ...spread(lengths, windowOf(context.node, kernel), context.node)],
    },
  ];
});

const pool = (context: InferContext): Finding => {
  const x = inputOf(context, 0);
  requireRank(x, 3, Infinity);
  const kernel = intsOf(context.node, 'kernel_shape');
  if (kernel?.length !== x.shape.length - 2)
    throw new ThinnetError(
      `attribute "kernel_shape" must have ${x.shape.length - 2} numbers for "${x.name}" ${showShape(x.shape)}`,
    );
  const [n, c, ...lengths] = x.shape as [Dim, Dim, ...Dim[]];
  return {
    type: x.type,
    shape: [n, c, ...windows(lengths, windowOf(context.node, kernel), roundingOf(context.node))],
  };
};

const averagePool = rule(1, 1, (context) => [pool(context)]);

/** Values, and their flat positions where asked for. */
const maxPool = rule(1, 1, (context) => {
  const values = pool(context);
  return [values, { type: 'int64', shape: values.shape }];
});

const maxUnpool = rule(2, 3, (context) => {
  const x = inputOf(context, 0);
  const target = context.inputs[2];
  if (target) return [{ type: x.type, shape: context.elementsOf(target) }];
  const [n, c, ...lengths] = x.shape as [Dim, Dim, ...Dim[]];
  const kernel = intsOf(context.node, 'kernel_shape') ?? [];
  return [{ type: x.type, shape: [n, c, ...spread(lengths, windowOf(context.node, kernel), context.node)] }];
});

const globalPool = rule(1, 1, (context) => {
  const x = inputOf(context, 0);
  return [{ type: x.type, shape: x.shape.map((dim, axis) => (axis < 2 ? dim : 1)) }];
});

/** Y, then (training_mode) the running mean and variance. */
const batchNormalization = rule(5, 5, (context) => {
  const x = inputOf(context, 0);
  const mean = inputOf(context, 3);
  const running = { type: mean.type, shape: mean.shape };
  return [{ type: x.type, shape: x.shape }, running, running];
});

/** Y, then Mean and InvStdDev, which have length 1 on the normalised axes. */
const layerNormalization = rule(2, 3, (context) => {
  const x = inputOf(context, 0);
  const axis = normalizeAxis(intOf(context.node, 'axis', -1), x.shape.length);
  const statistic = { type: 'float32' as const, shape: x.shape.map((dim, i) => (i < axis ? dim : 1)) };
  return [{ type: x.type, shape: x.shape }, statistic, statistic];
});

/** Y and the mask; the ratio is an attribute before opset 12, an input since. */
const dropout = rule(1, 3, (context) => {
  const { type, shape } = inputOf(context, 0);
  return [
    { type, shape },
    { type: 'bool', shape },
  ];
});

const keepsShape = (least: number, most: number) =>
  rule(least, most, (context) => {
    const { type, shape } = inputOf(context, 0);
    return [{ type, shape }];
  });

/** Y [T, directions, N, units], then the last h and c, [directions, N, units]; layout 1 has N ahead. */
const recurrent = (context: InferContext): Finding[] => {
  const [x, r] = [inputOf(context, 0), inputOf(context, 2)];
  requireRank(x, 3, 3);
  requireRank(r, 3, 3);
  const [directions, , units] = r.shape as [Dim, Dim, Dim];
  const [first, second] = x.shape as [Dim, Dim, Dim];
  const batchFirst = intOf(context.node, 'layout', 0) === 1;
  const states: Shape = batchFirst ? [first, second, directions, units] : [first, directions, second, units];
  const last: Shape = batchFirst ? [first, directions, units] : [directions, second, units];
  return [states, last, last].map((shape) => ({ type: x.type, shape }));
};

export const layers: Rules = {
  Conv: conv,
  ConvTranspose: convTranspose,
  MaxPool: maxPool,
  AveragePool: averagePool,
  MaxUnpool: maxUnpool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  InstanceNormalization: keepsShape(3, 3),
  GroupNormalization: keepsShape(3, 3),
  RMSNormalization: keepsShape(2, 2),
  LSTM: rule(3, 8, recurrent),
  GRU: rule(3, 6, recurrent),
  RNN: rule(3, 6, recurrent),
  LRN: keepsShape(1, 1),
  Dropout: dropout,
};
