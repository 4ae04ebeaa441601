/**
 * @file The lab: Vite builds packages/lab into its dist/, where anything that the page is made of has changed. By itself,
 * `node scripts/build-lab.mjs --force` builds it in any case.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { root } from './setup.mjs';

const lab = `${root}packages/lab`;
const page = `${lab}/dist`;
/** Beside the page: the digest of what it was built from. */
const stamp = 'sources.sha256';
/** What the page is made of, beside the installed packages. */
const parts = ['packages/lab', 'packages/thinnet/dist', 'packages/runs/dist', 'deck/dist', 'deck/data'];
/** They say which files have side effects, and what `import` finds. */
const manifests = [
  'package-lock.json',
  ...['packages/thinnet', 'packages/runs', 'deck'].map((folder) => `${folder}/package.json`),
];

/** Types and tests do not reach the page. @type {(path: string) => boolean} */
const matters = (path) =>
  !/(^|\/)(dist|node_modules)\/|\.test\.tsx?$|^src\/testing\/|\.(d\.ts|map|tsbuildinfo)$|tsconfig\.json$/.test(
    path,
  );

/** Every file of a part, and what is in it. @param {import('node:crypto').Hash} hash @param {string} part */
function addPart(hash, part) {
  const folder = `${root}${part}`;
  if (!existsSync(folder)) throw new Error(`the lab needs ${part}, which is not built: run "npm run build"`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(folder.length + 1).replaceAll('\\', '/'))
    .filter(matters);
  for (const file of files.sort()) hash.update(`${part}/${file}\n`).update(readFileSync(`${folder}/${file}`));
}

/** What the page depends on, in one number. */
function digest() {
  const hash = createHash('sha256');
  for (const file of manifests) hash.update(readFileSync(`${root}${file}`));
  for (const part of parts) addPart(hash, part);
  return hash.digest('hex');
}

/**
 * Builds the page where it is not what its sources say. It is built aside and put in place at once, so that nobody who
 * serves or tests it meanwhile finds half a page.
 * @param {{ force?: boolean }} [options]
 */
export async function buildLab({ force = false } = {}) {
  const wanted = digest();
  const isBuilt = existsSync(`${page}/${stamp}`) && readFileSync(`${page}/${stamp}`, 'utf8') === wanted;
  if (isBuilt && !force) return;
  const { build } = await import('vite');
  const aside = `${lab}/node_modules/.lab-${process.pid}`;
  mkdirSync(`${lab}/node_modules`, { recursive: true });
  try {
    await build({
      configFile: `${lab}/vite.config.ts`,
      logLevel: 'warn',
      build: { outDir: `${aside}/new`, emptyOutDir: true },
    });
    writeFileSync(`${aside}/new/${stamp}`, wanted);
    if (existsSync(page)) renameSync(page, `${aside}/old`);
    renameSync(`${aside}/new`, page);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildLab({ force: process.argv.includes('--force') });
