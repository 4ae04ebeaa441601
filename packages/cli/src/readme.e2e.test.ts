/** @file The README's program runs as it stands, and leaves the model that it says. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readModel } from 'thinnet';
import { expect, it, onTestFinished } from 'vitest';
import { hash } from './testing/fake-trainer.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

it('the ten lines of the README train, and export a model without dropout', () => {
  const [, program] =
    /## Ten lines\n[^#]*?```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  // Inside the checkout, so that the packages are found as in a project that has installed them.
  const folder = mkdtempSync(join(root, 'node_modules', '.readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const species = ['setosa', 'versicolor', 'virginica'];
  const rows = Array.from({ length: 150 }, (_, i) => [
    ...[0, 1, 2, 3].map((k) => (2 * (i % 3) + hash(i, k)).toFixed(2)),
    species[i % 3],
  ]);
  writeFileSync(
    join(folder, 'iris.csv'),
    ['a,b,c,d,species', ...rows.map((row) => row.join(','))].join('\n'),
  );
  writeFileSync(join(folder, 'program.mjs'), program ?? '');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['program.mjs'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.trim().split('\n')).toHaveLength(20);
  expect(stdout).toMatch(/epoch 20: test error 0(\.0\d*)?\n$/);
  const { graph } = readModel(readFileSync(join(folder, 'iris.onnx')));
  expect(graph.nodes.map(({ op }) => op)).toEqual(['Sub', 'Div', 'Gemm', 'Relu', 'Gemm']);
});
