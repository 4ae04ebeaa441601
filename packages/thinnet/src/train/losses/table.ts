/** @file How each loss is written into a graph. */

import { ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { showShape } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { int } from '../../onnx/attribute.js';
import { codeOf } from '../../onnx/element.js';
import type { DataType } from '../../onnx/model.js';
import type { Loss } from '../loss.js';

export interface LossRule<L extends Loss> {
  /** Element type and shape (after the batch axis) of the targets for outputs of the given shape. */
  targets(outputs: Value): { readonly type: DataType; readonly shape: readonly number[] };
  /** Emits the scalar loss of a batch. */
  write(b: GraphBuilder, loss: L, outputs: Value, targets: Value): Value;
}

type OfKind<K extends Loss['kind']> = Extract<Loss, { kind: K }>;

const all = { keepdims: int(0) };

export const losses: { readonly [K in Loss['kind']]: LossRule<OfKind<K>> } = {
  crossEntropy: {
    targets: (outputs) => {
      width(outputs, 'crossEntropy');
      return { type: 'int32', shape: [] };
    },
    write: (b, { labelSmoothing }, logits, labels) => {
      const classes = width(logits, 'crossEntropy');
      const logp = b.op('LogSoftmax', [logits], { axis: int(-1) });
      const terms =
        labelSmoothing === 0
          ? ofLabels(b, logp, labels, classes)
          : b.op('Mul', [logp, smoothed(b, labels, classes, labelSmoothing)]);
      const likelihood = b.op('ReduceSum', [terms, b.int64([-1])], all);
      return b.op('Neg', [b.op('ReduceMean', [likelihood], all)], {}, { name: 'loss' });
    },
  },
  binaryCrossEntropy: {
    targets: (outputs) => ({ type: 'float32', shape: [width(outputs, 'binaryCrossEntropy')] }),
    write: (b, _, logits, targets) => {
      const terms = b.op('Sub', [b.op('Softplus', [logits]), b.op('Mul', [logits, targets])]);
      return b.op('ReduceMean', [terms], all, { name: 'loss' });
    },
  },
  meanSquaredError: {
    targets: (outputs) => ({ type: 'float32', shape: [width(outputs, 'meanSquaredError')] }),
    write: (b, _, predictions, targets) => {
      const difference = b.op('Sub', [predictions, targets]);
      return b.op('ReduceMean', [b.op('Mul', [difference, difference])], all, { name: 'loss' });
    },
  },
};

/** log p of the labels, 0 elsewhere, also where log p is −∞: chosen, not multiplied. */
function ofLabels(b: GraphBuilder, logp: Value, labels: Value, classes: number): Value {
  const numbers = b.constant(
    Int32Array.from({ length: classes }, (_, i) => i),
    'int32',
    [classes],
    'classes',
  );
  const isLabel = b.op('Equal', [b.op('Unsqueeze', [labels, b.int64([1])]), numbers]);
  return b.op('Where', [isLabel, logp, b.scalar(0)]);
}

/** 1 − smoothing for the label, and smoothing in equal shares for all classes. */
function smoothed(b: GraphBuilder, labels: Value, classes: number, smoothing: number): Value {
  const off = smoothing / classes;
  const values = b.constant(Float32Array.of(off, 1 - smoothing + off), 'float32', [2], 'targets');
  const depth = b.constant(BigInt64Array.of(BigInt(classes)), 'int64', [], 'classes');
  const index = b.op('Cast', [labels], { to: int(codeOf('int64')) });
  return b.op('OneHot', [index, depth, values], { axis: int(-1) });
}

/** The rule of a loss, seen without its kind. */
export const lossRule = (loss: Loss): LossRule<Loss> => losses[loss.kind] as LossRule<Loss>;

function width(outputs: Value, loss: string): number {
  const width = outputs.shape[1];
  if (outputs.shape.length !== 2 || typeof width !== 'number')
    throw new ThinnetError(
      `${loss}: the network's output is ${showShape(outputs.shape)}; it must be [N, outputs] (add flatten() and dense(outputs) at the end)`,
    );
  return width;
}
