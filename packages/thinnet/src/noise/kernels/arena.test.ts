/** @file Noise memory, and what happens without WebAssembly. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NoiseArena, noiseArrays } from './arena.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

describe('NoiseArena', () => {
  it('cuts arrays that begin at cache lines, do not overlap, and fit exactly into the size asked for', () => {
    const arena = new NoiseArena(NoiseArena.bytesFor(4 * 5, 100, 4 * 16));
    const [a, b, c] = [arena.float32(5), arena.uint8(100), arena.int32(16)];
    expect([a, b, c].map(({ length }) => length)).toEqual([5, 100, 16]);
    expect([b.byteOffset - a.byteOffset, c.byteOffset - b.byteOffset]).toEqual([64, 128]);
    expect(a.byteOffset % 64).toBe(0);
    expect(a.buffer === b.buffer && b.buffer === c.buffer).toBe(true);
    expect(() => arena.float32(2 ** 20)).toThrow('an array of 4194304 bytes');
  });

  it('refuses sizes that are none, or beyond what an address reaches', () => {
    expect(() => new NoiseArena(-1)).toThrow(
      'noise memory of -1 bytes: it must be a whole number, at least 0',
    );
    expect(() => new NoiseArena(2 ** 32)).toThrow('it must be below 4 GiB');
  });
});

describe('noiseArrays', () => {
  it('has an array of each length, of zeros, in one memory', () => {
    const arrays = noiseArrays([3, 0, 1000]);
    expect(arrays.map(({ length }) => length)).toEqual([3, 0, 1000]);
    expect(new Set(arrays.map(({ buffer }) => buffer)).size).toBe(1);
    expect(arrays.every((array) => array.every((x) => x === 0))).toBe(true);
  });
});

describe('without WebAssembly', () => {
  it.each([
    ['no WebAssembly at all', undefined],
    [
      'no SIMD',
      {
        Module: class {
          constructor() {
            throw new WebAssembly.CompileError('no SIMD');
          }
        },
        CompileError: WebAssembly.CompileError,
      },
    ],
  ])('%s: plain TypeScript draws the same noise, into ordinary arrays', async (_, missing) => {
    const { defaultKernels: withSimd } = await import('./simd.js');
    const draw = { seed: 1, step: 2, site: 3, rate: 0.3, dropped: 0, kept: 1 };
    const expected = new Float32Array(5000);
    expect(withSimd().name).toBe('wasm-simd');
    withSimd().fillBernoulli(expected, draw);

    vi.resetModules();
    vi.stubGlobal('WebAssembly', missing);
    const { defaultKernels, simdKernels } = await import('./simd.js');
    const arenas = await import('./arena.js');
    expect(simdKernels()).toBeUndefined();
    expect(defaultKernels().name).toBe('typescript');
    const [noise] = arenas.noiseArrays([5000]) as [Float32Array];
    defaultKernels().fillBernoulli(noise, draw);
    expect(noise).toEqual(expected);
  });
});
