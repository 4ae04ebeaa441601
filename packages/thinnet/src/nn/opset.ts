/** @file Which imported operators mean the same under the opset that is written. */
import { ThinnetError } from '../error.js';
import type { Model, Node } from '../onnx/model.js';
import { MAX_OPSET, OPSET } from '../onnx/version.js';

const OLDEST = 13;

const hasAxes = (node: Node): boolean => node.attributes.axes !== undefined;
const reduction = { since: 18, differs: hasAxes };

/** Operators whose form changed after opset 13: since when, and in which nodes it shows. */
const changed: Readonly<
  Record<string, { readonly since: number; readonly differs: (node: Node) => boolean }>
> = {
  ReduceL1: reduction,
  ReduceL2: reduction,
  ReduceLogSum: reduction,
  ReduceLogSumExp: reduction,
  ReduceMax: reduction,
  ReduceMean: reduction,
  ReduceMin: reduction,
  ReduceProd: reduction,
  ReduceSumSquare: reduction,
  // Its training form had five outputs.
  BatchNormalization: { since: 14, differs: (node) => node.outputs.length > 1 },
  Split: { since: 18, differs: (node) => node.inputs.length < 2 },
  GridSample: { since: 20, differs: () => true },
  GroupNormalization: { since: 21, differs: () => true },
};

/**
 * Checks that a model's nodes can be written under opset 21 as they are.
 * Errors: an opset below 13 or beyond what is read; an operator whose form has changed in between.
 */
export function checkOpset(model: Model): void {
  const version = model.opsets[''] ?? OPSET;
  const remedy = `convert the model to opset ${OPSET} (onnx.version_converter)`;
  if (version < OLDEST || version > MAX_OPSET)
    throw new ThinnetError(
      `model "${model.graph.name}": opset is ${version}; ${OLDEST} to ${MAX_OPSET} can be imported: ${remedy}`,
    );
  for (const node of model.graph.nodes) {
    const change = node.domain === '' && Object.hasOwn(changed, node.op) ? changed[node.op] : undefined;
    if (change && version < change.since && change.differs(node))
      throw new ThinnetError(
        `model "${model.graph.name}": node "${node.name}" is a ${node.op} of opset ${version}, which changed in opset ${change.since}: ${remedy}`,
      );
  }
}
