/** @file A graph as text, one node a line. */

import type { Attribute, DataType, Graph, Node, Shape, TensorValue } from '../onnx/model.js';
import { isStandard } from '../onnx/standard.js';
import { showShape } from './shape.js';
import { subgraphsOf } from './subgraph.js';
import { typesOf } from './types.js';

/**
 * A graph for reading and comparing: inputs, parameters and outputs with their shapes, then one line a node, such as
 * `hidden1 float32[N, 1024] = Gemm(x, hidden1.weight, hidden1.bias) {transB: 1}`. Subgraphs follow their node, indented.
 */
export function printGraph(graph: Graph): string {
  return `${lines(graph).join('\n')}\n`;
}

function lines(graph: Graph): string[] {
  const types = typesOf(graph);
  const typed = (name: string) => {
    const info = types.get(name);
    return `${name} ${info ? showType(info) : '?'}`;
  };
  return [
    `graph ${graph.name}`,
    ...graph.inputs.map((info) => `  input ${typed(info.name)}`),
    ...graph.initializers.map((tensor) => `  parameter ${typed(tensor.name)}${showContent(tensor)}`),
    ...graph.outputs.map((info) => `  output ${typed(info.name)}`),
    ...graph.nodes.flatMap((node) => [`  ${showNode(node, typed)}`, ...bodies(node)]),
  ];
}

function bodies(node: Node): string[] {
  return subgraphsOf(node).flatMap(([name, graph]) => {
    const [title, ...rest] = lines(graph);
    return [`    ${name}: ${title}`, ...rest.map((line) => `    ${line}`)];
  });
}

function showNode(node: Node, typed: (name: string) => string): string {
  const outputs = node.outputs.map((name) => (name === '' ? '_' : typed(name))).join(', ');
  const operator = isStandard(node) ? node.op : `${node.domain}.${node.op}`;
  const inputs = node.inputs.map((name) => name || '_').join(', ');
  const attributes = Object.entries(node.attributes)
    .filter(([, attribute]) => attribute.type !== 'graph')
    .map(([name, attribute]) => `${name}: ${showAttribute(attribute)}`);
  return `${outputs} = ${operator}(${inputs})${attributes.length > 0 ? ` {${attributes.join(', ')}}` : ''}`;
}

const showType = ({ type, shape }: { readonly type: DataType; readonly shape?: Shape | undefined }): string =>
  `${type}${shape ? showShape(shape) : ''}`;

/** The elements of a tensor that is small enough to read. */
const showContent = ({ data, dims }: TensorValue): string =>
  data.length > 8
    ? ''
    : ` = ${dims.length === 0 ? showNumber(data[0]) : `[${Array.from(data as ArrayLike<unknown>, showNumber).join(', ')}]`}`;

const showNumber = (x: unknown): string =>
  typeof x === 'number' ? String(Number(x.toPrecision(6))) : String(x);

function showAttribute(attribute: Attribute): string {
  switch (attribute.type) {
    case 'string':
      return JSON.stringify(attribute.value);
    case 'strings':
    case 'ints':
    case 'floats':
      return `[${attribute.value.map((x) => (typeof x === 'string' ? JSON.stringify(x) : showNumber(x))).join(', ')}]`;
    case 'tensor':
      return `${showType({ type: attribute.value.type, shape: attribute.value.dims })}${showContent(attribute.value)}`;
    case 'opaque':
      return `${attribute.value.length} bytes`;
    case 'graph':
      return attribute.value.name;
    default:
      return showNumber(attribute.value);
  }
}
