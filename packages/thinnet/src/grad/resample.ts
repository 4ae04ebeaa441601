/** @file Resize along one axis as a matrix: which elements each new element is made of, and in what shares. */
import { ThinnetError } from '../error.js';
import { floatOf, intOf, stringOf } from '../onnx/attribute.js';
import type { Node } from '../onnx/model.js';

export interface Axis {
  readonly from: number;
  readonly to: number;
  /** to / from as the node says it, which may differ from the quotient of the lengths. */
  readonly scale: number;
}

/** Where the centre of a new element lies among the old ones. */
const coordinates: Readonly<Record<string, (at: number, axis: Axis) => number>> = {
  half_pixel: (at, { scale }) => (at + 0.5) / scale - 0.5,
  pytorch_half_pixel: (at, { scale, to }) => (to > 1 ? (at + 0.5) / scale - 0.5 : 0),
  asymmetric: (at, { scale }) => at / scale,
  align_corners: (at, { from, to }) => (to > 1 ? (at * (from - 1)) / (to - 1) : 0),
};

/** Which old element is the nearest. */
const nearest: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

const modes: Readonly<Record<string, (x: number, node: Node) => readonly (readonly [number, number])[]>> = {
  nearest: (x, node) => [[named(node, nearest, 'nearest_mode', 'round_prefer_floor')(x), 1]],
  linear: (x) => {
    const low = Math.floor(x);
    return [
      [low, 1 - (x - low)],
      [low + 1, x - low],
    ];
  },
};

function named<T>(node: Node, table: Readonly<Record<string, T>>, attribute: string, fallback: string): T {
  const name = stringOf(node, attribute, fallback);
  if (Object.hasOwn(table, name)) return table[name] as T;
  throw new ThinnetError(
    `node "${node.name}" (${node.op}): ${attribute} "${name}" has no gradient; use ${Object.keys(table).join(', ')}`,
  );
}

/** Shares [to, from], row-major: row i says what new element i is made of; elements beyond an end are those at the end. */
export function sharesOf(node: Node, axis: Axis): number[] {
  const mode = named(node, modes, 'mode', 'nearest');
  const coordinate = named(node, coordinates, 'coordinate_transformation_mode', 'half_pixel');
  if (intOf(node, 'antialias', 0) === 1 || intOf(node, 'exclude_outside', 0) === 1)
    throw new ThinnetError(
      `node "${node.name}" (${node.op}): antialias and exclude_outside have no gradient; set them to 0`,
    );
  floatOf(node, 'extrapolation_value', 0);
  const shares = Array<number>(axis.to * axis.from).fill(0);
  for (let at = 0; at < axis.to; at++)
    for (const [source, share] of mode(coordinate(at, axis), node)) {
      const inside = Math.min(Math.max(source, 0), axis.from - 1);
      shares[at * axis.from + inside] = (shares[at * axis.from + inside] as number) + share;
    }
  return shares;
}
