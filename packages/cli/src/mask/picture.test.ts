import fc from 'fast-check';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { Mask } from './draw.js';
import { drawMask } from './draw.js';
import type { MaskKindName } from './names.js';
import type { Picture } from './picture.js';
import { lightest, pictureOf } from './picture.js';
import { pngLayout, pngOf } from './png.js';
import type { Screen } from './terminal.js';
import { textPicture } from './terminal.js';

const maskOf = (kind: MaskKindName, shape: readonly number[], rate = 0.4): Mask =>
  drawMask({ kind, rate, shape, blockSize: kind === 'dropblock' ? 2 : undefined, seed: 3, step: 1, site: 0 });

/** The noise that an element of the shape is multiplied by, by its indices. */
function noiseAt({ noiseShape, noise }: Mask, indices: readonly number[]): number {
  const at = noiseShape.reduce(
    (sum, dim, axis) => sum * dim + (dim === 1 ? 0 : (indices[axis] as number)),
    0,
  );
  return noise[at] as number;
}

const indicesOf = (shape: readonly number[], element: number): readonly number[] =>
  shape.map((dim, axis) => Math.floor(element / shape.slice(axis + 1).reduce((a, b) => a * b, 1)) % dim);

/** An escape sequence that sets colours, and one of them or a character. */
const start = String.fromCharCode(27);
const escapes = new RegExp(`${start}\\[[\\d;]*m`, 'g');
const escapesAndCharacters = new RegExp(`${start}\\[([\\d;]*)m|([^${start}])`, 'g');

const dims = fc.integer({ min: 1, max: 5 });
const masks = fc.oneof(
  fc.tuple(fc.constantFrom<MaskKindName>('dropout', 'depth'), fc.array(dims, { minLength: 2, maxLength: 5 })),
  fc.tuple(
    fc.constantFrom<MaskKindName>('spatial', 'variational'),
    fc.array(dims, { minLength: 3, maxLength: 5 }),
  ),
  fc.tuple(fc.constant<MaskKindName>('dropblock'), fc.tuple(dims, dims, dims, dims)),
  fc.tuple(fc.constantFrom<MaskKindName>('embedding', 'dropconnect'), fc.tuple(dims, dims)),
);

describe('the picture of a mask', () => {
  it('shades each element of the shape by the noise that is broadcast to it', () => {
    fc.assert(
      fc.property(masks, ([kind, shape]) => {
        const mask = maskOf(kind, shape);
        const { shades } = pictureOf(mask);
        expect(shades).toHaveLength(shape.reduce((a, b) => a * b));
        for (const [i, shade] of shades.entries())
          expect(shade).toBe(noiseAt(mask, indicesOf(shape, i)) === 0 ? 0 : lightest);
      }),
      { numRuns: 40 },
    );
  });

  it('has a row for each example and a column for each channel', () => {
    const grid = (shape: readonly number[]) => {
      const { gridRows, gridColumns, height, width, tiles } = pictureOf(maskOf('dropout', shape));
      return [gridRows, gridColumns, height, width, tiles];
    };
    expect(grid([8, 16, 14, 12])).toEqual([8, 16, 14, 12, 128]);
    expect(grid([2, 3, 4, 5, 6])).toEqual([2, 12, 5, 6, 24]);
    expect(grid([30, 40])).toEqual([1, 1, 30, 40, 1]);
    expect(grid([10, 4, 4])).toEqual([3, 4, 4, 4, 10]);
  });

  it('shades numbers that are no mask from dark to light', () => {
    const mask = maskOf('concrete', [6, 10]);
    const { shades } = pictureOf(mask);
    for (const [i, shade] of shades.entries())
      expect(shade / lightest).toBeCloseTo(mask.noise[i] as number, 2);
    const factors = maskOf('gaussian', [6, 10]);
    const deviation = Math.sqrt(0.4 / 0.6);
    for (const [i, shade] of pictureOf(factors).shades.entries())
      if (shade > 0 && shade < lightest)
        expect(1 + 6 * deviation * (shade / lightest - 0.5)).toBeCloseTo(factors.noise[i] as number, 1);
  });
});

describe('the PNG of a mask', () => {
  const dark = [20, 33, 61];
  const light = [168, 208, 238];

  it('decoded, has every element as a square of its shade, on white', () => {
    fc.assert(
      fc.property(masks, ([kind, shape]) => {
        const mask = maskOf(kind, shape);
        const picture = pictureOf(mask);
        const { down, across, margin } = pngLayout(picture);
        const { width, height, data, palette, text } = decode(pngOf(picture, 'a command'));
        expect(text).toEqual({ Comment: 'a command' });
        const colours = Array.from(data, (index) => (palette as number[][])[index] as number[]);
        const isLeft = new Uint8Array(width * height).fill(1);
        for (let element = 0; element < picture.shades.length; element++) {
          const indices = indicesOf([picture.tiles, picture.height, picture.width], element);
          const [tile, y, x] = indices as [number, number, number];
          const top =
            margin +
            Math.floor(tile / picture.gridColumns) * (picture.height * down.scale + down.gap) +
            y * down.scale;
          const left =
            margin +
            (tile % picture.gridColumns) * (picture.width * across.scale + across.gap) +
            x * across.scale;
          const expected = noiseAt(mask, indicesOf(shape, element)) === 0 ? dark : light;
          for (let i = 0; i < down.scale; i++)
            for (let j = 0; j < across.scale; j++) {
              const pixel = (top + i) * width + left + j;
              if (colours[pixel]?.join() !== expected.join()) expect(colours[pixel]).toEqual(expected);
              isLeft[pixel] = 0;
            }
        }
        const rest = colours.filter((_, pixel) => isLeft[pixel] === 1);
        expect(new Set(rest.map(String))).toEqual(new Set(['255,255,255']));
      }),
      { numRuns: 25 },
    );
  });

  it('of many elements still has at least a pixel for each', () => {
    const { width, height } = decode(pngOf(pictureOf(maskOf('dropout', [600, 1200])), ''));
    expect([width, height]).toEqual([1208, 608]);
  });

  it('is refused where it would be too large', () => {
    const grid = { tiles: 3000 ** 2, gridRows: 3000, gridColumns: 3000, height: 1, width: 1 };
    const picture: Picture = { ...grid, shades: new Uint8Array(3000 ** 2) };
    expect(() => pngOf(picture, '')).toThrow(
      '--out: the picture would be 9006 × 9006 pixels; choose a smaller --shape',
    );
  });
});

describe('the picture in the terminal', () => {
  const all: Screen = { columns: 1000, lines: 1000, colours: false };

  it('without colours is a character an element', () => {
    const mask = maskOf('dropout', [4, 9]);
    const expected = Array.from({ length: 4 }, (_, row) =>
      Array.from(mask.noise.subarray(9 * row, 9 * row + 9), (value) => (value === 0 ? '.' : '#')).join(''),
    );
    expect(textPicture(pictureOf(mask), all, true)).toEqual({ lines: expected, part: undefined });
  });

  it('in colours is a half block an element', () => {
    const picture = pictureOf(maskOf('dropout', [3, 7, 6, 2]));
    const { lines } = textPicture(picture, { ...all, colours: true }, true);
    const seen = lines.map(elementsOf);
    const plain = textPicture(picture, all, true).lines;
    for (const [y, line] of plain.entries())
      for (const [x, character] of [...line.padEnd(20)].entries())
        expect(seen[Math.floor(y / 2)]?.[y % 2]?.[x]).toBe(character);
  });

  it('fits the screen, and says so where it is not all', () => {
    const screens = fc.record({
      columns: fc.integer({ min: 1, max: 40 }),
      lines: fc.integer({ min: 1, max: 20 }),
      colours: fc.boolean(),
    });
    fc.assert(
      fc.property(masks, screens, ([kind, shape], screen) => {
        const picture = pictureOf(maskOf(kind, shape));
        const { lines, part } = textPicture(picture, screen, true);
        expect(lines.length).toBeLessThanOrEqual(screen.lines);
        const shown = lines.map((line) => line.replaceAll(escapes, ''));
        for (const line of shown) expect(line.length).toBeLessThanOrEqual(screen.columns);
        expect(part === undefined).toBe(fits(picture, screen));
      }),
      { numRuns: 200 },
    );
  });

  it('says which part of a large mask is shown', () => {
    const part = (shape: readonly number[]) =>
      textPicture(pictureOf(maskOf('dropout', shape)), { columns: 50, lines: 20, colours: false }, true).part;
    expect(part([8, 16, 9, 9])).toBe('2 × 5 of 8 × 16 tiles');
    expect(part([100, 30])).toBe('20 × 30 of the 100 × 30 elements of a tile');
    expect(part([3, 3, 30, 9])).toBe('20 × 9 of the 30 × 9 elements of a tile, 1 × 3 of 3 × 3 tiles');
  });
});

const fits = (
  { gridRows, gridColumns, height, width }: Picture,
  { columns, lines, colours }: Screen,
): boolean =>
  gridRows * (height + 1) - 1 <= (colours ? 2 * lines : lines) && gridColumns * (width + 1) - 1 <= columns;

/** Reads a coloured line back: the upper and the lower elements, `.` dropped, `#` kept, a space for none. */
function elementsOf(line: string): readonly [string[], string[]] {
  const [upper, lower]: [string[], string[]] = [[], []];
  const colour = (grey: string | undefined) => (grey === undefined ? ' ' : Number(grey) < 244 ? '.' : '#');
  let [ink, paper]: (string | undefined)[] = [];
  for (const [, codes, character] of line.matchAll(escapesAndCharacters)) {
    if (codes !== undefined) {
      ink = /38;5;(\d+)/.exec(codes)?.[1];
      paper = /48;5;(\d+)/.exec(codes)?.[1];
    } else {
      const blocks = { '▀': [ink, paper], '▄': [paper, ink], ' ': [paper, paper] }[character as string];
      upper.push(colour(blocks?.[0]));
      lower.push(colour(blocks?.[1]));
    }
  }
  return [upper, lower];
}
