/** @file The compiler deletes nothing: of sources that were moved or removed it leaves what it once wrote, which npm would pack. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { inlineScripts } from './build-inline.mjs';
import { root } from './setup.mjs';

/** Packages that the compiler writes; the lab's page is put in place as a whole. */
const packages = ['packages/thinnet', 'packages/runs', 'packages/cli', 'deck'];

/**
 * Deletes from `dist/` of a package each module, with its types and maps, that `src/` has no source of, but for those of
 * `kept`, whose paths are complete. Returns what it deleted.
 * @type {(folder: string, kept?: readonly string[]) => string[]}
 */
export function removeStale(folder, kept = []) {
  const dist = `${folder}/dist`;
  if (!existsSync(dist)) return [];
  const stale = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => {
      const [, module] = /^(.*)(?:\.js|\.d\.ts)(?:\.map)?$/.exec(file) ?? [];
      if (module === undefined || kept.includes(`${dist}/${file}`)) return false;
      return !existsSync(`${folder}/src/${module}.ts`) && !existsSync(`${folder}/src/${module}.tsx`);
    });
  for (const file of stale) rmSync(`${dist}/${file}`);
  return stale;
}

/** Of all packages. */
export function removeAllStale() {
  for (const folder of packages) removeStale(`${root}${folder}`, inlineScripts);
}
