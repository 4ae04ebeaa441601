/** @file Normal noise, in float32 operations that every engine and every vector unit rounds alike. */
import { checkInteger, checkStream, drawBlock } from './counter.js';
import type { GaussianDraw } from './draws.js';
import { checkDraw, checkFinite, checkStd } from './draws-check.js';
import { ELEMENTS } from './mask-bits.js';

const f32 = Math.fround;

// Minimax fits of this project, over the words that occur; lowest power first. Float32Array rounds what a decimal
// does not give exactly, as the kernel's constants are rounded.
/** log2 of a mantissa from √½ to √2, as an odd polynomial of s = (m − 1) / (m + 1): absolute error below 3e-8. */
const LOG = Float32Array.of(2.8853912353515625, 0.9614707827568054, 0.5989738702774048);
/** Φ⁻¹ / q in v ≤ SPLIT: relative error below 8e-8. */
const NEAR = Float32Array.of(
  2.5066280364990234,
  0.45487135648727417,
  0.015675194561481476,
  -0.0021696065086871386,
  -0.00010586660937406123,
  2.9948299925308675e-5,
  -1.215099700857536e-6,
  -6.981521494253684e-8,
  5.094339616817933e-9,
);
/** The same beyond, in √v − 4: relative error below 1.1e-7. */
const FAR = Float32Array.of(
  8.950722694396973,
  2.369072914123535,
  0.008955161087214947,
  -0.004969890229403973,
  0.0024939943104982376,
  -0.0014636035775765777,
  0.0008393927710130811,
  -0.00024970524827949703,
  -3.30792932818017e-5,
  2.6881860321736895e-5,
);
const SPLIT = 7;

const bitsOf = new Int32Array(1);
const floatOf = new Float32Array(bitsOf.buffer);

/** Horner's rule, rounded to float32 after each operation. */
function polynomial(coefficients: Float32Array, x: number): number {
  let sum = coefficients.at(-1) as number;
  for (let i = coefficients.length - 2; i >= 0; i--) sum = f32(f32(sum * x) + (coefficients[i] as number));
  return sum;
}

/** −log2 t, 0 < t ≤ 1. */
function minusLog2(t: number): number {
  floatOf[0] = t;
  const bits = bitsOf[0] as number;
  const exponent = (bits - 0x3f3504f3) >> 23; // the mantissa is from √½ to √2
  bitsOf[0] = bits - (exponent << 23);
  const mantissa = floatOf[0] as number;
  const s = f32(f32(mantissa - 1) / f32(mantissa + 1));
  return -f32(exponent + f32(s * polynomial(LOG, f32(s * s))));
}

/**
 * Φ⁻¹((word + ½) / 2^32) as a float32, within 4e-7 of it relatively; antisymmetric about the middle, |z| < 6.34.
 *
 * With the smaller tail p and q = ½ − p it is q · R(v), v = −log2(4 p (1 − p)): R is smooth in v, since q² = (1 − 2^−v) / 4.
 *
 * @param word 0 to 2^32 − 1
 */
export function normalFloat32(word: number): number {
  const signed = word | 0;
  const tail = signed ^ (signed >> 31);
  const p = f32(f32(f32(tail) + 0.5) * 2 ** -32);
  const q = f32(f32(f32(0x7fffffff - tail) + 0.5) * 2 ** -32);
  const v = minusLog2(f32(f32(4 * p) * f32(0.5 + q)));
  const ratio = v > SPLIT ? polynomial(FAR, f32(f32(Math.sqrt(v)) - 4)) : polynomial(NEAR, v);
  const size = f32(q * ratio);
  return signed >= 0 ? -size : size;
}

/**
 * Fills `out` with normal numbers: element e is mean + std · Φ⁻¹((w(e) + ½) / 2^32), where w(e) is word e mod 4 of block ⌊e / 4⌋
 * of the `gaussian` stream. Mean, std, their product and their sum are rounded to float32.
 *
 * Errors: mean or std not finite, std negative; seed, step, site or an element out of range.
 */
export function fillGaussianNoise(out: Float32Array, draw: GaussianDraw): void {
  checkDraw(draw);
  const { seed, step, site, offset = 0, mean, std } = draw;
  const stream = checkStream({ seed, purpose: 'gaussian', step, site });
  checkInteger('offset', offset, ELEMENTS - out.length + 1);
  const [centre, spread] = [f32(checkFinite('mean', mean)), f32(checkStd(std))];
  const words = new Uint32Array(4);
  for (let i = 0; i < out.length; i++) {
    const lane = (offset + i) % 4;
    if (i === 0 || lane === 0) drawBlock(stream, Math.floor((offset + i) / 4), words);
    out[i] = centre + f32(spread * normalFloat32(words[lane] as number));
  }
}
