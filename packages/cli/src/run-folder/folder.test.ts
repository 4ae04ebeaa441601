import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Given, RunConfig } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { parseArms } from '../arms/arm.js';
import { resolveSettings } from '../options/resolve.js';
import { temporaryFolder } from '../testing/temporary.js';
import { readConfig, refuseDifferences } from './config.js';
import { isFree, RunFolder } from './folder.js';
import { folderName, freeFolder, latestFolder } from './name.js';
import { npyMatrix } from './npy.js';

function configOf(given: Given): RunConfig {
  return {
    format: 1,
    versions: { thinnet: '1', 'onnxruntime-node': '1', node: '20', platform: 'x' },
    command: 'thinnet compare',
    data: { name: 'fake', digest: 'sha256:0', train: 20, test: 40, shape: [2], classes: 3 },
    given,
    settings: resolveSettings(given),
    arms: [],
  };
}

describe('a run that failed', () => {
  const withRun = async (folder: string) => RunFolder.create(folder, configOf({}));
  it('before anything was computed is removed, with the folder that was made for it', async () => {
    const folder = join(temporaryFolder(), 'run');
    const run = await withRun(folder);
    mkdirSync(join(folder, 'none', 'seed-1'), { recursive: true });
    await run.discard();
    expect(existsSync(folder)).toBe(false);
  });

  it('leaves a folder that was there before, and files that are not its own', async () => {
    const before = temporaryFolder();
    await (await withRun(before)).discard();
    expect(readdirSync(before)).toEqual([]);
    const other = join(temporaryFolder(), 'run');
    const run = await withRun(other);
    writeFileSync(join(other, 'notes.txt'), 'mine');
    await run.discard();
    expect(readdirSync(other)).toEqual(['notes.txt']);
  });

  it.each(['checkpoint.safetensors', 'result.json'])('with a %s stays as it is', async (name) => {
    const folder = join(temporaryFolder(), 'run');
    const run = await withRun(folder);
    mkdirSync(join(folder, 'none', 'seed-1'), { recursive: true });
    writeFileSync(join(folder, 'none', 'seed-1', name), '');
    await run.discard();
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'metrics.jsonl', 'none']);
  });

  it('is not what --resume goes on with where another has something to go on with', async () => {
    const base = join(temporaryFolder(), 'run');
    for (const name of [base, `${base}-3`, `${base}-12`]) await (await withRun(name)).close();
    expect(await latestFolder(base)).toBe(`${base}-12`);
    mkdirSync(join(base, 'none', 'seed-1'), { recursive: true });
    writeFileSync(join(base, 'none', 'seed-1', 'result.json'), '');
    expect(await latestFolder(base)).toBe(base);
  });
});

describe('the run folder', () => {
  it('is created once: a taken folder is refused and left as it is', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    await (await RunFolder.create(folder, configOf({ epochs: 3 }))).close();
    const before = readFileSync(join(folder, 'config.json'), 'utf8');
    await expect(RunFolder.create(folder, configOf({ epochs: 4 }))).rejects.toThrow(
      `${folder} is taken; go on`,
    );
    expect(readFileSync(join(folder, 'config.json'), 'utf8')).toBe(before);
  });

  it('takes an empty folder and what a killed start left, but no folder with other files', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'run.lock'), '999999999\n');
    writeFileSync(join(folder, 'run.lock.takeover.tmp'), '');
    expect(await isFree(folder)).toBe(false);
    rmSync(join(folder, 'run.lock.takeover.tmp'));
    writeFileSync(join(folder, 'config.json.999999999-0123abcd.tmp'), '{');
    expect(await isFree(folder)).toBe(true);
    await (await RunFolder.create(folder, configOf({}))).close();
    expect(readdirSync(folder)).toEqual(['config.json', 'metrics.jsonl']);
    const other = temporaryFolder();
    writeFileSync(join(other, 'holiday.jpg'), '');
    await expect(RunFolder.create(other, configOf({}))).rejects.toThrow(
      `${other} holds other files, and no run; choose another folder with --out`,
    );
    const file = join(other, 'holiday.jpg');
    await expect(RunFolder.create(file, configOf({}))).rejects.toThrow(`${file} is no folder;`);
  });

  it('gives back the settings it was begun with', async () => {
    const folder = temporaryFolder();
    const config = configOf({ epochs: 3, maxNorm: 2, hidden: [], subset: null });
    await (await RunFolder.create(folder, config)).close();
    const resumed = await RunFolder.resume(folder);
    expect(resumed.config).toEqual(config);
    await resumed.close();
  });

  it.each([
    ['', 'no JSON object'],
    ['[]', 'no JSON object'],
    ['{"format":2}', 'has format 2, not 1'],
    ['{"format":1}', 'is damaged (settings.data'],
  ])('with the config.json %j is refused in one line that names the file', async (text, message) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'config.json'), text);
    await expect(RunFolder.resume(folder)).rejects.toThrow(message);
    await expect(RunFolder.resume(folder)).rejects.toThrow(join(folder, 'config.json'));
    await expect(RunFolder.resume(folder)).rejects.toThrow(/^[^\n]*$/);
  });

  it('with a setting out of range is damaged', async () => {
    const folder = temporaryFolder();
    const { settings, ...rest } = configOf({});
    const text = JSON.stringify({ ...rest, settings: { ...settings, epochs: -1 } });
    writeFileSync(join(folder, 'config.json'), text);
    await expect(readConfig(join(folder, 'config.json'))).rejects.toThrow(
      'is damaged (settings.epochs, the option --epochs)',
    );
  });

  it('of a version without models and block sizes is one of the model mlp', async () => {
    const path = join(temporaryFolder(), 'config.json');
    const config = configOf({ epochs: 3 });
    const { model: _, blockSize: __, ignore: ___, atOnce, ...earlier } = config.settings;
    expect(atOnce).toBeNull();
    writeFileSync(path, JSON.stringify({ ...config, settings: earlier }));
    // It had one run at a time.
    expect(await readConfig(path)).toEqual({ ...config, settings: { ...config.settings, atOnce: 1 } });
  });

  it('goes on only with what it was begun with, and names the difference', () => {
    const config = configOf({ epochs: 3, arms: ['none', 'dropout=0.5'] });
    expect(() =>
      refuseDifferences({ epochs: 3, seeds: 5, arms: ['none', 'dropout=0.5'] }, config, 'c'),
    ).not.toThrow();
    expect(() => refuseDifferences({ epochs: 4 }, config, 'c')).toThrow(
      '--epochs is 4, but the run to resume has 3 (c)',
    );
    expect(() => refuseDifferences({ model: 'cnn' }, config, 'c')).toThrow(
      '--model is cnn, but the run to resume has mlp',
    );
    expect(() => refuseDifferences({ maxNorm: 2 }, config, 'c')).toThrow(
      '--max-norm is 2, but the run to resume has none',
    );
    expect(() => refuseDifferences({ arms: ['none'] }, config, 'c')).toThrow(
      '--arm is none, but the run to resume has none dropout=0.5',
    );
  });

  it('has a name that says what is compared, with a number where that is taken', async () => {
    const arms = parseArms(['none', 'dropout=0.5'], {}, 30);
    expect(folderName({ data: 'mnist', subset: 2000, model: 'mlp' }, arms)).toBe(
      'runs/mnist-2000-none-vs-dropout-0.5',
    );
    expect(folderName({ data: '../a b/Wine.CSV', subset: null, model: 'mlp' }, arms)).toBe(
      'runs/wine-none-vs-dropout-0.5',
    );
    const many = parseArms(
      Array.from({ length: 40 }, (_, i) => `dropout=0.${i + 10}`),
      {},
      30,
    );
    const ofModel = { data: 'mnist', subset: 2000, model: 'cnn' } as const;
    expect(folderName(ofModel, arms)).toBe('runs/mnist-2000-cnn-none-vs-dropout-0.5');
    expect(folderName({ data: 'mnist', subset: null, model: 'mlp' }, many).length).toBeLessThan(90);
    const base = join(temporaryFolder(), 'run');
    await expect(latestFolder(base)).rejects.toThrow('there is no run to resume');
    expect(await freeFolder(base)).toBe(base);
    for (const name of [base, `${base}-2`]) {
      mkdirSync(name);
      writeFileSync(join(name, 'config.json'), '{}');
    }
    expect(await freeFolder(base)).toBe(`${base}-3`);
    expect(await latestFolder(base)).toBe(`${base}-2`);
  });
});

describe('a matrix as NPY', () => {
  it('has a header of a multiple of 64 bytes that says shape and type, then the values', () => {
    const bytes = Buffer.from(npyMatrix(Float32Array.of(1, 2, 3, 4, 5, 6.5), 3));
    const headerLength = 10 + bytes.readUInt16LE(8);
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00');
    expect(headerLength % 64).toBe(0);
    expect(bytes.subarray(10, headerLength).toString()).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 2\), \} *\n$/,
    );
    expect(bytes.readFloatLE(headerLength + 20)).toBe(6.5);
    expect(bytes.length).toBe(headerLength + 24);
  });
});
