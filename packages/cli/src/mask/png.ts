/** @file A mask as a PNG file. */
import { encode } from 'fast-png';
import { UsageError } from '../usage-error.js';
import type { Picture, Track } from './picture.js';
import { extentOf, lightest, shadeAt } from './picture.js';

type Colour = readonly [red: number, green: number, blue: number];

/** What is dropped is dark, what is kept light, on white. */
const dark: Colour = [20, 33, 61];
const light: Colour = [168, 208, 238];
const white: Colour = [255, 255, 255];

/** The palette: white between the tiles, then a shade each. */
const palette = [
  [...white],
  ...Array.from({ length: lightest + 1 }, (_, shade) =>
    dark.map((from, i) => Math.round(from + (((light[i] as number) - from) * shade) / lightest)),
  ),
] as [number, number, number][];

/** Pictures are made about so wide and high, but for very small and very large masks. */
const size = 560;
const largestScale = 16;
/** A picture of more pixels is refused. */
const mostPixels = 2 ** 26;

/** How the picture is laid out in pixels. */
export interface PngLayout {
  readonly down: Track;
  readonly across: Track;
  readonly margin: number;
}

export function pngLayout({ gridRows, gridColumns, height, width }: Picture): PngLayout {
  const longest = Math.max(gridRows * height, gridColumns * width);
  const scale = Math.min(largestScale, Math.max(1, Math.floor(size / longest)));
  const gap = Math.max(2, Math.ceil(scale / 2));
  return {
    down: { tiles: gridRows, length: height, scale, gap },
    across: { tiles: gridColumns, length: width, scale, gap },
    margin: 2 * gap,
  };
}

/** @param comment goes into the file, as its text chunk `Comment`. Errors: a picture that is too large. */
export function pngOf(picture: Picture, comment: string): Uint8Array {
  const { down, across, margin } = pngLayout(picture);
  const height = extentOf(down) + 2 * margin;
  const width = extentOf(across) + 2 * margin;
  if (height * width > mostPixels)
    throw new UsageError(`--out: the picture would be ${width} × ${height} pixels; choose a smaller --shape`);
  const data = new Uint8Array(height * width);
  for (let y = margin; y < height - margin; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    // The rows of pixels of one row of elements are alike.
    const within = (y - margin) % (down.length * down.scale + down.gap);
    if (within % down.scale > 0 && within < down.length * down.scale) {
      row.set(data.subarray((y - 1) * width, y * width));
      continue;
    }
    for (let x = margin; x < width - margin; x++) {
      const shade = shadeAt(picture, down, across, y - margin, x - margin);
      if (shade !== undefined) row[x] = 1 + shade;
    }
  }
  return encode(
    { width, height, data, depth: 8, channels: 1, palette, text: { Comment: comment } },
    { zlib: { level: 6 } },
  );
}
