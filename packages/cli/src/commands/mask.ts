/** @file `thinnet mask`: draws a mask, and shows it in words, as a picture in the terminal and as a file. */
import { drawMask, type Mask } from '../mask/draw.js';
import { factsInWords, factsOf } from '../mask/facts.js';
import { maskKinds } from '../mask/kinds.js';
import type { Picture } from '../mask/picture.js';
import { pictureOf } from '../mask/picture.js';
import { textPicture } from '../mask/terminal.js';
import type { MaskRequest } from '../options/mask-command.js';
import { writeAtomically } from '../run-folder/atomic.js';

/** Lines of a picture where the output is no terminal, or one that does not say how high it is. */
const defaultLines = 40;
const defaultColumns = 80;

/** Gives the exit status. */
export async function mask(
  { choice, out, json }: MaskRequest,
  stdout: NodeJS.WriteStream = process.stdout,
): Promise<number> {
  const drawn = drawMask(choice);
  const picture = pictureOf(drawn);
  const facts = factsOf(drawn);
  if (out !== undefined) {
    const { pngOf } = await import('../mask/png.js');
    await writeAtomically(out, pngOf(picture, commandOf(drawn)));
  }
  const lines = json
    ? [JSON.stringify(facts, undefined, 2)]
    : [
        ...shown(picture, drawn, stdout),
        ...factsInWords(facts),
        ...(out === undefined ? [] : [`Picture: ${out}`]),
      ];
  stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function shown(picture: Picture, { choice }: Mask, stdout: NodeJS.WriteStream): string[] {
  // hasColors knows NO_COLOR and TERM.
  const colours = stdout.isTTY === true && stdout.hasColors(256);
  const twoValues = maskKinds[choice.kind].meaning === 'mask';
  // Below the picture stay its legend, three lines of figures, and the prompt.
  const lines = stdout.isTTY ? Math.max(4, (stdout.rows ?? defaultLines) - 8) : defaultLines;
  const screen = { columns: stdout.columns ?? defaultColumns, lines, colours };
  const { lines: text, part } = textPicture(picture, screen, twoValues);
  const shades = colours ? ['dark', 'light'] : ['.', '#'];
  const legend = twoValues ? [`${shades[0]} is dropped, ${shades[1]} is kept`] : ['the lighter the larger'];
  const rest = part === undefined ? [] : [`in part: ${part}; --out has all`];
  return [...text, '', [...legend, ...rest].join(' · ')];
}

/** The command that draws the mask again. */
function commandOf({ choice: { kind, rate, shape, blockSize, seed, step, site } }: Mask): string {
  const block = blockSize === undefined ? '' : ` --block-size ${blockSize}`;
  const which = `--kind ${kind} --rate ${rate} --shape ${shape.join(',')}${block}`;
  return `thinnet mask ${which} --seed ${seed} --step ${step} --site ${site}`;
}
