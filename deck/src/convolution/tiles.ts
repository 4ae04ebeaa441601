/** @file Several maps in one picture: a row of tiles for each kind, with a gap between tiles. */
import type { GridPicture } from '../picture.js';
import { type Maps, startOf } from './maps.js';

/** The first example's first `count` channels of each named stack of maps, one below the other; the gaps are 0. */
export function tiles(
  title: string,
  stacks: readonly { readonly name: string; readonly maps: Maps }[],
  count: number,
): GridPicture {
  const { height, width } = (stacks[0] as { maps: Maps }).maps;
  const rows = stacks.length * (height + 1) - 1;
  const columns = count * (width + 1) - 1;
  const values = new Array<number>(rows * columns).fill(0);
  for (const [s, { maps }] of stacks.entries())
    for (let channel = 0; channel < count; channel++) {
      const start = startOf(maps, 0, channel);
      for (let row = 0; row < height; row++)
        for (let column = 0; column < width; column++)
          values[(s * (height + 1) + row) * columns + channel * (width + 1) + column] = maps.values[
            start + row * width + column
          ] as number;
    }
  const middle = Math.floor(height / 2);
  const rowLabels = Array.from({ length: rows }, (_, row) =>
    row % (height + 1) === middle ? (stacks[Math.floor(row / (height + 1))]?.name ?? '') : '',
  );
  return { type: 'grid', title, rows, columns, values, rowLabels };
}
