/** @file A mask and the features that it thins, at once. */
import { bits, nextBits, seek } from './bits';
import { four, values } from './expand';

/** out = x · scale where kept, +0 where dropped, for float32 features. */
export function thinFloat32(out: usize, x: usize, length: u32, offset: f64, scale: f32): void {
  values(0, 0xffffffff);
  seek(offset, length);
  for (let count = nextBits(); count > 0; count = nextBits()) {
    let from = bits();
    let done: u32 = 0;
    for (; done + 8 <= count; done += 8, from++, x += 32, out += 32) {
      const byte = <u32>load<u8>(from);
      v128.store(out, thinFour(v128.load(x), scale, byte << 4));
      v128.store(out, thinFour(v128.load(x, 16), scale, byte), 16);
    }
    const byte = <u32>load<u8>(from);
    for (let i: u32 = 0; done < count; done++, i++, x += 4, out += 4)
      store<f32>(out, (byte >> i) & 1 ? load<f32>(x) * scale : 0);
  }
}

/** The same for features of a byte each. */
export function thinUint8(out: usize, x: usize, length: u32, offset: f64, scale: f32): void {
  values(0, 0xffffffff);
  seek(offset, length);
  for (let count = nextBits(); count > 0; count = nextBits()) {
    let from = bits();
    let done: u32 = 0;
    for (; done + 8 <= count; done += 8, from++, x += 8, out += 32) {
      const byte = <u32>load<u8>(from);
      const wide = v128.load_ext<u8>(x);
      v128.store(out, thinFour(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(wide)), scale, byte << 4));
      v128.store(out, thinFour(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(wide)), scale, byte), 16);
    }
    const byte = <u32>load<u8>(from);
    for (let i: u32 = 0; done < count; done++, i++, x++, out += 4)
      store<f32>(out, (byte >> i) & 1 ? <f32>(<u32>load<u8>(x)) * scale : 0);
  }
}

function thinFour(x: v128, scale: f32, bits: u32): v128 {
  return v128.and(f32x4.mul(x, f32x4.splat(scale)), four(bits));
}
