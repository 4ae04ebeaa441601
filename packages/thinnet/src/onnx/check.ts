/** @file Structural checks of a model: what every reader of a graph relies on. */
import { ThinnetError } from '../error.js';
import type { Graph, Model, Node } from './model.js';
import { SPARSE_INITIALIZER, sparseTensor } from './schema.js';
import { checkTensor } from './tensor.js';
import { MAX_IR_VERSION, MAX_OPSET } from './version.js';
import { decode, messagesOf } from './wire.js';

/** The names that a graph sees: its own and those of the graphs around it. */
interface Scope {
  readonly names: Set<string>;
  readonly outer?: Scope;
}

/**
 * Throws a `ThinnetError` unless
 * - the IR version and the standard opset are ones that are supported, and every node's domain has an opset;
 * - names are unique: no two inputs, no two initializers and no two node outputs of a graph share one, and no node output
 *   takes the name of a value that is visible there (an initializer may be an input's default, and so share its name);
 * - every node's inputs are graph inputs, initializers, outputs of earlier nodes, or values of the graphs around;
 * - every graph output is such a value;
 * - each tensor's data is what its type and shape ask for.
 */
export function checkModel(model: Model): void {
  checkVersions(model);
  checkGraph(model.graph, model, `graph "${model.graph.name}"`);
}

/** Throws unless the IR version and the standard opset are supported. */
export function checkVersions({ irVersion, opsets }: Pick<Model, 'irVersion' | 'opsets'>): void {
  if (!Number.isInteger(irVersion) || irVersion < 1)
    throw new ThinnetError(`the model's IR version is ${irVersion}; IR versions begin with 1`);
  if (irVersion > MAX_IR_VERSION)
    throw new ThinnetError(
      `the model's IR version is ${irVersion}; up to ${MAX_IR_VERSION} is supported: export it for an older ONNX`,
    );
  const opset = opsets[''];
  if (opset === undefined)
    throw new ThinnetError(
      'the model does not say which version of the standard operators it uses (opset of domain "")',
    );
  if (!Number.isInteger(opset) || opset < 1)
    throw new ThinnetError(`the model's opset is ${opset}; opsets begin with 1`);
  if (opset > MAX_OPSET)
    throw new ThinnetError(
      `the model's opset is ${opset}; up to ${MAX_OPSET} is supported: export it for an older opset`,
    );
}

function checkGraph(graph: Graph, model: Model, where: string, outer?: Scope): void {
  const names = new Set<string>();
  const scope: Scope = outer ? { names, outer } : { names };
  for (const { name } of graph.inputs) {
    if (name === '') throw new ThinnetError(`${where}: an input has no name; give it one`);
    if (names.has(name)) throw new ThinnetError(`${where}: two inputs are named "${name}"; rename one`);
    names.add(name);
  }
  checkInitializers(graph, where, names);
  const later = new Set(graph.nodes.flatMap((node) => node.outputs));
  for (const node of graph.nodes) checkNode(node, model, where, scope, later);
  for (const { name } of graph.outputs)
    if (!sees(scope, name)) throw new ThinnetError(`${where}: nothing produces the output "${name}"`);
}

function checkInitializers(graph: Graph, where: string, names: Set<string>): void {
  const own = new Set<string>();
  for (const tensor of graph.initializers) {
    if (tensor.name === '') throw new ThinnetError(`${where}: an initializer has no name; give it one`);
    if (own.has(tensor.name))
      throw new ThinnetError(`${where}: two initializers are named "${tensor.name}"; rename one`);
    own.add(tensor.name);
    names.add(tensor.name);
    checkTensor(tensor, `initializer "${tensor.name}"`);
  }
  for (const bytes of messagesOf(graph.unknown, SPARSE_INITIALIZER))
    names.add(decode(sparseTensor, bytes).values?.name ?? '');
}

function checkNode(node: Node, model: Model, where: string, scope: Scope, later: ReadonlySet<string>): void {
  const what = `${where}: node "${node.name}" (${node.op})`;
  if (node.op === '') throw new ThinnetError(`${what} names no operator`);
  if (!Object.hasOwn(model.opsets, node.domain))
    throw new ThinnetError(`${what} is of the domain "${node.domain}", for which the model names no opset`);
  for (const name of node.inputs) {
    if (name === '' || sees(scope, name)) continue;
    const remedy = later.has(name) ? 'which a later node produces; sort the nodes' : 'which nothing produces';
    throw new ThinnetError(`${what} takes "${name}", ${remedy}`);
  }
  for (const [name, attribute] of Object.entries(node.attributes)) {
    if (attribute.type === 'tensor') checkTensor(attribute.value, `${what}: attribute "${name}"`);
    if (attribute.type === 'graph') checkGraph(attribute.value, model, `${what}: attribute "${name}"`, scope);
  }
  for (const name of node.outputs) {
    if (name === '') continue;
    if (sees(scope, name))
      throw new ThinnetError(`${what} produces "${name}", a name that is taken; rename one`);
    scope.names.add(name);
  }
}

function sees(scope: Scope | undefined, name: string): boolean {
  return scope !== undefined && (scope.names.has(name) || sees(scope.outer, name));
}
