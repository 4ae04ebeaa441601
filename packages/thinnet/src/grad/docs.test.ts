import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { differentiableOperators } from './table.js';

it('docs/gradients.md has a row for every rule and for nothing else', () => {
  const page = readFileSync(new URL('../../../../docs/gradients.md', import.meta.url), 'utf8');
  const table = page.split('| operator | gradient | nodes |')[1]?.split('\n\n')[0] ?? '';
  const operators = table
    .split('\n')
    .slice(2)
    .flatMap((row) => row.split('|')[1]?.split(',') ?? []);
  expect(operators.map((op) => op.trim()).sort()).toEqual(differentiableOperators());
});
