/** @file Computes equal things once. */

import type { Attributes, Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { subgraphsOf } from '../subgraph.js';
import { type Facts, recursively } from './facts.js';
import { canReplace, rewire } from './rewire.js';

/** Two calls of these give different results. */
const random: ReadonlySet<string> = new Set(
  'Bernoulli Dropout Multinomial RandomNormal RandomNormalLike RandomUniform RandomUniformLike'.split(' '),
);

const commutative: ReadonlySet<string> = new Set(['Add', 'Mul', 'And', 'Or', 'Xor', 'Equal']);

/**
 * Of nodes with the same operator, inputs and attributes, keeps the first; in subgraphs too. Random operators and those
 * with subgraphs are left alone, and so are equal initializers: one of them may be a parameter.
 */
export const commonSubexpressions = recursively((graph: Graph, facts: Facts): Graph => {
  const seen = new Map<string, Node>();
  const replaced = new Map<string, string>();
  for (const node of graph.nodes) {
    if (!isStandard(node) || random.has(node.op) || subgraphsOf(node).length > 0) continue;
    const key = keyOf(node, replaced);
    const twin = seen.get(key);
    if (twin === undefined) seen.set(key, node);
    else if (node.outputs.every((name, i) => name === '' || serves(facts, name, twin.outputs[i])))
      for (const [i, name] of node.outputs.entries())
        if (name !== '') replaced.set(name, twin.outputs[i] as string);
  }
  return rewire(graph, replaced);
});

const serves = (facts: Facts, name: string, by: string | undefined): boolean =>
  by !== undefined && by !== '' && canReplace(facts, name, by);

function keyOf({ op, inputs, attributes }: Node, replaced: ReadonlyMap<string, string>): string {
  const names = inputs.map((name) => replaced.get(name) ?? name);
  if (commutative.has(op)) names.sort();
  return JSON.stringify([op, names, plain(attributes)]);
}

/** Attributes in an order of their own, spelt so that equal ones look the same. */
const plain = (attributes: Attributes): unknown =>
  Object.keys(attributes)
    .sort()
    .map((name) => [name, JSON.stringify(attributes[name], (_, x) => spell(x))]);

function spell(x: unknown): unknown {
  if (typeof x === 'bigint') return `${x}`;
  if (typeof x === 'number' && !Number.isSafeInteger(x)) return `${x}`;
  if (Object.is(x, -0)) return '-0';
  return ArrayBuffer.isView(x) ? [...new Uint8Array(x.buffer, x.byteOffset, x.byteLength)] : x;
}
