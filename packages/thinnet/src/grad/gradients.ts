/** @file The reverse sweep: gradients of outputs with respect to values, as nodes of the same graph. */
import { ThinnetError } from '../error.js';
import type { GraphBuilder } from '../graph/builder.js';
import { sameShape, showShape } from '../graph/shape.js';
import { namesUsedBy } from '../graph/subgraph.js';
import type { Value } from '../graph/value.js';
import { isFloating } from '../onnx/element.js';
import type { Node } from '../onnx/model.js';
import { arithmetic, scalar } from './arithmetic.js';
import { expandLike, zerosLike } from './shapes.js';
import { ruleOf } from './table.js';

/** An output of the graph so far, and the gradient (of the same shape and type) that arrives at it. */
export interface Seed {
  readonly value: Value;
  readonly gradient: Value;
}

/**
 * Emits the nodes that compute, for each value x of `wrt`, Σ over outputs y of (∂y/∂x)ᵀ · gradient(y).
 *
 * Only nodes on a path from a value of `wrt` to an output are visited. The gradients have the exact shapes and types of
 * the values; they are zeros where a value does not influence any output. Integers, booleans and strings pass no gradient.
 * Throws a ThinnetError where a node on the path has no rule, or where `wrt` or a seed does not fit.
 */
export function gradients(b: GraphBuilder, outputs: readonly Seed[], wrt: readonly Value[]): Value[] {
  for (const value of wrt)
    if (!isFloating(value.type))
      throw new ThinnetError(
        `"${value.name}" is of type ${value.type}: only floating-point values have gradients`,
      );
  const nodes = [...b.nodes];
  const active = reachedFrom(b, nodes, wrt);
  const collected = new Map<string, Value[]>();
  const collect = (value: Value, gradient: Value): void => {
    const terms = collected.get(value.name);
    if (terms) terms.push(gradient);
    else collected.set(value.name, [gradient]);
  };
  for (const { value, gradient } of outputs) {
    if (gradient.type !== value.type || !sameShape(gradient.shape, value.shape))
      throw new ThinnetError(
        `the gradient given for "${value.name}" is ${describe(gradient)}; it must be ${describe(value)} like the value`,
      );
    if (active.has(value.name)) collect(value, gradient);
  }
  for (const node of nodes.reverse()) {
    if (!node.outputs.some((name) => collected.has(name))) continue;
    if (!namesUsedBy(node).some((name) => active.has(name))) continue;
    const inputs = node.inputs.map((name) => (name === '' ? undefined : b.value(name)));
    const needs = node.inputs.map((name) => active.has(name));
    const found = ruleOf(node)({
      b,
      node,
      inputs,
      outputs: node.outputs.map((name) => (name === '' ? undefined : b.value(name))),
      gradients: node.outputs.map((name) => total(b, collected, name)),
      needs,
    });
    for (const [i, gradient] of found.entries()) {
      const input = inputs[i];
      if (gradient === undefined || input === undefined || !needs[i]) continue;
      if (gradient.type !== input.type || !sameShape(gradient.shape, input.shape))
        throw new Error(
          `the rule of ${node.op} gave "${input.name}" a gradient ${describe(gradient)}, not ${describe(input)}`,
        );
      collect(input, gradient);
    }
  }
  return wrt.map((value) => total(b, collected, value.name) ?? zerosLike(b, value));
}

/** Gradients of one number: `loss` holds a single element, and its own gradient is 1. */
export function gradientOf(b: GraphBuilder, loss: Value, wrt: readonly Value[]): Value[] {
  if (!loss.shape.every((dim) => dim === 1))
    throw new ThinnetError(
      `"${loss.name}" has shape ${showShape(loss.shape)}; a loss is one number: reduce it, or give gradients() a seed`,
    );
  if (!isFloating(loss.type))
    throw new ThinnetError(`"${loss.name}" is of type ${loss.type}, which has no gradient`);
  return gradients(b, [{ value: loss, gradient: expandLike(b, scalar(b, 1, loss.type), loss) }], wrt);
}

/** Names of the floating-point values that depend on a value of `wrt`, themselves included. */
function reachedFrom(b: GraphBuilder, nodes: readonly Node[], wrt: readonly Value[]): Set<string> {
  const active = new Set(wrt.map((value) => value.name));
  for (const node of nodes)
    if (namesUsedBy(node).some((name) => active.has(name)))
      for (const name of node.outputs) if (name !== '' && isFloating(b.value(name).type)) active.add(name);
  return active;
}

/** The sum of what arrived at a value, computed once. */
function total(b: GraphBuilder, collected: Map<string, Value[]>, name: string): Value | undefined {
  const terms = collected.get(name);
  const [first, second] = terms ?? [];
  if (terms === undefined || first === undefined || second === undefined) return first;
  const sum = terms.length === 2 ? arithmetic(b).add(first, second) : b.op('Sum', terms);
  collected.set(name, [sum]);
  return sum;
}

const describe = ({ type, shape }: Value): string => `${type} ${showShape(shape)}`;
