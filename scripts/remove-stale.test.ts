/** @file What a build deletes: what the compiler wrote of sources that are there no more, and nothing else. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inlineScripts } from './build-inline.mjs';
import { removeStale } from './remove-stale.mjs';

describe('removeStale', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'thinnet-stale-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (...paths: string[]) => {
    for (const path of paths) {
      mkdirSync(dirname(`${folder}/${path}`), { recursive: true });
      writeFileSync(`${folder}/${path}`, '');
    }
  };
  const filesIn = (path: string) =>
    readdirSync(`${folder}/${path}`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(`${folder}/${path}/`.length))
      .sort();
  const written = (module: string) =>
    ['.js', '.js.map', '.d.ts', '.d.ts.map'].map((end) => `dist/${module}${end}`);

  it('deletes the modules of sources that were moved or removed, with their types and maps', () => {
    write('src/a.ts', 'src/new/b.ts', ...written('a'), ...written('b'), ...written('new/b'), ...written('c'));
    expect(removeStale(folder)).toHaveLength(8);
    expect(filesIn('dist')).toEqual(
      [...written('a'), ...written('new/b')].map((path) => path.slice('dist/'.length)).sort(),
    );
    expect(removeStale(folder)).toEqual([]);
    expect(filesIn('src')).toEqual(['a.ts', 'new/b.ts']);
  });

  it('leaves what other steps of the build make, and what is no module', () => {
    const others = ['draw/inline.js', 'page.css', 'tsconfig.tsbuildinfo'];
    write('src/wasm.generated.ts', ...written('wasm.generated'), ...others.map((path) => `dist/${path}`));
    expect(removeStale(folder, [`${folder}/dist/draw/inline.js`])).toEqual([]);
    expect(filesIn('dist')).toHaveLength(7);
  });

  it('has nothing to do before the first build', () => {
    expect(removeStale(folder)).toEqual([]);
  });
});

it('the scripts for pages that are a single file are there after a build, though they have no source', () => {
  expect(inlineScripts).toHaveLength(2);
  expect(inlineScripts.filter((path) => !existsSync(path))).toEqual([]);
});
