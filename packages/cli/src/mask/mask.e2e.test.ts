import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../testing/command.js';
import { temporaryFolder } from '../testing/temporary.js';
import { drawMask } from './draw.js';
import { factsOf } from './facts.js';

const words = 'mask --kind spatial --rate 0.5 --shape 2,3,2,2 --seed 4'.split(' ');
const mask = drawMask({
  kind: 'spatial',
  rate: 0.5,
  shape: [2, 3, 2, 2],
  blockSize: undefined,
  seed: 4,
  step: 0,
  site: 0,
});

describe('the command thinnet mask', () => {
  it('shows the mask in plain characters where there is no terminal, with a line of facts', async () => {
    const { status, stdout, stderr } = await runCommand(words, temporaryFolder());
    expect([status, stderr]).toEqual([0, '']);
    const tiles = Array.from(mask.noise, (value) => (value === 0 ? '..' : '##'));
    const row = (example: number) => tiles.slice(3 * example, 3 * example + 3).join(' ');
    expect(stdout.split('\n')).toEqual([
      ...[row(0), row(0), '', row(1), row(1), ''],
      '. is dropped, # is kept',
      'spatial 0.5: noise [2, 3, 1, 1], broadcast to [2, 3, 2, 2] · seed 4, step 0, site 0',
      expect.stringMatching(
        /^6 elements · [\d.]+ % dropped · values 0, 2 · mean [\d.]+ · sha256 [0-9a-f]{12}$/,
      ),
      '',
    ]);
  });

  it('gives the facts as JSON, and writes the picture as a file that names the command that draws it', async () => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = await runCommand([...words, '--json', '--out', 'mask.png'], cwd);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(factsOf(mask))));
    expect(readdirSync(cwd)).toEqual(['mask.png']);
    const { text } = decode(readFileSync(join(cwd, 'mask.png')));
    const command = 'thinnet mask --kind spatial --rate 0.5 --shape 2,3,2,2 --seed 4 --step 0 --site 0';
    expect(text).toEqual({ Comment: command });
  });

  it.each([
    [['--rate', '2'], '--kind spatial: spatialDropout: rate is 2; it is the probability to drop'],
    [['--shape', '4,5'], 'must be [N, channels, ...]'],
    [['--block-size', '2'], '--block-size is for dropblock'],
    [['--out', 'mask.jpg'], 'the name must end in .png'],
    [['--bogus'], "unknown option '--bogus'; see thinnet mask --help"],
  ])('answers the wrong %j with one line and status 2, and writes nothing', async (more, message) => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = await runCommand([...words, '--out', 'mask.png', ...more], cwd);
    expect([status, stdout, readdirSync(cwd)]).toEqual([2, '', []]);
    expect(stderr).toMatch(/^thinnet: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it('asks for what it must be told', async () => {
    expect(await runCommand(['mask', '--kind', 'dropout'], temporaryFolder())).toEqual({
      status: 2,
      stdout: '',
      stderr: "thinnet: required option '--rate <rate>' not specified; see thinnet mask --help\n",
    });
  });

  it('says in one line, with status 1, where the file cannot be written', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'file'), '');
    const out = async (path: string) => (await runCommand([...words, '--out', path], cwd)).stderr;
    expect(await out('nowhere/mask.png')).toBe(
      'thinnet: nowhere/mask.png: there is no folder nowhere; make it first\n',
    );
    expect(await out('file/mask.png')).toBe(
      'thinnet: file/mask.png: a part of the path is not a folder; check the path\n',
    );
    mkdirSync(join(cwd, 'folder.png'));
    expect(await out('folder.png')).toBe('thinnet: folder.png: it is a folder; a file is needed there\n');
    expect(readdirSync(cwd).sort()).toEqual(['file', 'folder.png']);
  });
});
