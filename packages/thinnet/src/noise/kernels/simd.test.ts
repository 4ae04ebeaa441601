/** @file The SIMD kernels against the reference, bit for bit, in memory of their own and in ordinary arrays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBlock } from '../counter.js';
import type { Draw, NoiseKernels } from '../draws.js';
import { ELEMENTS } from '../mask-bits.js';
import { referenceKernels } from '../reference.js';
import { threshold } from '../threshold.js';
import { NoiseArena } from './arena.js';
import { kernelMemory, kernelModule } from './instance.js';
import { simdKernels } from './simd.js';

const kernels = simdKernels() as NoiseKernels;

const words = fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(3), fc.constant(2 ** 32 - 1));
const LONGEST = 20_000;
const around = (centre: number) => fc.integer({ min: centre - 5000, max: centre + 5000 });
const offsets = fc.oneof(
  fc.nat(5000),
  fc.constantFrom(0, 128, 1024, 4096, 8192),
  around(2 ** 32),
  // Where the mask stream's and the refine stream's blocks pass 2^32.
  around(2 ** 36),
  around(2 ** 34),
  fc.integer({ min: ELEMENTS - LONGEST - 5000, max: ELEMENTS - LONGEST }),
);
const lengths = fc.oneof(
  fc.constantFrom(0, 1, 3, 15, 16, 17, 31, 33, 1023, 1024, 1025, 4095, 4096, 4097, 9001, LONGEST),
  fc.nat(2000),
);
const rates = fc.oneof(
  fc.integer({ min: 1, max: 40 }).chain((k) => fc.constantFrom(2 ** -k, 1 - 2 ** -k)),
  fc.integer({ min: 0, max: 256 }).map((n) => n / 256),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 1, 0.1, 0.3, 2 ** -41, 1e-9, 1 - 1e-9),
);
const draws = fc.record({ seed: fc.maxSafeNat(), step: words, site: words, offset: offsets });
const masks = fc.record({ seed: fc.maxSafeNat(), step: words, site: words, offset: offsets, rate: rates });

/** Room for any of the arrays here, with canaries on both sides. */
const MARGIN = 64;
const arena = new NoiseArena(2 * (4 * LONGEST + 3 * MARGIN + 64));
const inArena = [arena.uint8(4 * LONGEST + 3 * MARGIN), arena.uint8(4 * LONGEST + 3 * MARGIN)] as const;
const ordinary = [
  new Uint8Array(4 * LONGEST + 3 * MARGIN),
  new Uint8Array(4 * LONGEST + 3 * MARGIN),
] as const;

describe.each([
  ['in memory of their own', inArena],
  ['in ordinary arrays', ordinary],
] as const)('SIMD kernels %s', (_, [room, otherRoom]) => {
  /**
   * Draws `length` elements of `size` bytes by the reference and by the kernels, the latter at an address that is unaligned by
   * `shift` elements, and expects the same bytes, and none touched on either side.
   */
  function expectSame(
    length: number,
    size: number,
    shift: number,
    draw: (kernels: NoiseKernels, bytes: Uint8Array) => unknown,
  ): void {
    const bytes = Math.ceil(length * size);
    const expected = new Uint8Array(bytes).fill(0xa5);
    const answer = draw(referenceKernels, expected);
    const at = MARGIN + shift * Math.ceil(size);
    room.fill(0xa5);
    const drawn = room.subarray(at, at + bytes);
    expect(draw(kernels, drawn)).toEqual(answer);
    expect(Buffer.compare(drawn, expected)).toBe(0);
    expect(room.subarray(0, at).every((byte) => byte === 0xa5)).toBe(true);
    expect(room.subarray(at + bytes, at + bytes + MARGIN).every((byte) => byte === 0xa5)).toBe(true);
  }
  const floats = (bytes: Uint8Array): Float32Array =>
    new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const values = fc.constantFrom(0, 1, -1.7580993408473766, 1 / 3, Number.MAX_VALUE);
  const shifts = fc.nat(5);

  it('draw the same values of a mask', () => {
    fc.assert(
      fc.property(masks, lengths, shifts, values, values, (draw, length, shift, dropped, kept) => {
        expectSame(length, 4, shift, (by, out) => by.fillBernoulli(floats(out), { ...draw, dropped, kept }));
      }),
      { numRuns: 300 },
    );
  });

  it('draw the same packed bits', () => {
    fc.assert(
      fc.property(masks, lengths, shifts, (draw, length, shift) => {
        expectSame(length, 1 / 8, shift, (by, out) => by.fillBits(out, { ...draw, length }));
      }),
      { numRuns: 200 },
    );
  });

  it('list the same kept indices', () => {
    fc.assert(
      fc.property(masks, lengths, shifts, (draw, length, shift) => {
        const counted = (by: NoiseKernels, out: Int32Array) => by.keptIndices(out, { ...draw, length });
        const expected = new Int32Array(length);
        const count = counted(referenceKernels, expected);
        room.fill(0xa5);
        const at = MARGIN + 4 * shift;
        const drawn = new Int32Array(room.buffer, room.byteOffset + at, length);
        expect(counted(kernels, drawn)).toBe(count);
        expect(drawn.subarray(0, count)).toEqual(expected.subarray(0, count));
        expect(room.subarray(0, at).every((byte) => byte === 0xa5)).toBe(true);
        const end = at + 4 * count;
        expect(room.subarray(end, at + 4 * length + MARGIN).every((byte) => byte === 0xa5)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('thin the same features, of float32 and of bytes', () => {
    fc.assert(
      fc.property(
        masks,
        lengths,
        shifts,
        fc.boolean(),
        fc.float({ noNaN: true }),
        (draw, length, shift, bytes, scale) => {
          const x = otherRoom.subarray(4 * shift, 4 * shift + (bytes ? length : 4 * length));
          for (let i = 0; i < x.length; i++) x[i] = (i * 2654435761) >>> 24;
          // No NaN, whose bits are not defined: exponents below 255.
          if (!bytes) for (let i = 3; i < x.length; i += 4) x[i] = (x[i] as number) & 0xbf;
          const features = bytes ? x : floats(x);
          expectSame(length, 4, shift, (by, out) =>
            by.applyDropout(floats(out), features, { ...draw, scale }),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('thin features in place', () => {
    const draw = { seed: 1, step: 2, site: 3, rate: 0.3, scale: 2, offset: 5 };
    const x = Float32Array.from({ length: 9001 }, (_, i) => Math.sin(i));
    const expected = new Float32Array(9001);
    referenceKernels.applyDropout(expected, x, draw);
    const own = floats(room.subarray(0, 4 * 9001));
    own.set(x);
    kernels.applyDropout(own, own, draw);
    expect(own).toEqual(expected);
  });

  it('draw the same uniform numbers', () => {
    fc.assert(
      fc.property(draws, lengths, shifts, (draw: Draw, length, shift) => {
        expectSame(length, 4, shift, (by, out) => by.fillUniform(floats(out), draw));
      }),
      { numRuns: 100 },
    );
  });

  it('draw the same normal numbers', () => {
    fc.assert(
      fc.property(draws, lengths, shifts, values, (draw: Draw, length, shift, mean) => {
        expectSame(length, 4, shift, (by, out) => by.fillGaussian(floats(out), { ...draw, mean, std: 0.7 }));
      }),
      { numRuns: 100 },
    );
  });

  it('draw the same normal numbers far out, where a constant that is no float32 once made a rare difference', () => {
    for (const [seed, offset] of [
      [24, 67301],
      [75, 3015],
      [92, 10821],
      [171, 21817],
    ] as const) {
      const draw = { seed, step: seed * 7, site: 3, offset, mean: 0, std: 1 };
      expectSame(1, 4, 0, (by, out) => by.fillGaussian(floats(out), draw));
    }
  });

  it('draw the same square holes, and count the same', () => {
    const side = fc.oneof(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 90 }),
      fc.constantFrom(64, 128),
    );
    const planes = fc.record({ height: side, width: side }).chain(({ height, width }) =>
      fc.record({
        height: fc.constant(height),
        width: fc.constant(width),
        size: fc.integer({ min: 1, max: Math.min(height, width) }),
        gamma: fc.oneof(fc.double({ min: 0, max: 0.1, noNaN: true }), rates),
      }),
    );
    fc.assert(
      fc.property(draws, planes, lengths, shifts, (draw, plane, length, shift) => {
        // Planes are drawn whole, so the last one ends by the last element there is.
        const offset = Math.min(draw.offset, ELEMENTS - LONGEST - plane.height * plane.width);
        expectSame(length, 4, shift, (by, out) =>
          by.fillBlocks(floats(out), { ...draw, ...plane, offset, kept: 1.25 }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('refuse square holes of a plane that goes beyond the last element, and draw those of the last whole plane', () => {
    const plane = { seed: 1, step: 2, site: 3, gamma: 0.1, height: 9, width: 37, size: 2, kept: 1.25 };
    const whole = Math.floor(ELEMENTS / (9 * 37)) * 9 * 37;
    const draw = (length: number) => (by: NoiseKernels, out: Uint8Array) =>
      by.fillBlocks(floats(out.subarray(0, 4 * length)), { ...plane, offset: whole - 5 });
    expectSame(5, 4, 0, draw(5));
    for (const by of [referenceKernels, kernels])
      expect(() => draw(6)(by, new Uint8Array(24))).toThrow(
        `offset is ${whole - 5}: 6 elements from there end in a plane that goes beyond element 2^51 - 1; ` +
          `planes of 9 × 37 are whole up to element ${whole - 1}`,
      );
  });
});

describe('SIMD kernels', () => {
  it("give Random123's known answer for counter 0 and key 0", () => {
    // At rate 1/2 the bits of the first 128 elements are block 0 of the mask stream.
    const out = new Uint32Array(4);
    kernels.fillBits(new Uint8Array(out.buffer), { seed: 0, step: 0, site: 0, rate: 0.5, length: 128 });
    expect(Array.from(out, (word) => word.toString(16).padStart(8, '0')).join(' ')).toBe(
      '6627e8d5 e169c58d bc57ac4c 9b00dbd8',
    );
  });

  it.each([1, 2 ** 31, 2 ** 32 - 1])('settle every tie with a rest of %i as the reference does', (rest) => {
    const length = 2 ** 18;
    const draw = { seed: 3, step: 4, site: 5, length };
    const bits = (by: NoiseKernels, rate: number): Uint8Array => {
      const out = new Uint8Array(length / 8);
      by.fillBits(out, { ...draw, rate });
      return out;
    };
    const count = (a: Uint8Array, b: Uint8Array): number => {
      let total = 0;
      for (const [i, byte] of a.entries())
        for (let differ = byte ^ (b[i] as number); differ > 0; differ >>= 1) total += differ & 1;
      return total;
    };
    for (const first of [0, 77, 128, 255]) {
      const rate = (first * 2 ** 32 + rest) / 2 ** 40;
      expect(threshold(rate)).toEqual({ first, rest, planes: 8 });
      const [below, middle, above] = [first / 256, rate, (first + 1) / 256].map((r) => bits(kernels, r)) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ];
      expect(Buffer.compare(middle, bits(referenceKernels, rate))).toBe(0);
      const ties = count(below, above);
      const dropped = count(below, middle);
      expect(dropped + count(middle, above)).toBe(ties);
      expect(Math.abs(ties - 1024)).toBeLessThan(5 * 32);
      // A share of rest / 2^32 of the ties, within five standard deviations.
      const share = rest / 2 ** 32;
      expect(Math.abs(dropped - share * ties)).toBeLessThanOrEqual(
        5 * Math.sqrt(ties * share * (1 - share)) + 1,
      );
    }
  });

  it('have room for the ties of a batch in which all elements tie', () => {
    // No seed makes 4,096 bytes equal; but where no plane is compared all are, which the bare kernels can be told.
    const length = 5000;
    const { kernels: bare, buffer, free } = kernelMemory(kernelModule() as WebAssembly.Module, length);
    bare.open(6, 0, 7, 8);
    const block = new Uint32Array(4);
    const refineWord = (e: number): number => {
      drawBlock({ seed: 6, purpose: 'refine', step: 7, site: 8 }, Math.floor(e / 4), block);
      return block[e % 4] as number;
    };
    const first = 2 ** 34 - 1000;
    // The first element's own word is the limit: what equals it is kept.
    const rest = refineWord(first);
    bare.limit(0, rest, 0);
    bare.maskBits(free, length, first);
    const drawn = new Uint8Array(buffer, free, length / 8);
    for (let i = 0; i < length; i++)
      expect(((drawn[i >> 3] as number) >> (i & 7)) & 1).toBe(refineWord(first + i) < rest ? 0 : 1);
  });

  it('draw planes of more than 2^20 elements too', () => {
    const draw = { seed: 1, step: 2, site: 3, gamma: 1e-4, height: 1025, width: 1024, size: 3, kept: 1 };
    const [a, b] = [new Float32Array(3000), new Float32Array(3000)];
    expect(kernels.fillBlocks(a, draw)).toBe(referenceKernels.fillBlocks(b, draw));
    expect(a).toEqual(b);
  });

  it('refuse what the reference refuses, in its words', () => {
    const one = new Float32Array(1);
    const draw = { seed: 1, step: 2, site: 3, rate: 0.5, dropped: 0, kept: 1 };
    const blocks = { ...draw, gamma: 0.5, height: 4, width: 4, size: 2 };
    const wrong: readonly ((by: NoiseKernels) => unknown)[] = [
      (by) => by.fillBernoulli(one, { ...draw, rate: 1.5 }),
      (by) => by.fillBernoulli(one, { ...draw, seed: -1 }),
      (by) => by.fillBernoulli(one, { ...draw, offset: ELEMENTS }),
      (by) => by.fillBits(new Uint8Array(1), { ...draw, length: 9 }),
      (by) => by.keptIndices(new Int32Array(1), { ...draw, length: 2 }),
      (by) => by.applyDropout(one, new Uint8Array(2), { ...draw, scale: 1 }),
      (by) => by.fillUniform(one, { ...draw, step: 2 ** 32 }),
      (by) => by.fillUniform(one, { ...draw, offset: ELEMENTS }),
      (by) => by.fillGaussian(one, { ...draw, mean: Number.NaN, std: 1 }),
      (by) => by.fillGaussian(one, { ...draw, mean: 0, std: -1 }),
      (by) => by.fillBlocks(one, { ...blocks, size: 5 }),
      (by) => by.fillBlocks(one, { ...blocks, gamma: 2 }),
    ];
    const message = (by: NoiseKernels, call: (by: NoiseKernels) => unknown): string => {
      try {
        call(by);
      } catch (error) {
        return (error as Error).message;
      }
      return 'nothing refused';
    };
    for (const call of wrong) {
      expect(message(referenceKernels, call)).not.toBe('nothing refused');
      expect(message(kernels, call)).toBe(message(referenceKernels, call));
    }
  });
});
