/** @file What a gradient rule is: it emits the nodes that take a node's output gradients to its input gradients. */
import { ThinnetError } from '../error.js';
import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import type { Node } from '../onnx/model.js';

/** What a rule sees. Inputs and outputs that the node leaves out are undefined. */
export interface RuleContext {
  readonly b: GraphBuilder;
  readonly node: Node;
  readonly inputs: readonly (Value | undefined)[];
  readonly outputs: readonly (Value | undefined)[];
  /** Per output, its gradient, of the output's exact shape; undefined where nothing depends on the output. One at least is there. */
  readonly gradients: readonly (Value | undefined)[];
  /** Per input, whether its gradient is wanted. */
  readonly needs: readonly boolean[];
}

/**
 * Returns a gradient per input, of the input's exact shape and type; undefined where it is not needed or where
 * the operator does not let a gradient through (indices, axes, conditions).
 */
export type Rule = (context: RuleContext) => readonly (Value | undefined)[];

/** A required input. */
export function inputOf({ node, inputs }: RuleContext, index: number): Value {
  const value = inputs[index];
  if (value === undefined)
    throw new ThinnetError(`node "${node.name}" (${node.op}): its input ${index} is missing`);
  return value;
}

/** The gradient of the output of an operator that has only one. */
export function gradientOfOutput({ node, gradients }: RuleContext): Value {
  const gradient = gradients[0];
  if (gradient === undefined)
    throw new ThinnetError(`node "${node.name}" (${node.op}): only its first output can be differentiated`);
  return gradient;
}

/** The elements of an integer input that must be known while building; undefined where the node leaves it out. */
export function integersOf(
  { b, node, inputs }: RuleContext,
  index: number,
  what: string,
): number[] | undefined {
  const value = inputs[index];
  if (value === undefined) return undefined;
  const constant = b.constantOf(value);
  if (constant === undefined)
    throw new ThinnetError(
      `node "${node.name}" (${node.op}): its ${what} "${value.name}" are computed; a gradient needs them constant`,
    );
  return Array.from(constant.data as ArrayLike<number | bigint>, Number);
}

/** Calls one thunk per input whose gradient is needed. */
export function perInput({ needs }: RuleContext, ...thunks: readonly (() => Value)[]): (Value | undefined)[] {
  return thunks.map((thunk, i) => (needs[i] ? thunk() : undefined));
}
