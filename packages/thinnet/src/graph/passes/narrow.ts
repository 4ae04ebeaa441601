/** @file Computes with fewer units where a mask drops the same ones in the whole batch. */

import { int, intOf } from '../../onnx/attribute.js';
import type { Graph, Node } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { GraphBuilder } from '../builder.js';
import { readersOf } from '../readers.js';
import { sameShape } from '../shape.js';
import type { Value } from '../value.js';
import { type Facts, factsOf, shapeOf } from './facts.js';

/** They make a unit, an element along the last axis, of the same unit of their operands. */
const elementwise: ReadonlySet<string> = new Set(
  (
    'Abs Add Celu Clip Div Elu Erf Exp Gelu HardSigmoid HardSwish Identity LeakyRelu Log Max Min Mish Mul Neg Pow PRelu ' +
    'Reciprocal Relu Selu Sigmoid Softplus Softsign Sqrt Sub Sum Tanh'
  ).split(' '),
);

/**
 * The graph that computes products y·W of y = x ∗ mask from the kept units alone, mask being an input [1, …, 1, F]: from the
 * units of y whose mask is not 0 and the rows of W that belong to them. Back from y through elementwise operators, the
 * product that x is made of gives these units alone, too, from the columns of its weight. How many are kept is found out
 * anew at each run.
 *
 * The outputs are the same but for the order of summation. A mask stays multiplied in where anything else reads y; a value
 * before it is computed whole where anything else reads it.
 * Graham, Reizenstein & Robinson 2015, "Efficient batchwise dropout training using submatrices" (arXiv:1502.02478).
 *
 * @param masks names of the inputs, which hold 0 for what is dropped
 * @param sides of a weight of which rows are picked, whether to pick columns too: that takes time in proportion to the
 *   weight, and saves time in proportion to the batch
 */
export function narrow(graph: Graph, masks: ReadonlySet<string>, sides: 'one' | 'both' = 'both'): Graph {
  const facts = factsOf(graph);
  const maskOf = plan(graph, facts, masks, sides);
  if (maskOf.size === 0) return graph;
  const b = new GraphBuilder(graph.name);
  for (const { name, type, shape } of graph.inputs) b.input(name, type, shape ?? []);
  for (const tensor of graph.initializers) b.initializer(tensor);
  // New nodes must keep clear of the names of those that are still to come.
  for (const node of graph.nodes) for (const name of node.outputs) if (name !== '') b.unique(name);
  const writer = new Writer(b, facts, maskOf);
  for (const node of graph.nodes) writer.write(node);
  for (const { name } of graph.outputs) b.output(b.value(name), name);
  return b.build();
}

/** Which values are computed for the kept units alone: the mask of each. */
function plan(
  graph: Graph,
  facts: Facts,
  masks: ReadonlySet<string>,
  sides: 'one' | 'both',
): ReadonlyMap<string, string> {
  const maskOf = new Map<string, string>();
  if (graph.inputs.some((info) => info.shape === undefined)) return maskOf;
  const readers = readersOf(graph.nodes);
  const claim = (node: Node, mask: string): void => {
    const name = node.outputs[0] as string;
    maskOf.set(name, mask);
    if (isProduct(node, facts)) return;
    for (const operand of node.inputs) {
      const producer = facts.producerOf(operand);
      const [before, after] = [shapeOf(facts, operand), shapeOf(facts, name)];
      if (!producer || !before || !after || facts.usesOf(operand) !== 1 || !sameShape(before, after))
        continue;
      const isNarrow = sides === 'one' && maskOf.has(producer.inputs[0] as string);
      if (isElementwise(producer) || (isProduct(producer, facts) && !isNarrow)) claim(producer, mask);
    }
  };
  for (const node of graph.nodes) {
    const mask = node.op === 'Mul' && isElementwise(node) && node.inputs.find((name) => masks.has(name));
    if (!mask || !sharesUnits(facts, mask, node.outputs[0] as string)) continue;
    const [y] = node.outputs as [string];
    const multiplies = (reader: Node): boolean =>
      isProduct(reader, facts) && reader.inputs[0] === y && reader.inputs.lastIndexOf(y) === 0;
    if (!facts.isOutput(y) && (readers.get(y) ?? []).every(multiplies)) claim(node, mask);
  }
  return maskOf;
}

/** Whether a mask [1, …, 1, F] goes over the last axis of y [N, …, F]. */
function sharesUnits(facts: Facts, mask: string, y: string): boolean {
  const [from, to] = [shapeOf(facts, mask), shapeOf(facts, y)];
  const units = to?.at(-1);
  return (
    from !== undefined &&
    to !== undefined &&
    to.length > 1 &&
    typeof units === 'number' &&
    units > 1 &&
    sameShape(from, [...from.slice(0, -1).fill(1), units])
  );
}

const isElementwise = (node: Node): boolean => isStandard(node) && elementwise.has(node.op);

/** Whether a node multiplies units, the last axis of its first operand, by a matrix. */
const isProduct = (node: Node, facts: Facts): boolean =>
  isStandard(node) &&
  (node.op === 'MatMul' || (node.op === 'Gemm' && intOf(node, 'transA', 0) === 0)) &&
  (shapeOf(facts, node.inputs[0] as string)?.length ?? 0) > 1 &&
  shapeOf(facts, node.inputs[1] as string)?.length === 2;

class Writer {
  readonly #b: GraphBuilder;
  readonly #facts: Facts;
  readonly #maskOf: ReadonlyMap<string, string>;
  readonly #kept = new Map<string, Value>();
  readonly #parts = new Map<string, Value>();

  constructor(b: GraphBuilder, facts: Facts, maskOf: ReadonlyMap<string, string>) {
    this.#b = b;
    this.#facts = facts;
    this.#maskOf = maskOf;
  }

  write(node: Node): void {
    const after = this.#maskOf.get(node.outputs[0] as string);
    const before = isProduct(node, this.#facts) ? this.#maskOf.get(node.inputs[0] as string) : undefined;
    if (before === undefined && after === undefined) this.#copy(node);
    else if (isProduct(node, this.#facts)) this.#product(node, before, after);
    else this.#elementwise(node, after as string);
  }

  #copy(node: Node): void {
    const shapes = node.outputs.map((name) => shapeOf(this.#facts, name));
    this.#b.add(node, shapes.every((shape) => shape !== undefined) ? shapes : undefined);
  }

  #elementwise(node: Node, mask: string): void {
    const units = shapeOf(this.#facts, node.outputs[0] as string)?.at(-1);
    const inputs = node.inputs.map((name) =>
      name === '' || this.#maskOf.get(name) === mask || shapeOf(this.#facts, name)?.at(-1) !== units
        ? name
        : this.#part(name, mask).name,
    );
    this.#b.add({ ...node, inputs });
  }

  /** x · W + c from the rows of W that `before` keeps and the columns that `after` keeps; undefined keeps all. */
  #product(node: Node, before: string | undefined, after: string | undefined): void {
    const b = this.#b;
    const [, name, addend] = node.inputs as [string, string, string | undefined];
    const units = shapeOf(this.#facts, node.outputs[0] as string)?.at(-1);
    let weight = b.value(name);
    let transposed = intOf(node, 'transB', 0) === 1;
    // First the axis whose slices lie together; to take the others, transposing is faster than picking single elements.
    for (const isRow of transposed ? [false, true] : [true, false]) {
      const mask = isRow ? before : after;
      if (mask === undefined) continue;
      if (isRow === transposed) {
        weight = b.op('Transpose', [weight]);
        transposed = !transposed;
      }
      weight = b.op('Gather', [weight, this.#indices(mask)], { axis: int(0) });
    }
    if (node.op === 'MatMul' && transposed) weight = b.op('Transpose', [weight]);
    const inputs = node.inputs.with(1, weight.name);
    if (addend && after !== undefined && shapeOf(this.#facts, addend)?.at(-1) === units)
      inputs[2] = this.#part(addend, after).name;
    const attributes =
      node.op === 'Gemm' ? { ...node.attributes, transB: int(Number(transposed)) } : node.attributes;
    b.add({ ...node, inputs, attributes });
  }

  /** The kept units, counted from 0, in order: [how many]. */
  #indices(mask: string): Value {
    const b = this.#b;
    const known = this.#kept.get(mask);
    if (known) return known;
    const places = b.op('NonZero', [b.op('Reshape', [b.value(mask), b.int64([-1])])]);
    const indices = b.op('Reshape', [places, b.int64([-1])], {}, { name: `${mask}.kept` });
    this.#kept.set(mask, indices);
    return indices;
  }

  /** The kept units of a value that is computed whole. */
  #part(name: string, mask: string): Value {
    const b = this.#b;
    const key = JSON.stringify([name, mask]);
    const known = this.#parts.get(key);
    if (known) return known;
    const value = b.value(name);
    const last = value.shape.length - 1;
    const take = (from: Value, axis: number): Value =>
      b.op('Gather', [from, this.#indices(mask)], { axis: int(axis) });
    const part =
      last === 1 && value.shape[0] !== 1
        ? b.op('Transpose', [take(b.op('Transpose', [value]), 0)])
        : take(value, last);
    this.#parts.set(key, part);
    return part;
  }
}
