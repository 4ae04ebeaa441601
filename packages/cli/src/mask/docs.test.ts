/** @file docs/kinds.md shows every kind as `thinnet mask` draws it today. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import { mask } from '../commands/mask.js';
import type { MaskRequest } from '../options/mask-command.js';
import { maskCommand } from '../options/mask-command.js';
import { drawMask } from './draw.js';
import { maskKindNames } from './names.js';
import { pictureOf } from './picture.js';
import { pngOf } from './png.js';

const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url));
const page = readFileSync(`${docs}kinds.md`, 'utf8');

async function requestOf(words: string): Promise<MaskRequest> {
  const requests: MaskRequest[] = [];
  const command = maskCommand(async (request) => void requests.push(request));
  await command.exitOverride().parseAsync(words.split(' '), { from: 'user' });
  return requests[0] as MaskRequest;
}

/** Each picture of the page: its file, and the words of the command below it. */
const pictures = [
  ...page.matchAll(/!\[[^\]]+\]\((images\/kinds\/[\w-]+\.png)\)\n\n`npx thinnet mask (.*)`\n/g),
].map(([, file = '', words = '']) => ({ file, words }));

it('shows every kind, each picture with its command', async () => {
  const kinds = await Promise.all(pictures.map(async ({ words }) => (await requestOf(words)).choice.kind));
  expect(kinds.sort()).toEqual([...maskKindNames].sort());
  expect(page.match(/images\/kinds\//g)).toHaveLength(2 * pictures.length);
});

it.each(pictures)(
  'has $file as the command draws it today (if not: node scripts/draw-kinds.mjs)',
  async ({ file, words }) => {
    const { choice, out } = await requestOf(words);
    expect(out).toBe(`docs/${file}`);
    const kept = readFileSync(`${docs}${file}`);
    expect(kept.length).toBeLessThan(20_000);
    const [before, now] = [kept, pngOf(pictureOf(drawMask(choice)), '')].map((png) => decode(png));
    expect(before?.palette).toEqual(now?.palette);
    expect(Buffer.from(before?.data as Uint8Array).equals(now?.data as Uint8Array)).toBe(true);
  },
);

it('has an example as it is printed today', async () => {
  const [, words = '', output] = /```\n\$ npx thinnet mask (.*)\n([\s\S]*?)```/.exec(page) ?? [];
  const printed: string[] = [];
  const stdout = { isTTY: false, write: (text: string) => printed.push(text) };
  expect(await mask(await requestOf(words), stdout as unknown as NodeJS.WriteStream)).toBe(0);
  expect(printed.join('')).toBe(output);
});
