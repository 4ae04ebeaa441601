/** @file Standard Dropout nodes of imported models become noise inputs. */

import { ThinnetError } from '../../error.js';
import { floatOf } from '../../onnx/attribute.js';
import type { Graph, Node, Shape, ValueInfo } from '../../onnx/model.js';
import { isStandard } from '../../onnx/standard.js';
import { freshNames } from '../names.js';
import { showShape } from '../shape.js';
import { subgraphsOf } from '../subgraph.js';
import { type Facts, factsOf } from './facts.js';
import { withNodes } from './rewire.js';

/** One dropout found in a model, in the form of a noise site. */
export interface LoweredDropout {
  /** 0, 1, … in the order of the nodes. */
  readonly id: number;
  /** The node's name, or that of its output where it has none. */
  readonly name: string;
  /** ONNX's Dropout is inverted: the noise is 0 or 1/(1 − rate). */
  readonly kind: 'dropout';
  /** The node's ratio. */
  readonly rate: number;
  /** The graph input that takes the noise: `noise.<name>`. */
  readonly input: string;
  /** The activation's shape. */
  readonly shape: Shape;
}

/**
 * Dropout(x) of any opset becomes Mul(x, noise) with a new graph input for the noise; with ratio 0 it becomes an Identity.
 * Whether the file says `training_mode`, `is_test` or a seed makes no difference: which program is wanted is told elsewhere.
 *
 * @throws ThinnetError naming the node: a ratio that is not constant or outside 0 ≤ ratio < 1, a mask that something reads,
 *   an unknown activation shape, a Dropout inside a Loop or an If
 */
export function lowerDropout(graph: Graph): {
  readonly graph: Graph;
  readonly sites: readonly LoweredDropout[];
} {
  const facts = factsOf(graph);
  const unique = freshNames(graph);
  const sites: LoweredDropout[] = [];
  const inputs: ValueInfo[] = [...graph.inputs];
  const nodes = graph.nodes.map((node) => {
    forbidInside(node);
    if (!isDropout(node)) return node;
    const name = node.name || (node.outputs[0] as string);
    const rate = ratioOf(node, facts);
    const [x, y, mask] = [node.inputs[0] as string, node.outputs[0] as string, node.outputs[1]];
    if (mask && facts.usesOf(mask) > 0)
      throw new ThinnetError(
        `dropout "${name}": its mask "${mask}" is used; Thinnet draws noise outside the graph and has no mask to give`,
      );
    if (rate === 0) return elementwise(node, 'Identity', [x], y);
    const { type, shape } = facts.typeOf(x) ?? {};
    if (type === undefined || shape === undefined)
      throw new ThinnetError(
        `dropout "${name}": the shape of "${x}" is not known; run shape inference on the model`,
      );
    if (type !== 'float32' && type !== 'float64')
      throw new ThinnetError(`dropout "${name}": "${x}" is ${type}${showShape(shape)}; noise is float32`);
    const input = unique(`noise.${name}`);
    inputs.push({ name: input, type, shape });
    sites.push({ id: sites.length, name, kind: 'dropout', rate, input, shape });
    return elementwise(node, 'Mul', [x, input], y);
  });
  return { graph: withNodes({ ...graph, inputs }, nodes), sites };
}

const isDropout = (node: Node): boolean => node.op === 'Dropout' && isStandard(node);

const elementwise = (node: Node, op: string, inputs: readonly string[], output: string): Node => ({
  ...node,
  op,
  inputs,
  outputs: [output],
  attributes: {},
});

/** The ratio: an attribute before opset 12, a constant input since; 0.5 unless given. */
function ratioOf(node: Node, facts: Facts): number {
  const name = node.name || node.outputs[0];
  const input = node.inputs[1];
  const tensor = input ? facts.constantOf(input) : undefined;
  if (input && tensor?.data.length !== 1)
    throw new ThinnetError(`dropout "${name}": its ratio "${input}" is not constant; give it a fixed ratio`);
  const ratio = tensor ? Number(tensor.data[0]) : floatOf(node, 'ratio', 0.5);
  if (!(ratio >= 0 && ratio < 1))
    throw new ThinnetError(
      `dropout "${name}": its ratio is ${ratio}; it is the probability to drop, at least 0 and below 1`,
    );
  return ratio;
}

/** Noise inputs belong to the whole graph; one draw could not serve every iteration of a Loop. */
function forbidInside(node: Node): void {
  for (const [attribute, body] of subgraphsOf(node))
    for (const inner of body.nodes) {
      if (isDropout(inner))
        throw new ThinnetError(
          `dropout "${inner.name || inner.outputs[0]}" is inside "${attribute}" of node "${node.name}" (${node.op}), where noise cannot be fed`,
        );
      forbidInside(inner);
    }
}
