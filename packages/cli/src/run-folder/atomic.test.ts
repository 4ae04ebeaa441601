import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary.js';
import { makeFolder, writeAtomically } from './atomic.js';

describe('writing atomically', () => {
  it('replaces the whole content and leaves nothing else behind', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    await writeAtomically(path, 'a long first content');
    await writeAtomically(path, Uint8Array.of(1, 2));
    expect([...readFileSync(path)]).toEqual([1, 2]);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('keeps the old content where the new cannot be written, and cleans up', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    mkdirSync(join(path));
    writeFileSync(join(path, 'inside'), '');
    await expect(writeAtomically(path, 'x')).rejects.toMatchObject({ path: expect.any(String) });
    expect(readdirSync(folder)).toEqual(['file']);
    await expect(writeAtomically(join(folder, 'no', 'such'), 'x')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('overwrites what a killed writer left over', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file.tmp'), 'a torn and much longer piece');
    await writeAtomically(join(folder, 'file'), 'x');
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('x');
  });
});

describe('making a folder', () => {
  it('makes those above it, takes one that is there, and refuses a file', async () => {
    const folder = temporaryFolder();
    const deep = join(folder, 'a', 'b', 'c');
    await makeFolder(deep);
    await makeFolder(deep);
    await Promise.all([makeFolder(join(deep, 'd')), makeFolder(join(deep, 'd'))]);
    expect(readdirSync(deep)).toEqual(['d']);
    writeFileSync(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(folder, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
