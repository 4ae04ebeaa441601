/** @file Gradients of running sums and triangles. */
import { int, intOf } from '../../onnx/attribute.js';
import { gradientOfOutput, inputOf, type Rule } from '../rule.js';

/** The running sum of g from the other end. */
const CumSum: Rule = (context) => {
  const { b, node } = context;
  const attributes = {
    exclusive: int(intOf(node, 'exclusive', 0)),
    reverse: int(1 - intOf(node, 'reverse', 0)),
  };
  return [b.op('CumSum', [gradientOfOutput(context), inputOf(context, 1)], attributes)];
};

/** The same triangle of g. */
const Trilu: Rule = (context) => {
  const { b, node, inputs } = context;
  const [, k] = inputs;
  return [b.op('Trilu', k ? [gradientOfOutput(context), k] : [gradientOfOutput(context)], node.attributes)];
};

export const scan = { CumSum, Trilu } satisfies Record<string, Rule>;
