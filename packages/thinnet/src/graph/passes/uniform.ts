/** @file Replaces values by tensors whose elements are all the same number, and follows what becomes of them. */
import { ThinnetError } from '../../error.js';
import { intOf } from '../../onnx/attribute.js';
import type { DataType, Graph, Node, Shape, Tensor } from '../../onnx/model.js';
import { dataTypes } from '../infer/types.js';
import { broadcastShapes, sameShape, showShape } from '../shape.js';
import { mapSubgraphs, namesUsedBy } from '../subgraph.js';
import { typedArray } from '../typed.js';
import { binary, unary } from './arithmetic.js';
import { type Facts, factsOf, type PassOptions, shapeOf, uniformConstant } from './facts.js';
import { withNodes } from './rewire.js';

/** A number that stands for a whole tensor. */
export interface Uniform {
  readonly value: number;
  readonly type: DataType;
  /** The value that the caller replaced, for messages. */
  readonly source: string;
}

/** They move elements about, so that uniform stays uniform. */
const moving: ReadonlySet<string> = new Set(
  'Identity Reshape Flatten Squeeze Unsqueeze Transpose Expand Tile Slice Gather GatherElements GatherND Split'.split(
    ' ',
  ),
);

/** They broadcast all inputs to the output's shape, so that a scalar serves where it does not set that shape. */
const broadcasting: ReadonlySet<string> = new Set([
  ...Object.keys(binary),
  'Where',
  'Mod',
  'Xor',
  'Sum',
  'Mean',
]);

/**
 * The graph without the inputs named in `uniforms`. Nodes that only move or combine uniform values are gone; the others
 * get a scalar. `unique` makes names for the scalars.
 *
 * @throws ThinnetError where the replaced value gave a result its shape, or went into an operator that needs all of it
 */
export function substituteUniform(
  graph: Graph,
  uniforms: ReadonlyMap<string, Uniform>,
  unique: (stem: string) => string,
  options?: PassOptions,
  outer?: Facts,
): Graph {
  const facts = factsOf(graph, options, outer);
  const known = new Map(uniforms);
  const scalars = new Map<string, Tensor>();
  const scalar = ({ value, type }: Uniform): string => {
    const key = `${type} ${Object.is(value, -0) ? '-0' : value}`;
    const tensor = scalars.get(key) ?? {
      name: unique('expectation'),
      type,
      dims: [],
      data: typedArray(type, [value]),
    };
    scalars.set(key, tensor);
    return tensor.name;
  };
  const nodes = graph.nodes.flatMap((node): Node[] => {
    if (!namesUsedBy(node).some((name) => known.has(name))) return [node];
    const results = follow(node, known, facts);
    for (const [i, name] of node.outputs.entries())
      if (results && name !== '') known.set(name, results[i] ?? (results[0] as Uniform));
    if (results) return [];
    requireServes(node, known, facts);
    const inner = mapSubgraphs(node, (body) => substituteUniform(body, known, unique, options, facts));
    return [
      {
        ...inner,
        inputs: node.inputs.map((name) => (known.has(name) ? scalar(known.get(name) as Uniform) : name)),
      },
    ];
  });
  for (const { name } of graph.outputs) {
    const uniform = known.get(name);
    if (uniform)
      throw new ThinnetError(
        `graph "${graph.name}": output "${name}" is "${uniform.source}" and nothing else, which would be removed`,
      );
  }
  const inputs = graph.inputs.filter((info) => !uniforms.has(info.name));
  return withNodes({ ...graph, inputs }, nodes, [...graph.initializers, ...scalars.values()]);
}

/** What a node's outputs are, where they are uniform too. */
function follow(
  node: Node,
  known: ReadonlyMap<string, Uniform>,
  facts: Facts,
): readonly Uniform[] | undefined {
  const uniform = known.get(node.inputs[0] as string);
  if (node.domain !== '') return undefined;
  if (moving.has(node.op)) return uniform && node.outputs.map(() => uniform);
  if (node.op === 'Cast') return uniform && castUniform(uniform, dataTypes[intOf(node, 'to', 0)]);
  const operands = node.inputs.map((name) => known.get(name)?.value ?? uniformConstant(facts, name));
  const [a, b] = operands;
  const type = facts.typeOf(node.outputs[0] as string)?.type;
  const source = node.inputs.map((name) => known.get(name)).find((x) => x !== undefined)?.source;
  if (a === undefined || type === undefined || source === undefined || !type.startsWith('float'))
    return undefined;
  const value =
    operands.length === 1
      ? unary[node.op]?.(a)
      : operands.length === 2 && b !== undefined
        ? binary[node.op]?.(a, b)
        : undefined;
  return value === undefined
    ? undefined
    : [{ value: type === 'float32' ? Math.fround(value) : value, type, source }];
}

function castUniform(uniform: Uniform, type: DataType | undefined): readonly Uniform[] | undefined {
  if (type === 'float64') return [{ ...uniform, type }];
  if (type === 'float32') return [{ ...uniform, type, value: Math.fround(uniform.value) }];
  return undefined;
}

/** Fails unless scalars can take the place of the uniform inputs of a node. */
function requireServes(node: Node, known: ReadonlyMap<string, Uniform>, facts: Facts): void {
  const replaced = node.inputs.filter((name) => known.has(name));
  if (replaced.length === 0) return;
  const source = known.get(replaced[0] as string)?.source;
  const place = `node "${node.name}" (${node.op})`;
  if (node.domain !== '' || !broadcasting.has(node.op))
    throw new ThinnetError(
      `${place} takes "${source}" whole; an expectation can only stand in for it in elementwise operators such as Mul`,
    );
  const others = node.inputs.filter((name) => !known.has(name)).map((name) => shapeOf(facts, name));
  const output = shapeOf(facts, node.outputs[0] as string);
  if (output === undefined || !others.every((shape) => shape !== undefined))
    throw new ThinnetError(`${place} takes "${source}", but its shapes are not known; infer them first`);
  const shape = others.reduce<Shape>(broadcastShapes, []);
  if (!sameShape(shape, output))
    throw new ThinnetError(
      `${place}: "${source}" enlarges ${showShape(shape)} to ${showShape(output)}; noise must broadcast to what it multiplies`,
    );
}
