/** @file Which imported operators mean the same under the opset that is written. */

import { ThinnetError } from '../error.js';
import type { Graph, Model, Node } from '../onnx/model.js';
import { isStandard } from '../onnx/standard.js';
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

/** Operators that opset 21 lacks: since when there are any. */
const newer: Readonly<Record<string, number>> = {
  Attention: 23,
  RMSNormalization: 23,
  RotaryEmbedding: 23,
  Swish: 24,
  TensorScatter: 24,
  BitCast: 26,
  CumProd: 26,
};

/**
 * Checks that a graph's nodes exist under opset 21, those that are going to be written out excepted.
 * Errors: an operator of a later opset.
 */
export function checkWritten(graph: Graph, expanded: readonly string[] = []): void {
  for (const node of graph.nodes)
    if (isStandard(node) && Object.hasOwn(newer, node.op) && !expanded.includes(node.op))
      throw new ThinnetError(
        `model "${graph.name}": node "${node.name}" is a ${node.op}, which came with opset ${newer[node.op]}; Thinnet writes opset ${OPSET}: export the model for that, so that it is made of other operators`,
      );
}

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
    const change = isStandard(node) && Object.hasOwn(changed, node.op) ? changed[node.op] : undefined;
    if (change && version < change.since && change.differs(node))
      throw new ThinnetError(
        `model "${model.graph.name}": node "${node.name}" is a ${node.op} of opset ${version}, which changed in opset ${change.since}: ${remedy}`,
      );
  }
}
