/** @file The architecture, as a table of who may import whom, and the tests that hold the sources to it. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  cycle,
  edges,
  reachedInto,
  repository,
  type Sources,
  sourcesOf,
  upward,
  violations,
  withoutTests,
} from './testing/imports.js';

const architecture: Architecture = {
  error: { parts: [] },
  options: { parts: ['error'] },
  onnx: { parts: ['error', 'options'], packages: ['@bufbuild/protobuf'] },
  graph: { parts: ['error', 'options', 'onnx'] },
  grad: { parts: ['error', 'onnx', 'graph'] },
  noise: { parts: ['error', 'options', 'onnx'] },
  nn: { parts: ['error', 'options', 'onnx', 'graph', 'noise'] },
  models: { parts: ['error', 'options', 'onnx', 'graph', 'noise', 'nn'] },
  data: { parts: ['error', 'options', 'noise'], packages: ['papaparse'] },
  measure: { parts: ['error', 'noise', 'data'] },
  runtime: { parts: ['error', 'options', 'onnx'] },
  train: { parts: '*' },
  uncertainty: { parts: '*' },
  index: { parts: '*' },
  'runtime/worker': { parts: ['error', 'runtime', 'train'] },
  'runtime/node': { parts: '*', packages: ['node:', 'onnxruntime-node'] },
  'runtime/web': {
    parts: ['error', 'options', 'onnx', 'runtime', 'train', 'runtime/worker'],
    packages: ['onnxruntime-web'],
  },
};

it('the table of the architecture lets a part import only from parts above it', () => {
  expect(upward(architecture)).toEqual([]);
});

it('the sources of the library import only what the table of the architecture allows', () => {
  const sources = withoutTests(sourcesOf('packages/thinnet/src'));
  expect(sources.size).toBeGreaterThan(10);
  expect([...sources].flatMap(([file, source]) => violations(architecture, file, source))).toEqual([]);
});

/** Where the packages of the repository have their sources. */
const folders = [
  ...readdirSync(new URL('packages', repository)).map((name) => `packages/${name}`),
  'deck',
].map((folder) => `${folder}/src`);

/** All sources by their paths in the repository. */
const allSources: Sources = new Map(
  folders.flatMap((folder) =>
    [...sourcesOf(folder)].map(([file, source]) => [`${folder}/${file}`, source] as const),
  ),
);

describe('the packages of the repository', () => {
  it('are all looked at', () => {
    expect(folders).toEqual(
      expect.arrayContaining(['packages/thinnet/src', 'packages/runs/src', 'deck/src']),
    );
    for (const folder of folders)
      expect([...allSources.keys()].filter((file) => file.startsWith(folder)).length).toBeGreaterThan(10);
  });

  it('have no files that import each other in a circle, be it types alone', () => {
    expect(cycle(edges(allSources))).toBeUndefined();
  });

  it('see each other by name alone; tests share the library’s helpers, which take numbers and data of the deck', () => {
    const helpers = 'packages/thinnet/src/testing/';
    const lent = ['deck/src/statistics/', 'deck/src/samples.ts', 'deck/src/node/samples.ts'];
    const isOfTests = (file: string) => /\.test\.tsx?$|\/src\/testing\//.test(file);
    const mayReach = (file: string, imported: string) =>
      (isOfTests(file) && imported.startsWith(helpers)) ||
      (file.startsWith(helpers) && lent.some((path) => imported.startsWith(path)));
    const reached = [...allSources].flatMap(([file, source]) =>
      // The examples of this file are none of its imports.
      file === 'packages/thinnet/src/imports.test.ts'
        ? []
        : reachedInto(file, source)
            .filter((imported) => !mayReach(file, imported))
            .map((imported) => `${file} imports ${imported}`),
    );
    expect(reached).toEqual([]);
  });
});

describe('the check itself', () => {
  it.each([
    ['graph/a.ts', `import { rules } from '../grad/rules.js';`, 'graph may not import from grad'],
    ['onnx/a.ts', `import type {\n  Value,\n} from '../graph/value.js';`, 'onnx may not import from graph'],
    ['error.ts', `export * from './onnx/model.js';`, 'error may not import from onnx'],
    ['train/a.ts', `import '../runtime/node/session.js';`, 'train may not import from runtime/node'],
    ['train/a.ts', `const { x } = await import('../index.js');`, 'imports index.ts'],
    ['data/a.ts', `import { readFile } from 'node:fs/promises';`, 'data/ may not use that package'],
    ['onnx/a.ts', `import { x } from '@bufbuild/protobuf-other';`, 'onnx/ may not use that package'],
  ])('finds what is wrong in %s: %s', (file, source, reason) => {
    expect(violations(architecture, file, source)).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    [
      'grad/a.ts',
      `import { Graph } from '../graph/builder.js';\nimport { ThinnetError } from '../error.js';`,
    ],
    [
      'runtime/node/a.ts',
      `import { cpus } from 'node:os';\nimport type { Plan } from '../../train/plan.js';`,
    ],
    ['onnx/a.ts', `import { BinaryReader } from '@bufbuild/protobuf/wire';\nimport { b } from './b.js';`],
  ])('accepts what is right in %s', (file, source) => {
    expect(violations(architecture, file, source)).toEqual([]);
  });

  it('finds a table that lets a part import from below', () => {
    expect(upward({ a: { parts: [] }, b: { parts: ['a', 'c'] }, c: { parts: '*' } })).toEqual(['b from c']);
  });

  it('follows imports of types, of pages and of folders’ indexes, and leaves out what is no source', () => {
    const sources = new Map([
      ['a/index.ts', `export type { B } from '../b.js';`],
      ['b.tsx', `import url from './b.css?url';\nimport { c } from 'c';\nconst a = import('./a/index.js');`],
    ]);
    expect(Object.fromEntries(edges(sources))).toEqual({ 'a/index.ts': ['b.tsx'], 'b.tsx': ['a/index.ts'] });
    expect(cycle(edges(sources))).toEqual(['a/index.ts', 'b.tsx', 'a/index.ts']);
  });

  it('finds what leaves its package, and not what leaves its folder alone', () => {
    const source = `import { a } from '../../../cli/src/a.js';\nimport { b } from '../b.js';\nimport 'thinnet';`;
    expect(reachedInto('packages/lab/src/pages/a.tsx', source)).toEqual(['packages/cli/src/a.ts']);
    expect(reachedInto('deck/src/cards/a.ts', `import '../../../packages/thinnet/src/b.js';`)).toEqual([
      'packages/thinnet/src/b.ts',
    ]);
    expect(reachedInto('deck/src/cards/a.ts', `import { b } from '../b.js';`)).toEqual([]);
  });

  it('finds a cycle, and none where two paths meet', () => {
    const graph = (imports: Record<string, readonly string[]>) => new Map(Object.entries(imports));
    expect(cycle(graph({ a: ['b'], b: ['c'], c: ['b'] }))).toEqual(['b', 'c', 'b']);
    expect(cycle(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toBeUndefined();
  });
});
