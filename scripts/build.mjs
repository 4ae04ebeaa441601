/** @file `npm run build`: the kernels, then the TypeScript of all packages; only what has changed. */
import { spawnSync } from 'node:child_process';
import { buildKernels } from './build-kernels.mjs';
import { root, tool } from './setup.mjs';

await buildKernels();
const { status } = spawnSync(process.execPath, [tool('typescript/bin/tsc'), '-b'], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
