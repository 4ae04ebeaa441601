/** @file Brings a checkout to the point where it runs: the Node version, the packages, the build. Plain Node, no packages. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The lowest Node that runs this project, as `engines` in package.json says. */
const oldestNode = [20, 19];

/** @type {(version: string) => boolean} */
export function nodeIsTooOld(version) {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = oldestNode;
  return major < needMajor || (major === needMajor && minor < needMinor);
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */

/**
 * The first package that the lockfile asks for and that is not installed in that very version, or undefined; of packages of
 * this repository, which are links without a version, whether they are there.
 * npm records what it installed in node_modules/.package-lock.json. Optional packages may be absent: they are for
 * other platforms.
 * @type {(wanted: Lock, installed: Lock) => string | undefined}
 */
export function firstMissing(wanted, installed) {
  for (const [path, { version, integrity, optional }] of Object.entries(wanted.packages)) {
    if (!path.includes('node_modules/')) continue;
    const found = installed.packages[path];
    if (found === undefined ? !optional : found.version !== version || found.integrity !== integrity)
      return path;
  }
  return undefined;
}

/** @type {(message: string) => never} */
function stop(message) {
  console.error(message);
  process.exit(1);
}

/**
 * Runs a Node program (or npm) to its end, with its words on this terminal; ends this process where it fails.
 * @type {(doing: string, command: string, args: readonly string[], failed: string) => void}
 */
export function stage(doing, command, args, failed) {
  console.error(doing);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    // npm is a script on Windows, which only a shell finds.
    shell: command === 'npm' && process.platform === 'win32',
  });
  if (status !== 0) stop(`${failed}${error ? ` (${error.message})` : ''}`);
}

/** A program that an installed package brings, to be run by Node. @type {(path: string) => string} */
export const tool = (path) => `${root}node_modules/${path}`;

/** Checks Node, installs the packages where they are missing or outdated, and builds what has changed. */
export function setup() {
  if (nodeIsTooOld(process.version))
    stop(
      `This needs Node ${oldestNode.join('.')} or newer, and runs on ${process.version}: install a newer Node.`,
    );
  /** @type {(path: string) => Lock} */
  const lock = (path) => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(`${root}${record}`) || firstMissing(lock('package-lock.json'), lock(record)) !== undefined)
    stage(
      'Installing the packages (npm ci) …',
      'npm',
      // Without scripts: the build follows below, and no package may fetch more on its own.
      ['ci', '--ignore-scripts', '--loglevel=error', '--no-progress'],
      'The packages could not be installed: npm ci failed, for the reason above. Is the registry in reach?',
    );
  stage(
    'Building (the noise kernels, then tsc -b) …',
    process.execPath,
    [`${root}scripts/build.mjs`],
    'The build failed: the errors are above.',
  );
}
