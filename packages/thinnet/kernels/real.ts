/** @file Uniform and normal numbers: a random word an element. */
import { BELOW_ONE, constant, ONE, prepareConstants } from './constants';
import { NUMBERS, VALUES, WORDS } from './map';
import { transpose } from './memory';
import { normals, prepareNormal } from './normal';
import { draw } from './philox';
import { GAUSSIAN, head, UNIFORM } from './stream';

/** Elements that are drawn at once: eight times eight blocks. */
const GROUP: u32 = 256;

/** Writes ((word >> 9) + ½) / 2^23. */
export function uniform(out: usize, length: u32, offset: f64): void {
  fill(out, length, offset, UNIFORM, 0, 0);
}

/** Writes mean + std · Φ⁻¹((word + ½) / 2^32). */
export function gaussian(out: usize, length: u32, offset: f64, mean: f32, std: f32): void {
  prepareNormal();
  fill(out, length, offset, GAUSSIAN, mean, std);
}

function fill(out: usize, length: u32, offset: f64, purpose: u32, mean: f32, std: f32): void {
  prepareConstants();
  let element = <u64>offset;
  while (length > 0) {
    const skip = <u32>element & (GROUP - 1);
    const count = min(length, GROUP - skip);
    // A group begins at a multiple of 64 blocks, so it does not cross one of 2^32.
    const block = (element - skip) >> 2;
    head(block, purpose);
    const whole = count === GROUP;
    // Of a group that is cut off, only the blocks before its end.
    const times = (skip + count + 31) >> 5;
    drawWords(<u32>block, times);
    convert(whole ? out : VALUES, times, purpose, mean, std);
    if (!whole) memory.copy(out, VALUES + (skip << 2), count << 2);
    out += (<usize>count) << 2;
    element += count;
    length -= count;
  }
}

function drawWords(block: u32, times: u32): void {
  let numbers = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  const end = NUMBERS + (times << 5);
  for (let to = NUMBERS; to < end; to += 16) {
    v128.store(to, numbers);
    numbers = i32x4.add(numbers, i32x4.splat(4));
  }
  draw(NUMBERS, WORDS, times);
}

function convert(to: usize, times: u32, purpose: u32, mean: f32, std: f32): void {
  const end = WORDS + (times << 7);
  if (purpose === UNIFORM) {
    for (let from = WORDS; from < end; from += 64, to += 64)
      transpose(fraction(from), fraction(from + 16), fraction(from + 32), fraction(from + 48), to);
    return;
  }
  normals(WORDS, end);
  const centre = f32x4.splat(mean);
  const spread = f32x4.splat(std);
  for (let from = WORDS; from < end; from += 64, to += 64)
    transpose(
      scaled(from, centre, spread),
      scaled(from + 16, centre, spread),
      scaled(from + 32, centre, spread),
      scaled(from + 48, centre, spread),
      to,
    );
}

/** The bits of a number in [1, 2), less 1 − 2^-24. */
function fraction(at: usize): v128 {
  const bits = v128.or(i32x4.shr_u(v128.load(at), 9), constant(ONE));
  return f32x4.sub(bits, constant(BELOW_ONE));
}

function scaled(at: usize, mean: v128, std: v128): v128 {
  return f32x4.add(mean, f32x4.mul(std, v128.load(at)));
}
