/** @file Masks with square holes, which DropBlock is made of. */
import { ThinnetError } from '../error.js';
import { checkInteger } from './counter.js';
import type { BlocksDraw } from './draws.js';
import { checkDraw } from './draws-check.js';
import { ELEMENTS, visitMask } from './mask-bits.js';

/** Where a range of elements lies among the planes, and where its corners do among all corners. */
export interface BlocksLayout {
  /** Rows and columns in which a hole can begin. */
  readonly rows: number;
  readonly columns: number;
  /** Elements of a plane. */
  readonly area: number;
  /** The first plane, and how many of its elements come before the range. */
  readonly plane: number;
  readonly skip: number;
  /** How many planes the range touches. */
  readonly planes: number;
}

function checkSide(what: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new ThinnetError(`${what} is ${value}; it must be from 1 to ${most}`);
}

/** Errors: a height, width, size or element out of range; planes are drawn whole, so elements of the last one count too. */
export function blocksLayout(draw: BlocksDraw, length: number): BlocksLayout {
  checkDraw(draw);
  const { height, width, size, offset = 0 } = draw;
  checkSide('height of a plane', height, 2 ** 24);
  checkSide('width of a plane', width, 2 ** 24);
  checkSide('size of a hole', size, Math.min(height, width));
  checkInteger('offset', offset, ELEMENTS - length + 1);
  const area = height * width;
  const plane = Math.floor(offset / area);
  const skip = offset - plane * area;
  const planes = Math.ceil((skip + length) / area);
  if (plane + planes > ELEMENTS / area)
    throw new ThinnetError(
      `offset is ${offset}: ${length} elements from there end in a plane that goes beyond element 2^51 - 1; ` +
        `planes of ${height} × ${width} are whole up to element ${Math.floor(ELEMENTS / area) * area - 1}`,
    );
  return {
    rows: height - size + 1,
    columns: width - size + 1,
    area,
    plane,
    skip,
    planes,
  };
}

/**
 * Fills `out` with `kept`, and with 0 in square holes; returns how many elements are kept.
 *
 * Plane k of H × W elements has a hole of size × size, from its row i and column j on, where element
 * (k · (H − size + 1) + i) · (W − size + 1) + j of the mask at rate γ is dropped: holes lie wholly inside, and may overlap.
 *
 * Ghiasi, Lin, Le: "DropBlock: a regularization method for convolutional networks", NeurIPS 2018, algorithm 1.
 * Any part equals the same part of the whole. Errors: γ, seed, step, site, height, width, size or an element out of range.
 */
export function fillBlocks(out: Float32Array, draw: BlocksDraw): number {
  const { seed, step, site, gamma, width, size, kept } = draw;
  const { rows, columns, area, plane, skip, planes } = blocksLayout(draw, out.length);
  const places = rows * columns;
  const dropped = new Uint8Array(planes * area);
  const corners = { seed, step, site, rate: gamma, offset: plane * places };
  visitMask(corners, planes * places, (word, base) => {
    const end = Math.min(32, planes * places - base);
    for (let i = Math.max(0, -base); i < end; i++) {
      if ((word >>> i) & 1) continue;
      const corner = base + i;
      const inPlane = corner % places;
      const row = Math.floor(inPlane / columns);
      const at = Math.floor(corner / places) * area + row * width + (inPlane - row * columns);
      for (let down = 0; down < size; down++) dropped.fill(1, at + down * width, at + down * width + size);
    }
  });
  let count = 0;
  for (let i = 0; i < out.length; i++) {
    const hole = dropped[skip + i] === 1;
    out[i] = hole ? 0 : kept;
    if (!hole) count++;
  }
  return count;
}
