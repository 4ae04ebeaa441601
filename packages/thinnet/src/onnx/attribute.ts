/** @file Short constructors and readers of node attributes. */
import { ThinnetError } from '../error.js';
import type { Attribute, Graph, Node, Tensor } from './model.js';

export const int = (value: number): Attribute => ({ type: 'int', value });
export const ints = (value: readonly number[]): Attribute => ({ type: 'ints', value });
export const float = (value: number): Attribute => ({ type: 'float', value });
export const floats = (value: readonly number[]): Attribute => ({ type: 'floats', value });
export const string = (value: string): Attribute => ({ type: 'string', value });
export const tensor = (value: Tensor): Attribute => ({ type: 'tensor', value });
export const graph = (value: Graph): Attribute => ({ type: 'graph', value });

type Plain = {
  int: number;
  ints: readonly number[];
  float: number;
  floats: readonly number[];
  string: string;
};

function read<T extends keyof Plain>(node: Node, name: string, type: T): Plain[T] | undefined {
  const attribute = node.attributes[name];
  if (attribute === undefined) return undefined;
  if (attribute.type !== type)
    throw new ThinnetError(
      `node "${node.name}" (${node.op}): attribute "${name}" is of type ${attribute.type}, expected ${type}`,
    );
  if (attribute.type === 'int') return Number(attribute.value) as Plain[T];
  if (attribute.type === 'ints') return attribute.value.map(Number) as unknown as Plain[T];
  return attribute.value as Plain[T];
}

/** The attribute's value, or `fallback` (the operator's documented default) where the node has none. */
export const intOf = (node: Node, name: string, fallback: number): number =>
  read(node, name, 'int') ?? fallback;
export const floatOf = (node: Node, name: string, fallback: number): number =>
  read(node, name, 'float') ?? fallback;
export const stringOf = (node: Node, name: string, fallback: string): string =>
  read(node, name, 'string') ?? fallback;
export const intsOf = (node: Node, name: string): readonly number[] | undefined => read(node, name, 'ints');
