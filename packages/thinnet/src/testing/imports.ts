/** @file Which files import which: rules for parts of a package, as a table, and cycles of files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Part {
  /** The parts above this one in the table whose files it may import, or '*' for all of them. */
  readonly parts: readonly string[] | '*';
  /** The packages it may import; `node:` stands for Node's own modules. */
  readonly packages?: readonly string[];
}

/** In the order of the data: a part, a folder or a file, imports only from parts above it, so the parts cannot form a cycle. */
export type Architecture = Readonly<Record<string, Part>>;

/** Sources by their path in the folder, with `/`. */
export type Sources = ReadonlyMap<string, string>;

/** The repository's root, as an address that ends with `/`. */
export const repository = new URL('../../../../', import.meta.url);

/** The TypeScript sources of a folder of the repository, such as `deck/src`; declarations of types alone are left out. */
export function sourcesOf(folder: string): Sources {
  const root = fileURLToPath(new URL(folder, repository));
  return new Map(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((file) => file.split(sep).join('/'))
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
      .map((file) => [file, readFileSync(join(root, file), 'utf8')]),
  );
}

/** Without tests and what serves them. */
export const withoutTests = (sources: Sources): Sources =>
  new Map([...sources].filter(([file]) => !file.endsWith('.test.ts') && !file.startsWith('testing/')));

/** What a source imports or re-exports: the strings of `from '…'`, `import '…'` and `import('…')`. */
const importsOf = (source: string): readonly string[] =>
  [
    ...source.matchAll(/^(?:import|export)\b[^;'"]*\bfrom\s*['"]([^'"]+)['"]/gm),
    ...source.matchAll(/^import\s*['"]([^'"]+)['"]/gm),
    ...source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g),
  ].flatMap((match) => match[1] ?? []);

/** The imported file's path, from the importing file and the string that names it. */
const target = (file: string, specifier: string): string =>
  posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts');

/** The part that a source file belongs to, from its path: `runtime/node/…` before `runtime/…`. */
function partOf(architecture: Architecture, file: string): string {
  const names = Object.keys(architecture);
  const part = names.filter((name) => file === `${name}.ts` || file.startsWith(`${name}/`)).at(-1);
  if (part === undefined) throw new Error(`${file}: its folder is not in the table of the architecture`);
  return part;
}

/** Everything that one file's imports break; one line each. */
export function violations(architecture: Architecture, file: string, source: string): readonly string[] {
  const order = Object.keys(architecture);
  const part = partOf(architecture, file);
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
    const to = partOf(architecture, imported);
    if (to === part || (parts === '*' ? order.indexOf(to) < order.indexOf(part) : parts.includes(to)))
      return [];
    return [`${file} imports ${imported}: ${part} may not import from ${to}`];
  });
}

/** The entries of a table that let a part import from one that is not above it; one line each. */
export function upward(architecture: Architecture): readonly string[] {
  const order = Object.keys(architecture);
  return order.flatMap((name, at) => {
    const { parts } = architecture[name] as Part;
    if (parts === '*') return [];
    return parts.filter((part) => !order.slice(0, at).includes(part)).map((part) => `${name} from ${part}`);
  });
}

/** Which of the sources each imports; imports of anything else are left out. */
export function edges(sources: Sources): ReadonlyMap<string, readonly string[]> {
  const found = (name: string) => [name, `${name}x`].find((file) => sources.has(file)) ?? [];
  return new Map(
    [...sources].map(([file, source]) => {
      const relatives = importsOf(source).filter((specifier) => specifier.startsWith('.'));
      return [file, relatives.flatMap((specifier) => found(target(file, specifier)))];
    }),
  );
}

/** The package of a file of the repository: `packages/cli` or `deck`. */
const packageOf = (file: string): string => /^(?:packages\/)?[^/]+/.exec(file)?.[0] ?? '';

/** The files of other packages that a file imports by a relative path; its own path is that within the repository. */
export const reachedInto = (file: string, source: string): readonly string[] =>
  importsOf(source)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => target(file, specifier))
    .filter((imported) => packageOf(imported) !== packageOf(file));

/** The first cycle among files, as a path that ends where it began, or undefined. */
export function cycle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
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
