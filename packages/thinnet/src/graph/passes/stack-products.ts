/** @file Sums products over what they sum over, in one product instead of many. */

import { floatOf, int, intOf } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { freshNames } from '../names.js';
import { type Facts, recursively } from './facts.js';
import { withNodes } from './rewire.js';

/**
 * A₁ᵀ·B₁ + A₂ᵀ·B₂ + …, of products that nothing else reads, becomes [A₁; A₂; …]ᵀ·[B₁; B₂; …], in subgraphs too. So the
 * gradient of a weight that all time steps share needs no tensor of the weight's size for each of them. Up to rounding
 * the result is the same.
 */
export const stackProducts = recursively((graph: Graph, facts: Facts): Graph => {
  const sums = graph.nodes.flatMap((node) => {
    const products = productsOf(node, facts);
    return products ? [[node, products] as const] : [];
  });
  if (sums.length === 0) return graph;
  const unique = freshNames(graph);
  const written = new Map(sums.map(([sum, products]) => [sum, stacked(sum, products, unique)]));
  const gone = new Set(sums.flatMap(([, products]) => products));
  const nodes = graph.nodes.flatMap((node) => (gone.has(node) ? [] : (written.get(node) ?? [node])));
  return withNodes(graph, nodes);
});

/** The terms of a sum that consists of plain products Aᵀ·B; undefined for any other node. */
function productsOf(sum: Node, facts: Facts): readonly Node[] | undefined {
  if (sum.op !== 'Sum' || !isStandard(sum) || sum.inputs.length < 2) return undefined;
  const terms = sum.inputs.map((name) => (facts.usesOf(name) === 1 ? facts.producerOf(name) : undefined));
  return terms.every((term) => term !== undefined && isProduct(term)) ? (terms as Node[]) : undefined;
}

const isProduct = (node: Node): boolean =>
  node.op === 'Gemm' &&
  isStandard(node) &&
  !node.inputs[2] &&
  floatOf(node, 'alpha', 1) === 1 &&
  intOf(node, 'transA', 0) === 1 &&
  intOf(node, 'transB', 0) === 0;

function stacked(sum: Node, products: readonly Node[], unique: (stem: string) => string): readonly Node[] {
  const stack = (operand: 0 | 1, stem: string): Node => {
    const name = unique(`${sum.name}.${stem}`);
    const inputs = products.map(({ inputs }) => inputs[operand] as string);
    return { name, op: 'Concat', domain: '', inputs, outputs: [name], attributes: { axis: int(0) } };
  };
  const [a, b] = [stack(0, 'left'), stack(1, 'right')];
  const inputs = [a.name, b.name];
  return [
    a,
    b,
    { name: sum.name, op: 'Gemm', domain: '', inputs, outputs: sum.outputs, attributes: { transA: int(1) } },
  ];
}
