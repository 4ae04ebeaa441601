/** @file Draws the pictures of docs/kinds.md anew: runs each `npx thinnet mask …` that the page shows. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { root, stage } from './setup.mjs';

stage(
  'Building …',
  process.execPath,
  [`${root}scripts/build.mjs`],
  'The build failed: the errors are above.',
);
mkdirSync(`${root}docs/images/kinds`, { recursive: true });
const page = readFileSync(`${root}docs/kinds.md`, 'utf8');
for (const [, words = ''] of page.matchAll(/^`npx thinnet (mask .*)`$/gm)) {
  console.log(`thinnet ${words}`);
  const command = [`${root}packages/cli/bin/thinnet.js`, ...words.split(' '), '--json'];
  const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
