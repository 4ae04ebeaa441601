/** @file Resize along one axis as a matrix: which elements each new element is made of, and in what shares. */
import { ThinnetError } from '../error.js';
import type { GraphBuilder } from '../graph/builder.js';
import { typedArray } from '../graph/typed.js';
import type { Value } from '../graph/value.js';
import { floatOf, intOf, stringOf } from '../onnx/attribute.js';
import type { DataType, Node } from '../onnx/model.js';
import { cast } from './cast.js';
import { range } from './shapes.js';

export interface Axis {
  readonly from: number;
  readonly to: number;
  /** to / from where the node says it, which may differ from the quotient of the lengths. */
  readonly scale: number | undefined;
}

/** Where the centre of a new element lies among the old ones. */
const coordinates: Readonly<Record<string, (at: number, axis: Axis) => number>> = {
  half_pixel: (at, axis) => (at + 0.5) / scaleOf(axis) - 0.5,
  pytorch_half_pixel: (at, axis) => (axis.to > 1 ? (at + 0.5) / scaleOf(axis) - 0.5 : 0),
  asymmetric: (at, axis) => at / scaleOf(axis),
  align_corners: (at, { from, to }) => (to > 1 ? (at * (from - 1)) / (to - 1) : 0),
};

const scaleOf = ({ from, to, scale }: Axis): number => scale ?? to / from;

/** Resize along one axis, and where its matrix is written. */
interface Resampling {
  readonly b: GraphBuilder;
  readonly node: Node;
  readonly axis: Axis;
  readonly type: DataType;
}

const nearestModes = { round_prefer_floor: true, round_prefer_ceil: true, floor: true, ceil: true };

const modes: Readonly<Record<string, (resampling: Resampling) => Value>> = { nearest, linear };

/**
 * The same Resize of the places [0, 1, 2, …] says which element each new one is: halfway between two, single precision
 * decides, and the runtime rounds there in its own ways.
 */
function nearest({ b, node, axis: { from, to, scale }, type }: Resampling): Value {
  named(node, nearestModes, 'nearest_mode', 'round_prefer_floor');
  const { axes, ...attributes } = node.attributes;
  const places = b.constant(Float32Array.from(range(from)), 'float32', [from], 'places');
  const line = b.op('Reshape', [places, b.int64([1, 1, from])]);
  const size = scale === undefined ? b.int64([1, 1, to]) : undefined;
  const scales = scale === undefined ? undefined : b.constant(Float32Array.of(1, 1, scale), 'float32');
  const sources = b.op('Resize', [line, undefined, scales, ...(size ? [size] : [])], attributes);
  return cast(b, b.op('Equal', [b.op('Reshape', [sources, b.int64([to, 1])]), places]), type);
}

function linear({ b, node, axis, type }: Resampling): Value {
  const coordinate = coordinateOf(node);
  const shares = Array<number>(axis.to * axis.from).fill(0);
  for (let at = 0; at < axis.to; at++) {
    const x = coordinate(at, axis);
    const low = Math.floor(x);
    for (const [source, share] of [[low, 1 - (x - low)] as const, [low + 1, x - low] as const]) {
      const inside = Math.min(Math.max(source, 0), axis.from - 1);
      shares[at * axis.from + inside] = (shares[at * axis.from + inside] as number) + share;
    }
  }
  return b.constant(typedArray(type, shares), type, [axis.to, axis.from], 'shares');
}

function named<T>(node: Node, table: Readonly<Record<string, T>>, attribute: string, fallback: string): T {
  const name = stringOf(node, attribute, fallback);
  if (Object.hasOwn(table, name)) return table[name] as T;
  throw new ThinnetError(
    `node "${node.name}" (${node.op}): ${attribute} "${name}" has no gradient; use ${Object.keys(table).join(', ')}`,
  );
}

const coordinateOf = (node: Node) => named(node, coordinates, 'coordinate_transformation_mode', 'half_pixel');

/** Shares [to, from]: row i says what new element i is made of; elements beyond an end are those at the end. */
export function sharesOf(b: GraphBuilder, node: Node, axis: Axis, type: DataType): Value {
  const mode = named(node, modes, 'mode', 'nearest');
  coordinateOf(node);
  if (intOf(node, 'antialias', 0) === 1 || intOf(node, 'exclude_outside', 0) === 1)
    throw new ThinnetError(
      `node "${node.name}" (${node.op}): antialias and exclude_outside have no gradient; set them to 0`,
    );
  floatOf(node, 'extrapolation_value', 0); // says so where it is no float; no mode here reads it
  return mode({ b, node, axis, type });
}
