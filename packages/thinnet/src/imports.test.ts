/** @file The architecture, as a table of who may import whom, and the tests that hold the sources to it. */
import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  cycle,
  edges,
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

it('no files of the repository import each other in a circle, be it types alone', () => {
  const folders = ['packages/thinnet/src', 'packages/cli/src', 'packages/lab/src', 'deck/src'];
  const all = folders.flatMap((folder) =>
    [...sourcesOf(folder)].map(([file, source]) => [`${folder}/${file}`, source] as const),
  );
  const imports = edges(new Map(all));
  for (const folder of folders)
    expect([...imports.keys()].filter((file) => file.startsWith(folder)).length).toBeGreaterThan(10);
  expect(cycle(imports)).toBeUndefined();
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

  it('finds a cycle, and none where two paths meet', () => {
    const graph = (imports: Record<string, readonly string[]>) => new Map(Object.entries(imports));
    expect(cycle(graph({ a: ['b'], b: ['c'], c: ['b'] }))).toEqual(['b', 'c', 'b']);
    expect(cycle(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toBeUndefined();
  });
});
