import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.js';
import type { MaskRequest } from './mask-command.js';
import { maskCommand } from './mask-command.js';

async function requestOf(line: string): Promise<MaskRequest> {
  const requests: MaskRequest[] = [];
  const command = maskCommand(async (request) => void requests.push(request));
  command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
  await command.parseAsync(line.split(' '), { from: 'user' });
  return requests[0] as MaskRequest;
}

const least = '--kind dropout --rate 0.5 --shape 4,5';

describe('the command line of mask', () => {
  it('has defaults for all but the kind, the rate and the shape', async () => {
    expect(await requestOf(least)).toEqual({
      choice: { kind: 'dropout', rate: 0.5, shape: [4, 5], blockSize: undefined, seed: 1, step: 0, site: 0 },
      out: undefined,
      json: false,
    });
    expect((await requestOf('--kind dropblock --rate 0.1 --shape 1,1,9,9')).choice.blockSize).toBe(7);
  });

  it('reads each option', async () => {
    const which =
      '--kind dropblock --rate .1 --shape 1,2,9,9 --block-size 3 --seed 9007199254740991 --step 4294967295 --site 16777215';
    expect(await requestOf(`${which} --out a.PNG --json`)).toEqual({
      choice: {
        kind: 'dropblock',
        rate: 0.1,
        shape: [1, 2, 9, 9],
        blockSize: 3,
        seed: 2 ** 53 - 1,
        step: 2 ** 32 - 1,
        site: 2 ** 24 - 1,
      },
      out: 'a.PNG',
      json: true,
    });
  });

  it.each([
    ['--kind dropblok --rate 0.1 --shape 1,2,9,9', '--kind takes one of dropout, standard, '],
    ['--kind dropblok --rate 0.1 --shape 1,2,9,9', '(did you mean "dropblock"?)'],
    ['--kind featureAlpha --rate 0.1 --shape 1,2,9', '(did you mean "feature-alpha"?)'],
    ['--kind dropout --rate half --shape 4,5', '--rate takes a number, not "half"'],
    ['--kind dropout --rate 0.5 --shape 4,0', '--shape takes lengths of axes such as 8,16,14,14, not "4,0"'],
    ['--kind dropout --rate 0.5 --shape 4x5', 'not "4x5"'],
    [`${least} --block-size 3`, '--block-size is for dropblock; dropout has no blocks'],
    [
      '--kind dropblock --rate 0.1 --shape 1,2,9,9 --block-size 0',
      '--block-size takes a whole number of at least 1',
    ],
    [`${least} --seed -1`, '--seed takes a whole number from 0 to 2^53 - 1, not "-1"'],
    [`${least} --step 4294967296`, '--step takes a whole number from 0 to 2^32 - 1'],
    [`${least} --site 16777216`, '--site takes a whole number from 0 to 2^24 - 1'],
    [`${least} --out mask.svg`, '--out mask.svg: pictures are written as PNG; the name must end in .png'],
  ])('refuses %j and says why', async (line, message) => {
    await expect(requestOf(line)).rejects.toThrow(UsageError);
    await expect(requestOf(line)).rejects.toThrow(message);
  });
});
