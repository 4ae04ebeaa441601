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
    await expect(writeAtomically(join(folder, 'no', 'such'), 'x')).rejects.toThrow(
      `${join(folder, 'no', 'such')}: there is no folder ${join(folder, 'no')}; make it first`,
    );
  });

  it('removes what killed writers left over, and no file of another name or of a writer at work', async () => {
    const folder = temporaryFolder();
    const others = [
      `file.${process.pid}-0123abcd.tmp`,
      'file.tmp',
      'file.999999999-x.tmp',
      'files.9-0123abcd.tmp',
    ];
    for (const name of ['file.999999999-0123abcd.tmp', ...others])
      writeFileSync(join(folder, name), 'a torn piece');
    await writeAtomically(join(folder, 'file'), 'x');
    expect(readdirSync(folder).sort()).toEqual(['file', ...others].sort());
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('x');
  });

  it('by several at once leaves one whole content', async () => {
    const folder = temporaryFolder();
    const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(200_000));
    await Promise.all(contents.map((content) => writeAtomically(join(folder, 'file'), content)));
    expect(contents).toContain(readFileSync(join(folder, 'file'), 'utf8'));
    expect(readdirSync(folder)).toEqual(['file']);
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
    // Of two that make the one above, none fails for having come second.
    for (let i = 0; i < 20; i++)
      await Promise.all(['x', 'y', 'z'].map((name) => makeFolder(join(folder, `arm-${i}`, name))));
    writeFileSync(join(folder, 'file'), '');
    await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(folder, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
