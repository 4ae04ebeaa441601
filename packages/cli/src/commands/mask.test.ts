import { describe, expect, it } from 'vitest';
import type { MaskChoice } from '../mask/draw.js';
import { mask } from './mask.js';

const choice: MaskChoice = {
  kind: 'dropout',
  rate: 0.5,
  shape: [30, 200],
  blockSize: undefined,
  seed: 1,
  step: 0,
  site: 0,
};

/** What is printed on a terminal of this size. */
async function printed(terminal: object, changes: Partial<MaskChoice> = {}): Promise<readonly string[]> {
  const parts: string[] = [];
  const stdout = { write: (text: string) => parts.push(text), ...terminal } as unknown as NodeJS.WriteStream;
  const request = { choice: { ...choice, ...changes }, out: undefined, json: false };
  expect(await mask(request, stdout)).toBe(0);
  return parts.join('').split('\n').slice(0, -1);
}

const start = String.fromCharCode(27);
const withoutColours = (line: string): string => line.replaceAll(new RegExp(`${start}\\[[\\d;]*m`, 'g'), '');
const terminal = (colours: boolean) => ({ isTTY: true, columns: 50, rows: 20, hasColors: () => colours });

describe('thinnet mask', () => {
  it('draws half blocks in colour on a terminal that has colours, within its width and height', async () => {
    const lines = await printed(terminal(true));
    const picture = lines.slice(0, 12);
    for (const line of picture) expect(withoutColours(line)).toBe('▀'.repeat(50));
    expect(lines.slice(12)).toEqual([
      '',
      'dark is dropped, light is kept · in part: 24 × 50 of the 30 × 200 elements of a tile; --out has all',
      'dropout 0.5: noise [30, 200] · seed 1, step 0, site 0',
      expect.stringMatching(/^6,000 elements · /),
    ]);
    expect(lines.length).toBeLessThan(20);
  });

  it('draws plain characters where colours are not wanted', async () => {
    const lines = await printed(terminal(false));
    for (const line of lines.slice(0, 12)) expect(line).toMatch(/^[.#]{50}$/);
    expect(lines.join('')).not.toContain(start);
  });

  it('takes eighty columns and no colours where the output is no terminal', async () => {
    const lines = await printed({});
    for (const line of lines.slice(0, 30)) expect(line).toMatch(/^[.#]{80}$/);
    expect(lines[31]).toContain('. is dropped, # is kept · in part: 30 × 80');
  });

  it('says what is fed where it is no mask', async () => {
    const lines = await printed({}, { kind: 'standout', shape: [2, 9] });
    expect(lines.slice(2)).toEqual([
      '',
      'the lighter the larger',
      'standout 0.5: noise [2, 9] · seed 1, step 0, site 0',
      'u ~ U(0, 1), from which the layer makes its mask: where its rate is 0.5, u from 0.5 on drops',
      expect.stringMatching(/^18 elements · [\d.]+ % dropped · values 0\.\d+ to 0\.\d+ · mean /),
    ]);
  });
});
