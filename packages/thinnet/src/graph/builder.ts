/** @file Builds a graph node by node; types and shapes are inferred as each node is added. */
import { ThinnetError } from '../error.js';
import type {
  Attributes,
  DataType,
  Dim,
  Graph,
  Node,
  Shape,
  Tensor,
  TensorData,
  TensorValue,
  ValueInfo,
} from '../onnx/model.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import { checkBindings } from './bindings.js';
import { Constants } from './constants.js';
import { hintsOf, nameAxes } from './hints.js';
import { inferNode, type Known } from './infer.js';
import { Names } from './names.js';
import { allNames, renameSubgraphs, subgraphsOf } from './subgraph.js';
import { typedArray } from './typed.js';
import type { Value } from './value.js';

export { typedArray } from './typed.js';

export interface OpOptions {
  /** The node's name, and the stem of its outputs' names; made unique. */
  readonly name?: string;
  /** How many outputs to ask for; 1 unless given. */
  readonly outputs?: number;
  /** The outputs' shapes, where they cannot be inferred (a Reshape to a computed shape). */
  readonly shapes?: readonly Shape[];
}

const keys: KeysOf<OpOptions> = { name: true, outputs: true, shapes: true };

/**
 * A mutable graph under construction. Everything it hands out is a `Value`; `build()` gives the plain, readonly graph.
 * Names stay unique: a name that is taken gets a numeric suffix.
 */
export class GraphBuilder {
  readonly name: string;
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #nodes: Node[] = [];
  readonly #values = new Map<string, Value>();
  readonly #producers = new Map<string, Node>();
  readonly #constants = new Constants();
  readonly #names: Names;
  readonly #outer: GraphBuilder | undefined;

  /** `outer` is the builder of the graph that will contain this one as a subgraph: a Loop's body sees its values. */
  constructor(name = 'graph', outer?: GraphBuilder) {
    this.name = name;
    this.#outer = outer;
    this.#names = new Names(outer === undefined ? undefined : outer.#names);
  }

  /** The nodes so far, in topological order. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  get inputs(): readonly Value[] {
    return this.#inputs.map((info) => this.value(info.name));
  }

  /** Declares a graph input of the given shape, such as ['N', 784]. The name must be free. */
  input(name: string, type: DataType, shape: Shape): Value {
    const value = this.#declare(name, type, shape);
    this.#inputs.push({ name, type, shape });
    return value;
  }

  /** Adds a named constant tensor (a parameter). The name must be free. */
  initializer(tensor: Tensor): Value {
    const value = this.#declare(tensor.name, tensor.type, tensor.dims);
    this.#constants.add(tensor);
    return value;
  }

  /** A constant of any type and shape; equal small constants are shared. `dims` defaults to a vector of the data's length. */
  constant(data: TensorData, type: DataType, dims: readonly number[] = [data.length], stem = 'const'): Value {
    const make = () => this.initializer({ name: this.unique(stem), type, dims, data });
    return this.#constants.shared(data, type, dims, make);
  }

  /** A scalar ([]) of a floating-point or integer type. */
  scalar(x: number, type: DataType = 'float32'): Value {
    return this.constant(typedArray(type, [x]), type, [], 'scalar');
  }

  /** A vector of int64, as ONNX takes axes and shapes. */
  int64(xs: readonly number[]): Value {
    return this.constant(BigInt64Array.from(xs.map(BigInt)), 'int64', [xs.length], 'int64');
  }

  /** Adds one node and returns its first output. An omitted optional input is `undefined`. */
  op(
    op: string,
    inputs: readonly (Value | undefined)[],
    attributes: Attributes = {},
    options: OpOptions = {},
  ): Value {
    return this.ops(op, inputs, attributes, options)[0] as Value;
  }

  /** Adds one node and returns all its outputs. */
  ops(
    op: string,
    inputs: readonly (Value | undefined)[],
    attributes: Attributes = {},
    options: OpOptions = {},
  ): Value[] {
    checkOptions(op, options, keys);
    const name = this.unique(options.name ?? op.toLowerCase());
    const count = options.outputs ?? 1;
    const outputs = Array.from({ length: count }, (_, i) => (i === 0 ? name : this.unique(`${name}.${i}`)));
    const names = inputs.map((x) => x?.name ?? '');
    return this.add({ name, op, domain: '', inputs: names, outputs, attributes }, options.shapes);
  }

  /** Adds a ready-made node whose inputs exist already; its output names must be free (or '' where not wanted). */
  add(node: Node, shapes?: readonly Shape[]): Value[] {
    return this.#add(node, { shapes });
  }

  /**
   * Inserts another graph's nodes; `bindings` gives the values that its inputs (and any initializers named) become.
   * Names that are taken here are changed, inside subgraphs too. Returns its outputs.
   */
  inline(graph: Graph, bindings: Readonly<Record<string, Value>>): Value[] {
    checkBindings(graph, bindings);
    const renamed = new Map(Object.entries(bindings).map(([name, value]) => [name, value.name]));
    for (const tensor of graph.initializers) {
      if (renamed.has(tensor.name)) continue;
      const name = this.unique(tensor.name);
      this.initializer({ ...tensor, name });
      renamed.set(tensor.name, name);
    }
    const hints = hintsOf(graph);
    for (const node of graph.nodes) {
      const inputs = node.inputs.map((name) => renamed.get(name) ?? name);
      const outputs = node.outputs.map((name) => (name === '' ? '' : this.unique(name)));
      const inner = renameSubgraphs(
        node,
        renamed,
        (name) => this.#names.isTaken(name),
        (stem) => this.unique(stem),
      );
      const name = outputs.find((output) => output !== '') ?? this.unique(node.name);
      this.#add(
        { ...inner, name, inputs, outputs },
        { hints: node.outputs.map((output) => hints.get(output)) },
      );
      for (const [i, output] of node.outputs.entries())
        if (output !== '') renamed.set(output, outputs[i] as string);
    }
    return graph.outputs.map((info) => this.value(renamed.get(info.name) ?? info.name));
  }

  /**
   * Marks a value as a graph output and returns it under its output's name. It goes through an Identity node where `name`
   * is not the value's own, and where the value is an input, an initializer, an outer value or an output already;
   * then the name is made up unless given.
   */
  output(value: Value, name?: string): Value {
    const direct = (name === undefined || name === value.name) && !this.#isBoundary(value.name);
    const named = direct ? value : this.#alias(value, name ?? this.unique(`${value.name}_out`));
    this.#outputs.push({ name: named.name, type: named.type, shape: named.shape });
    return named;
  }

  /** The value of that name, here or in an outer graph. */
  value(name: string): Value {
    const value = this.find(name);
    if (value === undefined) throw new ThinnetError(`graph "${this.name}": nothing is named "${name}"`);
    return value;
  }

  /** As `value`, or undefined. */
  find(name: string): Value | undefined {
    return this.#values.get(name) ?? this.#outer?.find(name);
  }

  /** The node that computes a value; undefined for inputs, initializers and outer values. */
  producerOf(value: Value): Node | undefined {
    return this.#producers.get(value.name);
  }

  /** A value's elements where they are known while building: initializers, Constant nodes, and shapes computed from static shapes. */
  constantOf(value: Value): TensorValue | undefined {
    if (!this.#values.has(value.name)) return this.#outer?.constantOf(value);
    return this.#constants.valueOf(value, this.#producers.get(value.name));
  }

  /** As `constantOf`, for small integer tensors, with symbols: the elements of Shape(x) with x [N, 3] are 'N' and 3. */
  elementsOf(value: Value): readonly Dim[] | undefined {
    return this.#values.has(value.name)
      ? this.#constants.elementsOf(value.name)
      : this.#outer?.elementsOf(value);
  }

  /** A free name that begins with `stem`; it is the caller's to use once. */
  unique(stem: string): string {
    return this.#names.unique(stem);
  }

  /** The finished graph, with the types and shapes of all inner values. */
  build(): Graph {
    const outputs = new Set(this.#outputs.map((info) => info.name));
    const inner = this.#nodes.flatMap((node) =>
      node.outputs.filter((name) => name !== '' && !outputs.has(name)),
    );
    return {
      name: this.name,
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      initializers: this.#constants.tensors,
      nodes: [...this.#nodes],
      values: inner.map((name) => this.value(name)),
    };
  }

  /**
   * A builder that already holds a whole graph, outputs excepted, to be extended. Inputs that have an initializer of the
   * same name (their default; before IR 4 all have one) become constants. Unnamed axes get names.
   */
  static from(graph: Graph, outer?: GraphBuilder): GraphBuilder {
    const builder = new GraphBuilder(graph.name, outer);
    for (const tensor of graph.initializers) builder.initializer(tensor);
    for (const { name, type, shape } of graph.inputs) {
      if (builder.#constants.has(name)) continue;
      if (shape === undefined)
        throw new ThinnetError(`graph "${graph.name}": input "${name}" has no shape; give it one`);
      builder.input(name, type, nameAxes(name, shape));
    }
    const hints = hintsOf(graph);
    for (const node of graph.nodes)
      builder.#add(node, { hints: node.outputs.map((name) => hints.get(name)) });
    return builder;
  }

  #add(node: Node, known: Known): Value[] {
    const inputs = node.inputs.map((name) => (name === '' ? undefined : this.value(name)));
    const constantOf = (value: Value) => this.constantOf(value);
    const elementsOf = (value: Value) => this.elementsOf(value);
    for (const [, graph] of subgraphsOf(node))
      for (const name of allNames(graph)) if (!this.#names.claimInside(name)) throw this.#twice(name);
    const inferred = inferNode({ node, inputs, constantOf, elementsOf }, known);
    const outputs: Value[] = [];
    for (const [i, name] of node.outputs.entries()) {
      const found = inferred[i];
      if (name === '' || found === undefined) continue;
      outputs.push(this.#declare(name, found.type, found.shape));
      this.#constants.addElements(name, found.elements);
      this.#producers.set(name, node);
    }
    this.#nodes.push(node);
    return outputs;
  }

  #alias(value: Value, name: string): Value {
    return this.add({
      name,
      op: 'Identity',
      domain: '',
      inputs: [value.name],
      outputs: [name],
      attributes: {},
    })[0] as Value;
  }

  #declare(name: string, type: DataType, shape: Shape): Value {
    if (!this.#names.claim(name)) throw this.#twice(name);
    const value: Value = { name, type, shape };
    this.#values.set(name, value);
    return value;
  }

  #twice(name: string): ThinnetError {
    return new ThinnetError(`graph "${this.name}": two values are named "${name}"; rename one of them`);
  }

  /** Inputs, initializers and existing outputs need an Identity between them and a graph output. */
  #isBoundary(name: string): boolean {
    return !this.#producers.has(name) || this.#outputs.some((info) => info.name === name);
  }
}
