/** @file Features multiplied by a mask; `values` has been told that a kept element's bits are all 1. */
import { four } from './expand';

/** out = x · scale where a bit is 1, +0 where it is 0. */
export function thinFloat32s(bits: usize, out: usize, x: usize, count: u32, scale: f32): void {
  const factor = f32x4.splat(scale);
  const end = out + ((<usize>(count & ~15)) << 2);
  for (; out < end; out += 64, x += 64, bits += 2) {
    const word = <u32>load<u16>(bits);
    v128.store(out, v128.and(f32x4.mul(v128.load(x), factor), four(word << 4)));
    v128.store(out, v128.and(f32x4.mul(v128.load(x, 16), factor), four(word)), 16);
    v128.store(out, v128.and(f32x4.mul(v128.load(x, 32), factor), four(word >> 4)), 32);
    v128.store(out, v128.and(f32x4.mul(v128.load(x, 48), factor), four(word >> 8)), 48);
  }
  const tail = <u32>load<u16>(bits);
  for (let i: u32 = 0; i < (count & 15); i++, x += 4, out += 4)
    store<f32>(out, (tail >> i) & 1 ? load<f32>(x) * scale : 0);
}

/** The same for features of a byte each. */
export function thinUint8s(bits: usize, out: usize, x: usize, count: u32, scale: f32): void {
  const factor = f32x4.splat(scale);
  const end = out + ((<usize>(count & ~7)) << 2);
  for (; out < end; out += 32, x += 8, bits++) {
    const byte = <u32>load<u8>(bits);
    const wide = v128.load_ext<u8>(x);
    const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(wide));
    const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(wide));
    v128.store(out, v128.and(f32x4.mul(low, factor), four(byte << 4)));
    v128.store(out, v128.and(f32x4.mul(high, factor), four(byte)), 16);
  }
  const tail = <u32>load<u8>(bits);
  for (let i: u32 = 0; i < (count & 7); i++, x++, out += 4)
    store<f32>(out, (tail >> i) & 1 ? <f32>(<u32>load<u8>(x)) * scale : 0);
}
