/** @file The run folder's name where none is given: what is compared on what. */

import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Settings } from 'thinnet-runs';
import type { Arm } from '../arms/arm.js';
import { slug } from '../arms/arm.js';
import { UsageError } from '../usage-error.js';
import { isFree } from './folder.js';
import { hasWork } from './work.js';

const runs = 'runs';
const longest = 80;

/** `runs/mnist-2000-none-vs-dropout-0.5`, with the model after the size unless it is the default. */
export function folderName(
  { data, subset, model }: Pick<Settings, 'data' | 'subset' | 'model'>,
  arms: readonly Arm[],
): string {
  const what = slug(basename(data).replace(/\.csv$/i, ''));
  const size = subset === null ? [] : [String(subset)];
  const network = model === 'mlp' ? [] : [model];
  const variants = arms.map(({ folder }) => folder).join('-vs-');
  const name = [what === '' ? 'data' : what, ...size, ...network, variants].join('-');
  return join(runs, name.length <= longest ? name : `${name.slice(0, longest - 10)}-${arms.length}-arms`);
}

/** `name`, or where that is taken `name-2`, `name-3`, …: a run never touches another. */
export async function freeFolder(name: string): Promise<string> {
  for (let n = 1; ; n++) if (await isFree(numbered(name, n))) return numbered(name, n);
}

/** The latest of the runs called `name` that has something to go on with; where none has, the latest of all. */
export async function latestFolder(name: string): Promise<string> {
  const present = await readdir(dirname(name)).catch(() => []);
  const runs = present
    .map((found) => numberOf(found, basename(name)))
    .filter((n) => n !== undefined)
    .sort((a, b) => b - a)
    .map((n) => numbered(name, n));
  for (const run of runs) if (await hasWork(run)) return run;
  const [latest] = runs;
  if (latest === undefined)
    throw new UsageError(`there is no run to resume in ${name}; say which with --out`);
  return latest;
}

const numbered = (name: string, n: number): string => (n === 1 ? name : `${name}-${n}`);

/** The number of a folder among those called `base`; some may be missing. */
function numberOf(found: string, base: string): number | undefined {
  if (found === base) return 1;
  const [, n] = /^-([2-9]|[1-9]\d+)$/.exec(found.startsWith(base) ? found.slice(base.length) : '') ?? [];
  return n === undefined ? undefined : Number(n);
}
