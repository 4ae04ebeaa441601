/** @file The structural checks accept what is sound and name what is not. */
import { describe, expect, it } from 'vitest';
import { graph as graphAttribute, tensor as tensorAttribute } from './attribute.js';
import {
  checkModel,
  type Graph,
  type Model,
  type Node,
  standardModel,
  type Tensor,
  type ValueInfo,
} from './index.js';
import { SPARSE_INITIALIZER, sparseTensor } from './schema.js';
import { asUnknown, encode } from './wire.js';

const info = (name: string): ValueInfo => ({ name, type: 'float32', shape: ['N'] });
const parameter = (name: string): Tensor => ({ name, type: 'float32', dims: [1], data: new Float32Array(1) });
const node = (inputs: string[], outputs: string[], attributes: Node['attributes'] = {}): Node => ({
  name: outputs.join(),
  op: 'Op',
  domain: '',
  inputs,
  outputs,
  attributes,
});
const graphOf = (nodes: Node[], more: Partial<Graph> = {}): Graph => ({
  name: 'g',
  inputs: [info('x')],
  outputs: [info('y')],
  initializers: [parameter('w')],
  nodes,
  values: [],
  ...more,
});
const body = (nodes: Node[], output: string, more: Partial<Graph> = {}) =>
  graphAttribute(
    graphOf(nodes, { name: 'body', inputs: [], initializers: [], outputs: [info(output)], ...more }),
  );

describe('checkModel accepts', () => {
  it.each<[string, Graph]>([
    ['a chain', graphOf([node(['x', 'w'], ['a']), node(['a', ''], ['y', ''])])],
    [
      'an initializer that is an input as well',
      graphOf([node(['x', 'w'], ['y'])], { inputs: [info('x'), info('w')] }),
    ],
    ['an input as an output', graphOf([], { outputs: [info('x')] })],
    [
      'a subgraph that uses outer values',
      graphOf([node(['x'], ['a']), node(['x'], ['y'], { body: body([node(['a', 'w'], ['b'])], 'b') })]),
    ],
    [
      'two subgraphs with the same inner names',
      graphOf([
        node([], ['y'], { yes: body([node(['x'], ['b'])], 'b'), no: body([node(['x'], ['b'])], 'b') }),
      ]),
    ],
    [
      'a sparse initializer',
      graphOf([node(['sparse'], ['y'])], {
        unknown: [
          asUnknown(SPARSE_INITIALIZER, encode(sparseTensor, { values: { name: 'sparse' } }).concat()),
        ],
      }),
    ],
  ])('%s', (_, graph) => {
    expect(() => checkModel(standardModel(graph))).not.toThrow();
  });
});

describe('checkModel names', () => {
  const sound = graphOf([node(['x', 'w'], ['y'])]);
  const short: Tensor = { ...parameter('w'), dims: [2] };
  it.each<[string, Graph | Model, string]>([
    [
      'a missing input',
      graphOf([node(['z'], ['y'])]),
      'graph "g": node "y" (Op) takes "z", which nothing produces',
    ],
    [
      'nodes out of order',
      graphOf([node(['a'], ['y']), node(['x'], ['a'])]),
      'graph "g": node "y" (Op) takes "a", which a later node produces; sort the nodes',
    ],
    [
      'a node that takes its own output',
      graphOf([node(['y'], ['y'])]),
      'takes "y", which a later node produces',
    ],
    ['a missing output', graphOf([]), 'graph "g": nothing produces the output "y"'],
    [
      'two inputs of one name',
      graphOf([], { inputs: [info('x'), info('x')] }),
      'graph "g": two inputs are named "x"; rename one',
    ],
    [
      'two initializers of one name',
      graphOf([], { initializers: [parameter('w'), parameter('w')] }),
      'graph "g": two initializers are named "w"; rename one',
    ],
    [
      'two outputs of one name',
      graphOf([node(['x'], ['y']), node(['x'], ['y'])]),
      'graph "g": node "y" (Op) produces "y", a name that is taken; rename one',
    ],
    ['an output named as an input', graphOf([node(['w'], ['x'])]), 'produces "x", a name that is taken'],
    [
      'an inner name that hides an outer one',
      graphOf([node(['x'], ['a']), node([], ['y'], { body: body([node(['x'], ['a'])], 'a') })]),
      'graph "g": node "y" (Op): attribute "body": node "a" (Op) produces "a", a name that is taken; rename one',
    ],
    [
      'an inner name used outside',
      graphOf([node([], ['c'], { body: body([node(['x'], ['b'])], 'b') }), node(['b'], ['y'])]),
      'takes "b", which nothing produces',
    ],
    [
      'an initializer of another length',
      graphOf([node(['x'], ['y'])], { initializers: [short] }),
      'initializer "w" has the shape [2], 2 elements, but its data has 1',
    ],
    [
      'a constant of another length',
      graphOf([node(['x'], ['y'], { value: tensorAttribute(short) })]),
      'attribute "value" has the shape [2], 2 elements, but its data has 1',
    ],
    ['a nameless input', graphOf([], { inputs: [info('')] }), 'graph "g": an input has no name; give it one'],
    [
      'a nameless initializer',
      graphOf([], { initializers: [parameter('')] }),
      'graph "g": an initializer has no name; give it one',
    ],
    ['a node without an operator', graphOf([{ ...node(['x'], ['y']), op: '' }]), 'names no operator'],
    [
      'a domain without an opset',
      graphOf([{ ...node(['x'], ['y']), domain: 'custom' }]),
      'node "y" (Op) is of the domain "custom", for which the model names no opset',
    ],
    [
      'no standard opset',
      { ...standardModel(sound), opsets: {} },
      'the model does not say which version of the standard operators it uses (opset of domain "")',
    ],
    [
      'a new opset',
      { ...standardModel(sound), opsets: { '': 99 } },
      "the model's opset is 99; up to 26 is supported: export it for an older opset",
    ],
    [
      'an opset of 0',
      { ...standardModel(sound), opsets: { '': 0 } },
      "the model's opset is 0; opsets begin with 1",
    ],
    [
      'a new IR version',
      { ...standardModel(sound), irVersion: 99 },
      "the model's IR version is 99; up to 13 is supported: export it for an older ONNX",
    ],
    [
      'no IR version',
      { ...standardModel(sound), irVersion: 0 },
      "the model's IR version is 0; IR versions begin with 1",
    ],
  ])('%s', (_, subject, message) => {
    expect(() => checkModel('graph' in subject ? subject : standardModel(subject))).toThrow(message);
  });
});
