/** @file Shape rules of control flow: Loop and If take their types from their subgraphs. */
import { ThinnetError } from '../../error.js';
import type { Dim, Graph, Node, Shape, ValueInfo } from '../../onnx/model.js';
import { sameShape } from '../shape.js';
import { type Finding, type InferContext, inputOf, type Rules, rule, unknownDim } from './rule.js';

function subgraph(node: Node, name: string): Graph {
  const attribute = node.attributes[name];
  if (attribute?.type !== 'graph') throw new ThinnetError(`attribute "${name}" is missing, or is no graph`);
  return attribute.value;
}

/** A subgraph's output shape; a blank axis is one that nobody knows. */
function shapeOf(context: InferContext, info: ValueInfo, output: number): Shape | undefined {
  return info.shape?.map((dim, axis) => (dim === '' ? unknownDim(context, axis, output) : dim));
}

/** Whether a Loop's body never ends the loop early: it hands its condition on, or a constant true. */
function runsToTheEnd(context: InferContext, body: Graph): boolean {
  const condition = context.inputs[1];
  if (condition && context.constantOf(condition)?.data[0] !== 1) return false;
  let name = body.outputs[0]?.name;
  for (let node = producer(body, name); node?.op === 'Identity'; node = producer(body, name))
    name = node.inputs[0];
  if (name === body.inputs[1]?.name) return true;
  const constant = producer(body, name)?.attributes.value;
  const tensor =
    body.initializers.find((t) => t.name === name) ??
    (constant?.type === 'tensor' ? constant.value : undefined);
  return tensor?.data[0] === 1;
}

const producer = (graph: Graph, name: string | undefined): Node | undefined =>
  graph.nodes.find((node) => name !== undefined && node.outputs.includes(name));

/** Outputs: the carried values after the last iteration, then the scans, stacked on a new first axis. */
const loop = rule(2, Infinity, (context) => {
  const body = subgraph(context.node, 'body');
  const carried = context.inputs.length - 2;
  if (body.inputs.length !== carried + 2)
    throw new ThinnetError(
      `its body takes ${body.inputs.length} inputs; ${carried + 2} are needed for ${carried} carried values`,
    );
  if (body.outputs.length < carried + 1)
    throw new ThinnetError(
      `its body gives ${body.outputs.length} outputs; ${carried} carried values need at least ${carried + 1}`,
    );
  const trips = context.inputs[0];
  const count: Dim | undefined =
    trips && runsToTheEnd(context, body) ? context.elementsOf(trips)?.[0] : undefined;
  return body.outputs.slice(1).map((info, i): Finding => {
    const shape = shapeOf(context, info, i);
    if (i >= carried)
      return { type: info.type, shape: shape && [count ?? unknownDim(context, 0, i), ...shape] };
    const initial = inputOf(context, i + 2);
    if (info.type !== initial.type)
      throw new ThinnetError(
        `carried value ${i} begins as ${initial.type} ("${initial.name}") and comes back as ${info.type} ("${info.name}")`,
      );
    const inside = body.inputs[i + 2]?.shape;
    return { type: info.type, shape: shape && inside && sameShape(shape, inside) ? initial.shape : shape };
  });
});

/** The two branches agree on types; an axis on which they differ is unknown. */
const branch = rule(1, 1, (context) => {
  const [yes, no] = [subgraph(context.node, 'then_branch'), subgraph(context.node, 'else_branch')];
  if (yes.outputs.length !== no.outputs.length)
    throw new ThinnetError(`its branches give ${yes.outputs.length} and ${no.outputs.length} outputs`);
  return yes.outputs.map((info, i): Finding => {
    const other = no.outputs[i] as ValueInfo;
    if (info.type !== other.type)
      throw new ThinnetError(
        `its branches give ${info.type} ("${info.name}") and ${other.type} ("${other.name}")`,
      );
    const [a, b] = [shapeOf(context, info, i), shapeOf(context, other, i)];
    if (!a || !b || a.length !== b.length) return { type: info.type, shape: undefined };
    return {
      type: info.type,
      shape: a.map((dim, axis) => (dim === b[axis] ? dim : unknownDim(context, axis, i))),
    };
  });
});

export const control: Rules = {
  Loop: { ...loop, least: 0 },
  If: branch,
};
