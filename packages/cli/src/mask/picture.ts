/** @file A mask as shaded tiles: a tile for each plane of the last two axes, examples below one another. */
import type { Mask } from './draw.js';
import { sizeOf } from './draw.js';
import { maskKinds } from './kinds.js';
import { meaningOf } from './meanings.js';

export interface Picture {
  /** How many tiles there are; they fill a grid row by row. */
  readonly tiles: number;
  readonly gridRows: number;
  readonly gridColumns: number;
  /** Rows and columns of a tile. */
  readonly height: number;
  readonly width: number;
  /** The shade of each element, tile by tile and row by row: 0, the darkest, to `lightest`. */
  readonly shades: Uint8Array;
}

export const lightest = 254;

/** [N, F] is one tile, [N, A, B] a tile an example, [N, C, H, W] one for each channel of each example; a row an example. */
export function pictureOf(mask: Mask): Picture {
  const { shape } = mask.choice;
  const [height = 1, width = 1] = shape.slice(-2);
  const tiles = sizeOf(shape.slice(0, -2));
  const gridColumns =
    shape.length === 3 ? Math.ceil(Math.sqrt((tiles * height) / width)) : sizeOf(shape.slice(1, -2));
  const across = Math.min(gridColumns, tiles);
  return {
    tiles,
    gridRows: Math.ceil(tiles / across),
    gridColumns: across,
    height,
    width,
    shades: shadesOf(mask),
  };
}

/** Of every element of the shape that the noise is broadcast to. */
function shadesOf({ choice, noiseShape, noise }: Mask): Uint8Array {
  const { kind, rate, shape } = choice;
  const { lightness } = meaningOf(maskKinds[kind].meaning);
  let shades = Uint8Array.from(noise, (value) =>
    Math.round(lightest * Math.min(1, Math.max(0, lightness(value, rate)))),
  );
  // From the last axis on: what is behind an axis of length 1 is repeated along it.
  for (let axis = shape.length - 1, behind = 1; axis >= 0; axis--) {
    const length = shape[axis] as number;
    if (noiseShape[axis] !== length) shades = repeated(shades, behind, length);
    behind *= length;
  }
  return shades;
}

/** Each run of `size` elements, `times` times. */
function repeated(from: Uint8Array, size: number, times: number): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(from.length * times);
  for (let start = 0; start < from.length; start += size)
    for (let i = 0; i < times; i++) to.set(from.subarray(start, start + size), start * times + i * size);
  return to;
}

/** Tiles along one direction: so many elements each, each element `scale` pixels, tiles `gap` pixels apart. */
export interface Track {
  readonly tiles: number;
  readonly length: number;
  readonly scale: number;
  readonly gap: number;
}

export const extentOf = ({ tiles, length, scale, gap }: Track): number =>
  tiles * length * scale + (tiles - 1) * gap;

/** The tile and the element within it at a pixel; undefined in a gap. */
export function elementAt(
  { length, scale, gap }: Track,
  pixel: number,
): { readonly tile: number; readonly element: number } | undefined {
  const pitch = length * scale + gap;
  const tile = Math.floor(pixel / pitch);
  const element = Math.floor((pixel - tile * pitch) / scale);
  return element < length ? { tile, element } : undefined;
}

/** The shade at a place of the grid; undefined between tiles and where the last row of the grid has none. */
export function shadeAt(
  picture: Picture,
  down: Track,
  across: Track,
  y: number,
  x: number,
): number | undefined {
  const [row, column] = [elementAt(down, y), elementAt(across, x)];
  if (row === undefined || column === undefined) return undefined;
  const tile = row.tile * picture.gridColumns + column.tile;
  if (tile >= picture.tiles) return undefined;
  return picture.shades[(tile * picture.height + row.element) * picture.width + column.element];
}
