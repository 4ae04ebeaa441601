/** @file docs/inspect.md has every warning, and the drawing as it is made today. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { adviceNames } from 'thinnet';
import { expect, it } from 'vitest';
import { dropoutModel } from '../testing/dropout-model.js';
import { inspect } from './inspection.js';
import { drawGraph } from './svg.js';

const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url));

it('explains every warning, in their order', () => {
  const rows = readFileSync(`${docs}inspect.md`, 'utf8').matchAll(/^\| `([\w-]+)` \|/gm);
  expect([...rows].map(([, name]) => name)).toEqual(adviceNames);
});

it('has the drawing as it is made today (if not: THINNET_DRAW=1 npx vitest run packages/cli/src/inspect/docs)', () => {
  const now = drawGraph(inspect(dropoutModel()));
  const file = `${docs}images/inspect.svg`;
  if (process.env.THINNET_DRAW === '1') writeFileSync(file, now);
  expect(readFileSync(file, 'utf8')).toBe(now);
});
