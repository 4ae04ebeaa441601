/** @file A mask as lines of text: two elements a character in colour, one without. */
import type { Picture, Track } from './picture.js';
import { extentOf, lightest, shadeAt } from './picture.js';

export interface Screen {
  /** Characters of a line. */
  readonly columns: number;
  /** Lines that the picture may take. */
  readonly lines: number;
  /** Whether 256 colours may be used. */
  readonly colours: boolean;
}

/** The picture's upper left part that fits, and what of it that is. */
export interface TextPicture {
  readonly lines: readonly string[];
  /** What is shown, where it is not all; else undefined. */
  readonly part: string | undefined;
}

/** @param twoValues whether an element is either dropped or kept, and nothing between */
export function textPicture(picture: Picture, screen: Screen, twoValues: boolean): TextPicture {
  const down = fitting(picture.gridRows, picture.height, screen.colours ? 2 * screen.lines : screen.lines);
  const across = fitting(picture.gridColumns, picture.width, screen.columns);
  const at = (y: number, x: number) => shadeAt(picture, down, across, y, x);
  const columns = Array.from({ length: extentOf(across) }, (_, x) => x);
  const lines: string[] = [];
  for (let y = 0; y < extentOf(down); y += screen.colours ? 2 : 1)
    lines.push(
      screen.colours
        ? colouredLine(columns.map((x) => [at(y, x), y + 1 < extentOf(down) ? at(y + 1, x) : undefined]))
        : columns
            .map((x) => plain(at(y, x), twoValues))
            .join('')
            .trimEnd(),
    );
  return { lines, part: partOf(picture, down, across) };
}

/** As many whole tiles as there is room for; of a single one that is larger, its beginning. */
function fitting(tiles: number, length: number, room: number): Track {
  const whole = Math.min(tiles, Math.floor((room + 1) / (length + 1)));
  return { tiles: Math.max(1, whole), length: whole < 1 ? Math.max(1, room) : length, scale: 1, gap: 1 };
}

function partOf(
  { gridRows, gridColumns, height, width }: Picture,
  down: Track,
  across: Track,
): string | undefined {
  const parts = [
    ...(down.length < height || across.length < width
      ? [`${down.length} × ${across.length} of the ${height} × ${width} elements of a tile`]
      : []),
    ...(down.tiles < gridRows || across.tiles < gridColumns
      ? [`${down.tiles} × ${across.tiles} of ${gridRows} × ${gridColumns} tiles`]
      : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

const ramp = ' .:-=+*#%@';

function plain(shade: number | undefined, twoValues: boolean): string {
  if (shade === undefined) return ' ';
  if (twoValues) return shade === 0 ? '.' : '#';
  return ramp[Math.round((shade / lightest) * (ramp.length - 1))] as string;
}

/** One of the greys among the 256 colours of terminals; neither black nor white, so that it differs from the gaps. */
const grey = (shade: number): number => 236 + Math.round((shade / lightest) * 16);

/** Pairs of an upper and a lower element as half blocks. Escape sequences only where the colours change. */
function colouredLine(pairs: readonly (readonly [number | undefined, number | undefined])[]): string {
  let line = '';
  let last = '';
  for (const [upper, lower] of pairs) {
    const [shape, ink, paper] = upper === undefined ? ['▄', lower, undefined] : ['▀', upper, lower];
    const codes = [
      ink === undefined ? '39' : `38;5;${grey(ink)}`,
      paper === undefined ? '49' : `48;5;${grey(paper)}`,
    ].join(';');
    if (codes !== last) line += `\x1b[${codes}m`;
    line += ink === undefined ? ' ' : shape;
    last = codes;
  }
  return `${line}\x1b[0m`;
}
