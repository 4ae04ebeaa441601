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

/**
 * What central differences leave, h²/6 · f‴ / f′ and rounding / h, of operands that are drawn away from bends and poles. Double
 * precision, h = 1e-5: 1e-8 at most. Single, h = 1e-2: 7e-4 at most, for (v + ε)^−½ at a variance v of 0.3, the least drawn
 * (f‴ / f′ = 15/4 / v²); else below 1e-4 in 150 cases or more of each operator.
 */
const tolerance = { float64: 1e-6, float32: 2e-3 };

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
        expect(far, `${given.title}: gradient ${j}`).toBeLessThan(tolerance[given.precision]);
      }
    });
    await fc.assert(property, { numRuns: intricate.has(op) ? 40 : 15 });
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
    .sample(cases[op], intricate.has(op) ? 30 : 10)
    .filter((given) => given.torch !== undefined)
    .map((given) => ({ ...given, precision: 'float32' }));
