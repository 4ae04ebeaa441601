/** @file Initialisers: their variance, within 5 standard errors, and their reproducibility. */
import { describe, expect, it } from 'vitest';
import * as inits from './init.js';

const fans = { fanIn: 300, fanOut: 100 };
const N = 30_000;

function filled(init: inits.Init, seed = 1, index = 0, length = N): Float32Array {
  const out = new Float32Array(length);
  init(out, fans, seed, index);
  return out;
}

const variance = (xs: Float32Array): number => xs.reduce((sum, x) => sum + x * x, 0) / xs.length;

describe('initialisers', () => {
  // Var of the sample second moment: 2σ⁴/n for a normal, 0.8σ⁴/n for a uniform.
  it.each([
    ['heNormal', inits.heNormal(), 2 / 300, 2],
    ['heUniform', inits.heUniform(), 2 / 300, 0.8],
    ['glorotNormal', inits.glorotNormal(), 2 / 400, 2],
    ['glorotUniform', inits.glorotUniform(), 2 / 400, 0.8],
    ['lecunNormal', inits.lecunNormal(), 1 / 300, 2],
    ['lecunUniform', inits.lecunUniform(), 1 / 300, 0.8],
    ['normalInit', inits.normalInit(0.1), 0.01, 2],
    ['uniformInit', inits.uniformInit(0.3), 0.03, 0.8],
  ])('%s has its variance and mean 0', (_, init, expected, spread) => {
    const xs = filled(init);
    expect(Math.abs(variance(xs) / expected - 1)).toBeLessThan(5 * Math.sqrt(spread / N));
    expect(Math.abs(xs.reduce((a, b) => a + b, 0) / N)).toBeLessThan(5 * Math.sqrt(expected / N));
  });

  it('uniform initialisers stay inside their bound', () => {
    const bound = Math.fround(Math.sqrt(6 / 400));
    expect(filled(inits.glorotUniform()).every((x) => Math.abs(x) <= bound)).toBe(true);
  });

  it('same seed and index, same bits; another seed or index, others', () => {
    const [init, length] = [inits.heNormal(), 8];
    expect(filled(init, 5, 2, length)).toEqual(filled(init, 5, 2, length));
    expect(filled(init, 5, 3, length)).not.toEqual(filled(init, 5, 2, length));
    expect(filled(init, 6, 2, length)).not.toEqual(filled(init, 5, 2, length));
  });

  it('constants fill everything, and must be finite', () => {
    expect(filled(inits.constantInit(0.25), 1, 0, 3)).toEqual(Float32Array.of(0.25, 0.25, 0.25));
    expect(filled(inits.zeros(), 1, 0, 2)).toEqual(new Float32Array(2));
    expect(() => inits.constantInit(Number.NaN)).toThrow(
      'constant initialiser: value is NaN; it must be a finite number',
    );
    expect(() => filled(inits.normalInit(-1))).toThrow('std -1');
  });
});
