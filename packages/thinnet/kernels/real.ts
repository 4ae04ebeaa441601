/** @file Uniform and normal numbers: a random word an element. */
import { VALUES, WORDS } from './map';
import { transpose } from './memory';
import { normal } from './normal';
import { eightBlocks } from './philox';
import { GAUSSIAN, head, UNIFORM } from './stream';

/** Elements that come from one call of `eightBlocks`. */
const GROUP: u32 = 32;

/** Writes ((word >> 9) + ½) / 2^23. */
export function uniform(out: usize, length: u32, offset: f64): void {
  fill(out, length, offset, UNIFORM, 0, 0);
}

/** Writes mean + std · Φ⁻¹((word + ½) / 2^32). */
export function gaussian(out: usize, length: u32, offset: f64, mean: f32, std: f32): void {
  fill(out, length, offset, GAUSSIAN, mean, std);
}

function fill(out: usize, length: u32, offset: f64, purpose: u32, mean: f32, std: f32): void {
  let element = <u64>offset;
  while (length > 0) {
    const skip = <u32>element & (GROUP - 1);
    const count = min(length, GROUP - skip);
    // A group is eight blocks from a multiple of eight on, so it does not cross one of 2^32.
    const block = (element - skip) >> 2;
    head(block, purpose);
    const a = i32x4.add(i32x4.splat(<u32>block), i32x4(0, 1, 2, 3));
    eightBlocks(a, i32x4.add(a, i32x4.splat(4)), WORDS);
    const whole = count === GROUP;
    const to = whole ? out : VALUES;
    for (let half: usize = 0; half < 128; half += 64)
      transpose(
        value(WORDS + half, purpose, mean, std),
        value(WORDS + half + 16, purpose, mean, std),
        value(WORDS + half + 32, purpose, mean, std),
        value(WORDS + half + 48, purpose, mean, std),
        to + half,
      );
    if (!whole) memory.copy(out, VALUES + (skip << 2), count << 2);
    out += (<usize>count) << 2;
    element += count;
    length -= count;
  }
}

function value(at: usize, purpose: u32, mean: f32, std: f32): v128 {
  const words = v128.load(at);
  return purpose === UNIFORM ? fraction(words) : scaled(normal(words), mean, std);
}

/** The bits of a number in [1, 2), less 1 − 2^-24. */
function fraction(words: v128): v128 {
  const bits = v128.or(i32x4.shr_u(words, 9), i32x4.splat(0x3f800000));
  return f32x4.sub(bits, f32x4.splat(0.999999940395355224609375));
}

function scaled(z: v128, mean: f32, std: f32): v128 {
  return f32x4.add(f32x4.splat(mean), f32x4.mul(f32x4.splat(std), z));
}
