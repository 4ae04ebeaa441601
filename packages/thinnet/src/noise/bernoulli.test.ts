/** @file Masks against their definition, written a second time with exact integers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDropout, fillBernoulli, fillBits, keptIndices } from './bernoulli.js';
import { drawBlock } from './counter.js';
import type { BernoulliDraw } from './draws.js';
import { ELEMENTS } from './mask-bits.js';
import { threshold } from './threshold.js';

const mask = (length: number, draw: Partial<BernoulliDraw> = {}): number[] => {
  const out = new Float32Array(length).fill(Number.NaN);
  fillBernoulli(out, { seed: 1, step: 2, site: 3, rate: 0.3, dropped: 0, kept: 1, ...draw });
  return Array.from(out);
};

/** The 40-bit number of an element: a bit from each of eight blocks of `mask`, the rest from `refine`. */
function bits40(seed: number, step: number, site: number, element: bigint): bigint {
  const block = new Uint32Array(4);
  const at = Number(element & 127n);
  let bits = 0n;
  for (let plane = 0n; plane < 8n; plane++) {
    drawBlock({ seed, purpose: 'mask', step, site }, Number((element >> 7n) * 8n + plane), block);
    bits = 2n * bits + BigInt(((block[at >> 5] as number) >>> (at & 31)) & 1);
  }
  drawBlock({ seed, purpose: 'refine', step, site }, Number(element >> 2n), block);
  return (bits << 32n) | BigInt(block[Number(element & 3n)] as number);
}

const offsets = fc.oneof(
  fc.nat(100),
  fc.integer({ min: 2 ** 32 - 40, max: 2 ** 32 + 40 }),
  fc.integer({ min: 2 ** 36 - 40, max: 2 ** 36 + 40 }),
  fc.integer({ min: ELEMENTS - 500, max: ELEMENTS - 400 }),
);
const lengths = fc.oneof(fc.constantFrom(0, 1, 3, 15, 16, 17, 127, 128, 129), fc.nat(300));
const rates = fc.oneof(
  fc.constantFrom(0, 0.1, 0.125, 0.25, 0.5, 0.75, 77 / 256, 1, 2 ** -40, 1 - 2 ** -40),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const words = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('fillBernoulli', () => {
  it('drops element e exactly when its 40 bits are below round(rate · 2^40)', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        words,
        words,
        rates,
        offsets,
        lengths,
        (seed, step, site, rate, offset, length) => {
          const limit = BigInt(Math.round(rate * 2 ** 40));
          const expected = Array.from({ length }, (_, i) =>
            bits40(seed, step, site, BigInt(offset) + BigInt(i)) < limit ? -1 : 2.5,
          );
          expect(mask(length, { seed, step, site, rate, offset, dropped: -1, kept: 2.5 })).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('gives for any part the same part of the whole', () => {
    fc.assert(
      fc.property(offsets, fc.nat(60), lengths, rates, (offset, skip, length, rate) => {
        fc.pre(offset + 60 + length <= ELEMENTS);
        const whole = mask(skip + length, { offset, rate });
        expect(mask(length, { offset: offset + skip, rate })).toEqual(whole.slice(skip));
      }),
      { numRuns: 200 },
    );
  });

  it('settles ties by the refine stream: with T = 2^39 + 2^31 half of the elements whose byte is 128 are dropped', () => {
    const rate = (2 ** 39 + 2 ** 31) / 2 ** 40;
    expect(threshold(rate)).toMatchObject({ first: 128, rest: 2 ** 31 });
    const [low, middle, high] = [0.5, rate, 129 / 256].map((r) => mask(2 ** 18, { rate: r }));
    const ties = (low as number[]).flatMap((x, i) => (x !== high?.[i] ? [i] : []));
    const drops = ties.filter((i) => middle?.[i] === 0).length;
    expect(ties.length).toBeGreaterThan(900); // 1024 expected
    expect(drops / ties.length).toBeGreaterThan(0.44); // ½ ± 4 standard deviations
    expect(drops / ties.length).toBeLessThan(0.56);
  });

  it('nests: what a lower rate drops a higher rate drops too', () => {
    fc.assert(
      fc.property(rates, rates, (a, b) => {
        const [low, high] = [mask(64, { rate: Math.min(a, b) }), mask(64, { rate: Math.max(a, b) })];
        expect(low.every((x, i) => x === 1 || high[i] === 0)).toBe(true);
      }),
    );
  });

  it('keeps all at rate 0 and drops all at rate 1', () => {
    expect(mask(40, { rate: 0 })).toEqual(Array(40).fill(1));
    expect(mask(40, { rate: 1 })).toEqual(Array(40).fill(0));
  });

  it('draws the mask it always drew for seed 1, step 2, site 3', () => {
    expect(mask(48, { rate: 0.5 }).join('')).toBe('011010111110111110011111110100001110000010010111');
    expect(mask(48, { rate: 0.3, offset: 2 ** 40 + 5, seed: 2 ** 53 - 1 }).join('')).toBe(
      '011111010111101011111110110111101001001110111100',
    );
  });

  it('refuses what is out of range', () => {
    expect(() => mask(1, { rate: 1.5 })).toThrow('noise site 3: rate is 1.5; it is the probability to drop');
    expect(() => mask(1, { seed: -1 })).toThrow('seed is -1');
    expect(() => mask(1, { step: 2 ** 32 })).toThrow('step is 4294967296');
    expect(() => mask(1, { offset: -1 })).toThrow('offset is -1');
    expect(() => mask(2, { offset: ELEMENTS - 1 })).toThrow('offset is 2251799813685247');
  });
});

describe('what else is made of a mask', () => {
  const draws = fc.record({
    seed: fc.maxSafeNat(),
    step: words,
    site: words,
    rate: rates,
    offset: offsets,
    length: lengths,
  });

  it('packed bits are 1 where kept, and 0 after the last element', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const bytes = Math.ceil(draw.length / 8);
        const out = new Uint8Array(bytes + 1).fill(0xa5);
        fillBits(out, draw);
        const kept = mask(draw.length, draw);
        for (let i = 0; i < 8 * bytes; i++)
          expect(((out[i >> 3] as number) >> (i & 7)) & 1).toBe(kept[i] ?? 0);
        expect(out[bytes]).toBe(0xa5);
      }),
      { numRuns: 50 },
    );
  });

  it('kept indices are those of the elements that are kept', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const out = new Int32Array(draw.length);
        const count = keptIndices(out, draw);
        expect(Array.from(out.subarray(0, count))).toEqual(
          mask(draw.length, draw).flatMap((x, i) => (x === 1 ? [i] : [])),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('thinned features are scaled where kept and 0 elsewhere, be they bytes or float32', () => {
    fc.assert(
      fc.property(draws, fc.float({ noNaN: true }), (draw, scale) => {
        const kept = mask(draw.length, draw);
        for (const x of [
          Uint8Array.from(kept, (_, i) => 37 * i),
          Float32Array.from(kept, (_, i) => Math.sin(i)),
        ]) {
          const out = new Float32Array(draw.length);
          applyDropout(out, x, { ...draw, scale });
          const expected = Array.from(x, (value, i) => (kept[i] === 1 ? Math.fround(value * scale) : 0));
          expect(Array.from(out)).toEqual(expected);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('refuse arrays that are too short', () => {
    const draw = { seed: 1, step: 2, site: 3, rate: 0.5, length: 17 };
    expect(() => fillBits(new Uint8Array(2), draw)).toThrow('packed bits: room for 2, where 3 are written');
    expect(() => keptIndices(new Int32Array(16), draw)).toThrow('kept indices: room for 16, where 17');
    expect(() => applyDropout(new Float32Array(1), new Uint8Array(2), { ...draw, scale: 1 })).toThrow(
      'thinned features: room for 1, where 2',
    );
  });
});
