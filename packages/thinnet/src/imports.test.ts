/** @file The architecture, as a table of who may import whom, and the test that holds the sources to it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Part {
  /** The folders above this one in the table whose files it may import, or '*' for all of them. */
  readonly parts: readonly string[] | '*';
  /** The packages it may import; `node:` stands for Node's own modules. */
  readonly packages?: readonly string[];
}

/** In the order of the data: a part imports only from parts above it, so the parts cannot form a cycle. */
const architecture: Readonly<Record<string, Part>> = {
  error: { parts: [] },
  onnx: { parts: ['error'], packages: ['@bufbuild/protobuf'] },
  graph: { parts: ['error', 'onnx'] },
  grad: { parts: ['error', 'onnx', 'graph'] },
  noise: { parts: ['error', 'onnx'] },
  nn: { parts: ['error', 'onnx', 'graph', 'noise'] },
  models: { parts: ['error', 'onnx', 'graph', 'noise', 'nn'] },
  data: { parts: ['error', 'noise'], packages: ['papaparse'] },
  measure: { parts: ['error', 'data'] },
  runtime: { parts: ['error', 'onnx'] },
  train: { parts: '*' },
  uncertainty: { parts: '*' },
  index: { parts: '*' },
  'runtime/worker': { parts: ['error', 'runtime', 'train'] },
  'runtime/node': { parts: '*', packages: ['node:', 'onnxruntime-node'] },
  'runtime/web': {
    parts: ['error', 'onnx', 'runtime', 'train', 'runtime/worker'],
    packages: ['onnxruntime-web'],
  },
};
const order = Object.keys(architecture);

/** The part that a source file belongs to, from its path in src: `runtime/node/…` before `runtime/…`. */
function partOf(file: string): string {
  const part = order.filter((name) => file === `${name}.ts` || file.startsWith(`${name}/`)).at(-1);
  if (part === undefined) throw new Error(`${file}: its folder is not in the table of ${import.meta.url}`);
  return part;
}

/** What a source imports or re-exports: the strings of `from '…'`, `import '…'` and `import('…')`. */
const importsOf = (source: string): readonly string[] =>
  [
    ...source.matchAll(/^(?:import|export)\b[^;'"]*\bfrom\s*['"]([^'"]+)['"]/gm),
    ...source.matchAll(/^import\s*['"]([^'"]+)['"]/gm),
    ...source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g),
  ].flatMap((match) => match[1] ?? []);

/** The imported file's path in src, from the importing file and the string that names it. */
const target = (file: string, specifier: string): string =>
  relative('/', resolve('/', dirname(file), specifier))
    .split(sep)
    .join('/')
    .replace(/\.js$/, '.ts');

/** Everything that one file's imports break; one line each. */
function violations(file: string, source: string): readonly string[] {
  const part = partOf(file);
  const { parts, packages = [] } = architecture[part] as Part;
  return importsOf(source).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      const allowed = packages.some((name) =>
        name.endsWith(':')
          ? specifier.startsWith(name)
          : specifier === name || specifier.startsWith(`${name}/`),
      );
      return allowed ? [] : [`${file} imports ${specifier}: ${part}/ may not use that package`];
    }
    const imported = target(file, specifier);
    if (imported === 'index.ts') return [`${file} imports index.ts: import the file that holds the thing`];
    const to = partOf(imported);
    if (to === part || (parts === '*' ? order.indexOf(to) < order.indexOf(part) : parts.includes(to)))
      return [];
    return [`${file} imports ${imported}: ${part} may not import from ${to}`];
  });
}

/** The first cycle among files, as a path that ends where it began, or undefined. */
function cycle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const found = visit(next, [...path, file]);
      if (found !== undefined) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const found = visit(file, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

const src = fileURLToPath(new URL('.', import.meta.url));
const sources = new Map(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing/'))
    .map((file) => [file, readFileSync(join(src, file), 'utf8')]),
);

describe('the table of the architecture', () => {
  it('lets a part import only from parts above it', () => {
    for (const [index, name] of order.entries()) {
      const { parts } = architecture[name] as Part;
      if (parts !== '*') expect(order.slice(0, index), name).toEqual(expect.arrayContaining([...parts]));
    }
  });
});

describe('the sources of the library', () => {
  it('import only what the table of the architecture allows', () => {
    expect(sources.size).toBeGreaterThan(10);
    expect([...sources].flatMap(([file, source]) => violations(file, source))).toEqual([]);
  });

  it('have no cycle of files', () => {
    const imports = [...sources].map(([file, source]) => {
      const relatives = importsOf(source).filter((specifier) => specifier.startsWith('.'));
      return [file, relatives.map((specifier) => target(file, specifier))] as const;
    });
    expect(cycle(new Map(imports))).toBeUndefined();
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
    expect(violations(file, source)).toEqual([expect.stringContaining(reason)]);
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
    expect(violations(file, source)).toEqual([]);
  });

  it('finds a cycle, and none where two paths meet', () => {
    const graph = (edges: Record<string, readonly string[]>) => new Map(Object.entries(edges));
    expect(cycle(graph({ a: ['b'], b: ['c'], c: ['b'] }))).toEqual(['b', 'c', 'b']);
    expect(cycle(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toBeUndefined();
  });
});
