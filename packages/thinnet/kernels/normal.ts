/** @file Standard normal numbers from random words: gaussian.ts, operation by operation, for four vectors in step. */
import { constant, ONE } from './constants';
import { CONSTANTS, LOGS } from './map';

/** Addresses: of coefficients, lowest power first, and of single constants. */
const LOG: usize = CONSTANTS + 8;
const NEAR: usize = LOG + 12;
const FAR: usize = NEAR + 36;
const SPLIT: usize = FAR + 40;
const HALF: usize = SPLIT + 4;
const UNIT: usize = HALF + 4;
const LARGEST: usize = UNIT + 4;
const SIGN: usize = LARGEST + 4;
const ROOT_HALF: usize = SIGN + 4;
const FOUR: usize = ROOT_HALF + 4;

export function prepareNormal(): void {
  store<f32>(SPLIT, 7);
  store<f32>(HALF, 0.5);
  store<f32>(UNIT, 2.3283064365386963e-10); // 2^-32
  store<u32>(LARGEST, 0x7fffffff);
  store<u32>(SIGN, 0x80000000);
  store<u32>(ROOT_HALF, 0x3f3504f3);
  store<f32>(FOUR, 4);
  store<f32>(LOG, 2.8853912353515625);
  store<f32>(LOG, 0.9614707827568054, 4);
  store<f32>(LOG, 0.5989738702774048, 8);
  store<f32>(NEAR, 2.5066280364990234);
  store<f32>(NEAR, 0.45487135648727417, 4);
  store<f32>(NEAR, 0.015675194561481476, 8);
  store<f32>(NEAR, -0.0021696065086871386, 12);
  store<f32>(NEAR, -0.00010586660937406123, 16);
  store<f32>(NEAR, 2.9948299925308675e-5, 20);
  store<f32>(NEAR, -1.215099700857536e-6, 24);
  store<f32>(NEAR, -6.981521494253684e-8, 28);
  store<f32>(NEAR, 5.094339616817933e-9, 32);
  store<f32>(FAR, 8.950722694396973);
  store<f32>(FAR, 2.369072914123535, 4);
  store<f32>(FAR, 0.008955161087214947, 8);
  store<f32>(FAR, -0.004969890229403973, 12);
  store<f32>(FAR, 0.0024939943104982376, 16);
  store<f32>(FAR, -0.0014636035775765777, 20);
  store<f32>(FAR, 0.0008393927710130811, 24);
  store<f32>(FAR, -0.00024970524827949703, 28);
  store<f32>(FAR, -3.30792932818017e-5, 32);
  store<f32>(FAR, 2.6881860321736895e-5, 36);
}

/**
 * Replaces the words from `at` to `end`, a multiple of 16, by Φ⁻¹((word + ½) / 2^32); `prepareNormal` has been called.
 *
 * Each operation waits for the one before it, so that what counts is how many vectors are under way at once: hence two
 * short loops instead of one, and four vectors in step.
 */
export function normals(at: usize, end: usize): void {
  for (let from = at, v = LOGS; from < end; from += 16, v += 16) v128.store(v, centred(from));
  for (let v = LOGS; at < end; at += 64, v += 64) {
    const v0 = v128.load(v);
    const v1 = v128.load(v, 16);
    const v2 = v128.load(v, 32);
    const v3 = v128.load(v, 48);
    let r0 = constant(NEAR + 32);
    let r1 = r0;
    let r2 = r0;
    let r3 = r0;
    for (let power = NEAR + 28; power >= NEAR; power -= 4) {
      const c = constant(power);
      r0 = f32x4.add(f32x4.mul(r0, v0), c);
      r1 = f32x4.add(f32x4.mul(r1, v1), c);
      r2 = f32x4.add(f32x4.mul(r2, v2), c);
      r3 = f32x4.add(f32x4.mul(r3, v3), c);
    }
    finish(at, r0, v0);
    finish(at + 16, r1, v1);
    finish(at + 32, r2, v2);
    finish(at + 48, r3, v3);
  }
}

/** Replaces four words by q, negative where the word's upper bit is 0, and returns v = −log2(4 p (1 − p)). */
function centred(at: usize): v128 {
  const words = v128.load(at);
  const tail = v128.xor(words, i32x4.shr_s(words, 31));
  const half = constant(HALF);
  const unit = constant(UNIT);
  const p = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(tail), half), unit);
  const centre = i32x4.sub(constant(LARGEST), tail);
  const q = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(centre), half), unit);
  v128.store(at, v128.xor(q, v128.andnot(constant(SIGN), words)));
  return minusLog2(f32x4.mul(f32x4.mul(constant(FOUR), p), f32x4.add(half, q)));
}

function minusLog2(t: v128): v128 {
  const bits = i32x4.sub(t, constant(ROOT_HALF));
  const exponent = i32x4.shr_s(bits, 23);
  const mantissa = i32x4.sub(t, i32x4.shl(exponent, 23));
  const one = constant(ONE);
  const s = f32x4.div(f32x4.sub(mantissa, one), f32x4.add(mantissa, one));
  const y = f32x4.mul(s, s);
  const sum = next(next(constant(LOG + 8), y, LOG + 4), y, LOG);
  // −(e + s · sum), without the constant that a change of sign needs.
  return f32x4.sub(f32x4.convert_i32x4_s(i32x4.sub(i32x4.splat(0), exponent)), f32x4.mul(s, sum));
}

/** A step of Horner's rule. */
function next(sum: v128, x: v128, at: usize): v128 {
  return f32x4.add(f32x4.mul(sum, x), constant(at));
}

function finish(at: usize, ratio: v128, v: v128): void {
  const beyond = f32x4.gt(v, constant(SPLIT));
  // For one vector in 64.
  if (v128.any_true(beyond)) ratio = v128.bitselect(far(v), ratio, beyond);
  v128.store(at, f32x4.mul(v128.load(at), ratio));
}

function far(v: v128): v128 {
  const d = f32x4.sub(f32x4.sqrt(v), constant(FOUR));
  let sum = constant(FAR + 36);
  for (let power = FAR + 32; power >= FAR; power -= 4) sum = next(sum, d, power);
  return sum;
}
