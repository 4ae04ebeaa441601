/** @file `npm test`: sets the checkout up, then lint, types, tests. Arguments after `--` go to vitest. */
import { setup, stage, tool } from './setup.mjs';

setup();
const node = process.execPath;
stage(
  'Checking style, imports and format (biome check) …',
  node,
  [tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'],
  'The check failed: the errors are above; "npm run format" mends what can be mended.',
);
stage(
  'Checking the types of the tests (tsc) …',
  node,
  [tool('typescript/bin/tsc'), '-p', 'tsconfig.test.json'],
  'The tests do not type-check: the errors are above.',
);
stage(
  'Running the tests (vitest) …',
  node,
  [tool('vitest/vitest.mjs'), 'run', ...process.argv.slice(2)],
  'The tests did not pass.',
);
