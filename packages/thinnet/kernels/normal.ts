/** @file Four standard normal numbers from four random words: gaussian.ts, operation by operation. */

const SPLIT: f32 = 7;

/** Φ⁻¹((word + ½) / 2^32). */
export function normal(words: v128): v128 {
  const negative = i32x4.ge_s(words, i32x4.splat(0));
  const tail = v128.xor(words, i32x4.shr_s(words, 31));
  const half = f32x4.splat(0.5);
  const unit = f32x4.splat(2.3283064365386963e-10); // 2^-32
  const p = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(tail), half), unit);
  const centre = i32x4.sub(i32x4.splat(0x7fffffff), tail);
  const q = f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(centre), half), unit);
  const v = minusLog2(f32x4.mul(f32x4.mul(f32x4.splat(4), p), f32x4.add(half, q)));
  let ratio = near(v);
  const beyond = f32x4.gt(v, f32x4.splat(SPLIT));
  // For one vector in 64.
  if (v128.any_true(beyond)) ratio = v128.bitselect(far(v), ratio, beyond);
  const size = f32x4.mul(q, ratio);
  return v128.xor(size, v128.and(negative, f32x4.splat(-0.0)));
}

function minusLog2(t: v128): v128 {
  const bits = i32x4.sub(t, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.shr_s(bits, 23);
  const mantissa = i32x4.sub(t, i32x4.shl(exponent, 23));
  const one = f32x4.splat(1);
  const s = f32x4.div(f32x4.sub(mantissa, one), f32x4.add(mantissa, one));
  const y = f32x4.mul(s, s);
  let sum = f32x4.splat(0.5989738702774048);
  sum = next(sum, y, 0.9614707827568054);
  sum = next(sum, y, 2.8853912353515625);
  return f32x4.neg(f32x4.add(f32x4.convert_i32x4_s(exponent), f32x4.mul(s, sum)));
}

/** A step of Horner's rule. */
function next(sum: v128, x: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(sum, x), f32x4.splat(coefficient));
}

function near(v: v128): v128 {
  let sum = f32x4.splat(5.094339616817933e-9);
  sum = next(sum, v, -6.981521494253684e-8);
  sum = next(sum, v, -1.215099700857536e-6);
  sum = next(sum, v, 2.9948299925308675e-5);
  sum = next(sum, v, -0.00010586660937406123);
  sum = next(sum, v, -0.0021696065086871386);
  sum = next(sum, v, 0.015675194561481476);
  sum = next(sum, v, 0.45487135648727417);
  return next(sum, v, 2.5066280364990234);
}

function far(v: v128): v128 {
  const d = f32x4.sub(f32x4.sqrt(v), f32x4.splat(4));
  let sum = f32x4.splat(2.6881860321736895e-5);
  sum = next(sum, d, -3.30792932818017e-5);
  sum = next(sum, d, -0.00024970524827949703);
  sum = next(sum, d, 0.0008393927710130811);
  sum = next(sum, d, -0.0014636035775765777);
  sum = next(sum, d, 0.0024939943104982376);
  sum = next(sum, d, -0.004969890229403973);
  sum = next(sum, d, 0.008955161087214947);
  sum = next(sum, d, 2.369072914123535);
  return next(sum, d, 8.950722694396973);
}
