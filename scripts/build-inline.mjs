/**
 * @file What draws in pages that are a single file, as one script each: of the deck's pictures `deck/dist/picture/inline.js`, of a
 * run's charts `packages/runs/dist/draw/inline.js`. Does nothing where they are up to date.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from './setup.mjs';

/**
 * The modules that a script may be made of are those of `folder`; `entry` is the first, beside which the script is put; `name`
 * is the global that it sets. uPlot is a global of the page.
 * @typedef {{ folder: string, entry: string, name: string }} Inline
 */

/** @type {readonly Inline[]} */
const scripts = [
  { folder: 'deck/dist/picture', entry: 'index.js', name: 'thinnetPicture' },
  { folder: 'packages/runs/dist', entry: 'draw/page.js', name: 'thinnetRuns' },
];

/** Where an inline script is. @type {(inline: Inline) => string} */
const pathOf = ({ folder, entry }) => `${root}${folder}/${entry.replace(/[^/]*$/, 'inline.js')}`;

/** The files that `buildInline` makes; none of them has a source of its own. */
export const inlineScripts = scripts.map(pathOf);

/** What the script depends on, in one number. @param {string} folder */
function digest(folder) {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  const hash = createHash('sha256').update(packages['node_modules/rolldown'].version);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.js') && !/(^|\/)inline\.js$/.test(file));
  for (const file of files.sort()) hash.update(file).update(readFileSync(`${folder}/${file}`));
  return hash.digest('hex');
}

/** Bundles the compiled modules where they have changed. @param {Inline} inline */
async function build(inline) {
  const { folder, entry, name } = inline;
  const script = pathOf(inline);
  const head = `// sha256 ${digest(`${root}${folder}`)}\n`;
  if (existsSync(script) && readFileSync(script, 'utf8').startsWith(head)) return;
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: `${root}${folder}/${entry}`,
    platform: 'browser',
    external: ['uplot'],
  });
  const { output } = await bundle.generate({
    format: 'iife',
    name,
    globals: { uplot: 'uPlot' },
    minify: true,
  });
  await bundle.close();
  writeFileSync(script, `${head}${output[0].code}`);
}

export async function buildInline() {
  for (const inline of scripts) await build(inline);
}
