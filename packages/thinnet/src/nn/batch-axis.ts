/** @file Gives an imported graph the batch axis `N`. */
import { ThinnetError } from '../error.js';
import { GraphBuilder } from '../graph/builder.js';
import { divideDims, evaluateDim, productOf } from '../graph/dim.js';
import { showShape } from '../graph/shape.js';
import type { Dim, Graph, Node, Shape, ValueInfo } from '../onnx/model.js';
import { isStandard } from '../onnx/standard.js';

/** What the file calls an axis named N that is not the batch. */
const OTHER_N = 'N_other';

/**
 * The graph with `N` for the first axis of its features: a symbol (or an axis without a name) is renamed wherever it
 * occurs; a length of 1 becomes `N`, and the shapes of all other values follow from it.
 * Errors: not exactly one input; an input of unknown rank or rank 0, or with another fixed length; a Reshape to as many
 * elements as some one batch has; an output that does not begin with the batch axis then.
 */
export function withBatchAxis(graph: Graph): Graph {
  const constants = new Set(graph.initializers.map((tensor) => tensor.name));
  const inputs = graph.inputs.filter((input) => !constants.has(input.name));
  const [features, second] = inputs;
  if (features === undefined || second !== undefined)
    throw new ThinnetError(
      `model "${graph.name}": its inputs are ${inputs.map(({ name }) => `"${name}"`).join(', ') || 'none'}; a network has one, the features`,
    );
  const batch = batchOf(graph.name, features);
  const rename = (dim: Dim): Dim =>
    dim === batch && dim !== 1 && dim !== '' ? 'N' : dim === 'N' ? OTHER_N : dim;
  const renamed = ({ shape, ...info }: ValueInfo): ValueInfo =>
    shape === undefined || batch === 1 ? info : { ...info, shape: shape.map(rename) };
  const shape: Shape = ['N', ...(features.shape ?? []).slice(1).map(rename)];
  const builder = GraphBuilder.from({
    ...graph,
    inputs: [{ ...features, shape }],
    outputs: graph.outputs.map(renamed),
    values: graph.values.map(renamed),
  });
  for (const node of builder.nodes) checkReshape(builder, node);
  for (const { name } of graph.outputs) {
    const value = builder.value(name);
    if (value.shape[0] !== 'N')
      throw new ThinnetError(
        `model "${graph.name}": its output "${name}" has shape ${showShape(value.shape)}, which does not begin with the batch axis; export it with a symbolic first axis`,
      );
    builder.output(value);
  }
  return builder.build();
}

function batchOf(model: string, { name, shape }: ValueInfo): Dim {
  const batch = shape?.[0];
  if (shape === undefined || batch === undefined)
    throw new ThinnetError(
      `model "${model}": its input "${name}" has no batch axis; export it with a symbolic first axis`,
    );
  if (typeof batch === 'number' && batch !== 1)
    throw new ThinnetError(
      `model "${model}": its input "${name}" has shape ${showShape(shape)}, a fixed batch of ${batch}; export it with a symbolic first axis`,
    );
  return batch;
}

/** Errors: a constant target for a number of elements that depends on the batch. */
function checkReshape(builder: GraphBuilder, node: Node): void {
  const [from = '', to = ''] = node.inputs;
  if (node.op !== 'Reshape' || !isStandard(node) || to === '') return;
  const target = builder.elementsOf(builder.value(to));
  if (target === undefined || target.includes(-1)) return;
  const [x, y] = [builder.value(from), builder.value(node.outputs[0] as string)];
  const [many, wanted] = [productOf(x.shape), productOf(y.shape)];
  const examples = evaluateDim(many, { N: 1 });
  const fixed = typeof many === 'string' && typeof wanted === 'number' && examples !== undefined;
  if (fixed || /\bN\b/.test(String(divideDims(many, wanted))))
    throw new ThinnetError(
      `model "${builder.name}": node "${node.name}" (Reshape) makes ${showShape(y.shape)} of ${showShape(x.shape)}, whatever the number of examples, N; export the model with a symbolic first axis`,
    );
}
