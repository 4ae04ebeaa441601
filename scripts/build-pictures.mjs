/**
 * @file The drawing of the deck's pictures as one script, `deck/dist/picture/inline.js`, for pages that are a single file: it
 * sets the global `thinnetPicture`. Does nothing where it is up to date.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { root } from './setup.mjs';

const folder = `${root}deck/dist/picture`;
const script = `${folder}/inline.js`;

/** What the script depends on, in one number. */
function digest() {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  const hash = createHash('sha256').update(packages['node_modules/rolldown'].version);
  const files = readdirSync(folder).filter((name) => name.endsWith('.js') && name !== 'inline.js');
  for (const name of files.sort()) hash.update(name).update(readFileSync(`${folder}/${name}`));
  return hash.digest('hex');
}

/** Bundles the compiled modules where they have changed. */
export async function buildPictures() {
  const head = `// sha256 ${digest()}\n`;
  if (existsSync(script) && readFileSync(script, 'utf8').startsWith(head)) return;
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({ input: `${folder}/index.js`, platform: 'browser' });
  const { output } = await bundle.generate({ format: 'iife', name: 'thinnetPicture', minify: true });
  await bundle.close();
  writeFileSync(script, `${head}${output[0].code}`);
}
