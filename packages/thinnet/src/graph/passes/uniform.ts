/** @file Replaces values by tensors whose elements are all the same number, and follows what becomes of them. */

import { ThinnetError } from '../../error.js';
import type { DataType, Graph, Node, Shape, Tensor, ValueInfo } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { broadcastShapes, sameShape, showShape } from '../shape.js';
import { mapSubgraphs } from '../subgraph.js';
import { typedArray } from '../typed.js';
import { type Facts, factsOf, shapeOf } from './facts.js';
import { withNodes } from './rewire.js';

/** A scalar that stands for a whole tensor: a number, or the name of a value of rank 0. */
export interface Uniform {
  readonly scalar: number | string;
  readonly type: DataType;
  /** The value that the caller replaced, for messages. */
  readonly source: string;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** They move elements about, so that uniform stays uniform. */
const moving = words(
  'Identity Reshape Flatten Squeeze Unsqueeze Transpose Expand Tile Slice Gather GatherElements GatherND Split',
);

/** They work element by element, so that a scalar serves where it does not set the shape. */
const elementwise = words(
  'Add Sub Mul Div Pow Min Max Sum Mean Mod Where Equal Greater GreaterOrEqual Less LessOrEqual And Or Xor Not Cast ' +
    'Neg Abs Sign Sqrt Reciprocal Exp Log Erf Floor Ceil Round Relu Sigmoid Tanh Softplus Clip',
);

/**
 * The graph without the inputs named in `uniforms`. Nodes that only move uniform values are gone; elementwise ones get
 * scalars, and those that combine a uniform value with scalars give a scalar. `unique` makes names.
 *
 * @throws ThinnetError where the replaced value gave a result its shape, or went into an operator that needs all of it
 */
export function substituteUniform(
  graph: Graph,
  uniforms: ReadonlyMap<string, Uniform>,
  unique: (stem: string) => string,
  outer?: Facts,
): Graph {
  const facts = factsOf(graph, {}, outer);
  const known = new Map(uniforms);
  const tensors = new Map<string, Tensor>();
  const collapsed: ValueInfo[] = [];
  const nameOf = ({ scalar, type }: Uniform): string => {
    if (typeof scalar === 'string') return scalar;
    const key = `${type} ${scalar}`;
    const tensor = tensors.get(key) ?? {
      name: unique('expectation'),
      type,
      dims: [],
      data: typedArray(type, [scalar]),
    };
    tensors.set(key, tensor);
    return tensor.name;
  };
  const nodes = graph.nodes.flatMap((node): Node[] => {
    const source = node.inputs
      .map((name) => known.get(name))
      .find((uniform) => uniform !== undefined)?.source;
    if (source === undefined)
      return [mapSubgraphs(node, (body) => substituteUniform(body, known, unique, facts))];
    const data = known.get(node.inputs[0] as string);
    if (data && moving.has(node.op) && isStandard(node)) {
      for (const name of node.outputs) if (name !== '') known.set(name, data);
      return [];
    }
    if (becomesScalar(node, known, facts)) {
      const [name, type] = [node.outputs[0] as string, facts.typeOf(node.outputs[0] as string)?.type];
      if (type) {
        known.set(name, { scalar: name, type, source });
        collapsed.push({ name, type, shape: [] });
      }
    } else requireServes(node, known, facts);
    return [
      {
        ...node,
        inputs: node.inputs.map((name) => (known.has(name) ? nameOf(known.get(name) as Uniform) : name)),
      },
    ];
  });
  for (const { name } of graph.outputs) {
    const source = known.get(name)?.source;
    if (source !== undefined)
      throw new ThinnetError(
        `graph "${graph.name}": output "${name}" depends on "${source}" alone, so that its shape would be lost`,
      );
  }
  const inputs = graph.inputs.filter((info) => !uniforms.has(info.name));
  const values = [...graph.values.filter((info) => !known.has(info.name)), ...collapsed];
  return withNodes({ ...graph, inputs, values }, nodes, [...graph.initializers, ...tensors.values()]);
}

/** Whether all inputs of an elementwise node are uniform or scalars already. */
const becomesScalar = (node: Node, known: ReadonlyMap<string, Uniform>, facts: Facts): boolean =>
  isStandard(node) &&
  elementwise.has(node.op) &&
  node.inputs.every((name) => name === '' || known.has(name) || shapeOf(facts, name)?.length === 0);

/** Fails unless scalars can take the place of the uniform inputs of a node. */
function requireServes(node: Node, known: ReadonlyMap<string, Uniform>, facts: Facts): void {
  const replaced = node.inputs.filter((name) => known.has(name));
  if (replaced.length === 0) return;
  const source = known.get(replaced[0] as string)?.source;
  const place = `node "${node.name}" (${node.op})`;
  if (!isStandard(node) || !elementwise.has(node.op))
    throw new ThinnetError(
      `${place} takes "${source}" whole; an expectation can only stand in for it in elementwise operators such as Mul`,
    );
  const others = node.inputs
    .filter((name) => name !== '' && !known.has(name))
    .map((name) => shapeOf(facts, name));
  const output = shapeOf(facts, node.outputs[0] as string);
  if (output === undefined || !others.every((shape) => shape !== undefined))
    throw new ThinnetError(`${place} takes "${source}", but its shapes are not known; infer them first`);
  const shape = others.reduce<Shape>(broadcastShapes, []);
  if (!sameShape(shape, output))
    throw new ThinnetError(
      `${place}: "${source}" enlarges ${showShape(shape)} to ${showShape(output)}; noise must broadcast to what it multiplies`,
    );
}
