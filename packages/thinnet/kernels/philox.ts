/** @file Philox4x32-10, eight blocks at once: four side by side in the lanes of a vector, two such groups interleaved. */
import { HEAD, KEYS } from './map';
import { M0, M1 } from './stream';

/** The upper halves of four 64-bit products. */
function high(low2: v128, high2: v128): v128 {
  return v128.shuffle<i32>(low2, high2, 1, 3, 5, 7);
}

function mulHigh(x: v128, m: v128): v128 {
  return high(i64x2.extmul_low_i32x4_u(x, m), i64x2.extmul_high_i32x4_u(x, m));
}

/**
 * Draws `count` times eight blocks. `from` holds the low words of their numbers, two vectors each time; `head` has been told the
 * rest. To `to` go eight vectors each time: the w-th holds word w of blocks 0 to 3, the (4 + w)-th that of blocks 4 to 7.
 *
 * The lower halves of the products are multiplied anew: shuffles are scarcer than multiplications on the machines at hand.
 * Two groups hide each other's latency; a third would need more registers than there are.
 */
export function draw(from: usize, to: usize, count: u32): void {
  const m0 = i32x4.splat(M0);
  const m1 = i32x4.splat(M1);
  const site = v128.load(HEAD);
  const x0 = v128.load(HEAD, 16);
  const x2 = v128.load(HEAD, 32);
  const x3 = v128.load(HEAD, 48);
  for (; count > 0; count--, from += 32, to += 128) {
    let a0 = v128.load(from);
    let b0 = v128.load(from, 16);
    // Round 1: words 0 and 1 are the same for all blocks.
    let a2 = v128.xor(mulHigh(a0, m0), site);
    let b2 = v128.xor(mulHigh(b0, m0), site);
    let a3 = i32x4.mul(a0, m0);
    let b3 = i32x4.mul(b0, m0);
    // Round 2.
    a0 = v128.xor(mulHigh(a2, m1), x0);
    b0 = v128.xor(mulHigh(b2, m1), x0);
    let a1 = i32x4.mul(a2, m1);
    let b1 = i32x4.mul(b2, m1);
    a2 = v128.xor(a3, x2);
    b2 = v128.xor(b3, x2);
    a3 = x3;
    b3 = x3;
    for (let key = KEYS + 64; key < KEYS + 320; key += 32) {
      const k0 = v128.load(key);
      const k1 = v128.load(key, 16);
      const aHigh0 = mulHigh(a0, m0);
      const aHigh1 = mulHigh(a2, m1);
      const aNext0 = v128.xor(a1, k0);
      const aNext2 = v128.xor(a3, k1);
      a1 = i32x4.mul(a2, m1);
      a3 = i32x4.mul(a0, m0);
      a0 = v128.xor(aHigh1, aNext0);
      a2 = v128.xor(aHigh0, aNext2);
      const bHigh0 = mulHigh(b0, m0);
      const bHigh1 = mulHigh(b2, m1);
      const bNext0 = v128.xor(b1, k0);
      const bNext2 = v128.xor(b3, k1);
      b1 = i32x4.mul(b2, m1);
      b3 = i32x4.mul(b0, m0);
      b0 = v128.xor(bHigh1, bNext0);
      b2 = v128.xor(bHigh0, bNext2);
    }
    v128.store(to, a0);
    v128.store(to, a1, 16);
    v128.store(to, a2, 32);
    v128.store(to, a3, 48);
    v128.store(to, b0, 64);
    v128.store(to, b1, 80);
    v128.store(to, b2, 96);
    v128.store(to, b3, 112);
  }
}
