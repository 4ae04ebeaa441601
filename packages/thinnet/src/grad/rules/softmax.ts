/** @file Gradients of Softmax and LogSoftmax, from their outputs. */
import { int, intOf } from '../../onnx/attribute.js';
import type { Rule } from '../rule.js';
import { unary } from './elementwise.js';

/** out · (g − Σ g·out), as g·out − out · Σ g·out. */
const Softmax = unary(({ b, e, g, out, node }) => {
  const weighted = e.mul(g, out);
  const total = b.op('ReduceSum', [weighted, b.int64([intOf(node, 'axis', -1)])], { keepdims: int(1) });
  return e.sub(weighted, e.mul(out, total));
});

/** g − e^out · Σ g. */
const LogSoftmax = unary(({ b, e, g, out, node }) => {
  const total = b.op('ReduceSum', [g, b.int64([intOf(node, 'axis', -1)])], { keepdims: int(1) });
  return e.sub(g, e.mul(e.of('Exp', out), total));
});

export const softmax = { Softmax, LogSoftmax } satisfies Record<string, Rule>;
