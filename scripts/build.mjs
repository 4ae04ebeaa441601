/** @file `npm run build`: the kernels, the TypeScript of all packages, what pages are made of; only what has changed. */
import { spawnSync } from 'node:child_process';
import { buildInline } from './build-inline.mjs';
import { buildKernels } from './build-kernels.mjs';
import { buildLab } from './build-lab.mjs';
import { removeAllStale } from './remove-stale.mjs';
import { root, tool } from './setup.mjs';

await buildKernels();
const { status } = spawnSync(process.execPath, [tool('typescript/bin/tsc'), '-b'], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
if (status === 0) {
  removeAllStale();
  await buildInline();
}
// The page is made of what the compiler wrote.
if (status === 0) await buildLab();
