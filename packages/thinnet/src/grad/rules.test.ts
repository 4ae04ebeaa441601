import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../testing/gradients/case.js';
import { distance, gradientsByDifferences, gradientsByRule } from '../testing/gradients/check.js';
import { cases } from '../testing/gradients/table.js';
import { gradientsByTorch } from '../testing/gradients/torch.js';
import { describeTorch } from '../testing/torch.js';
import { type DifferentiableOperator, differentiableOperators } from './table.js';

const operators = differentiableOperators();
/** Operators with many attributes: more cases of each. */
const intricate: ReadonlySet<string> = new Set([
  'Conv',
  'ConvTranspose',
  'MaxPool',
  'AveragePool',
  'Resize',
  'Pad',
]);

it('has cases for every rule, and no others', () => {
  expect(Object.keys(cases).sort()).toEqual(operators);
});

describe('every rule agrees with central differences', () => {
  it.each(operators)('%s', async (op) => {
    const property = fc.asyncProperty(cases[op], async (given) => {
      const { forward, found, ...drawn } = await gradientsByRule(given);
      const differences = await gradientsByDifferences(given, forward, drawn);
      for (const [j, gradient] of found.entries()) {
        expect(gradient.dims, `${given.title}: shape of gradient ${j}`).toEqual(
          drawn.operands[drawn.wrt[j] as number]?.dims,
        );
        const far = distance(gradient.data as Float32Array, differences[j] as Float64Array);
        expect(far, `${given.title}: gradient ${j}`).toBeLessThan(
          given.precision === 'float64' ? 1e-6 : 2e-3,
        );
      }
    });
    await fc.assert(property, { numRuns: intricate.has(op) ? 40 : 15, seed: 1 });
  });
});

describeTorch('every rule agrees with PyTorch’s autograd in single precision', () => {
  it('to 1e-5', async () => {
    const samples = operators.flatMap((op) => sample(op));
    const ours = [];
    for (const given of samples) ours.push(await gradientsByRule(given));
    const theirs = gradientsByTorch(samples, ours);
    for (const [n, { found }] of ours.entries())
      for (const [j, gradient] of found.entries()) {
        const far = distance(gradient.data as Float32Array, theirs[n]?.[j] ?? []);
        expect(far, `${samples[n]?.title}: gradient ${j}`).toBeLessThan(1e-5);
      }
  });
});

/** Some cases of an operator that PyTorch has too, in single precision. */
const sample = (op: DifferentiableOperator): Case[] =>
  fc
    .sample(cases[op], { numRuns: intricate.has(op) ? 30 : 10, seed: 2 })
    .filter((given) => given.torch !== undefined)
    .map((given) => ({ ...given, precision: 'float32' }));
