/** @file Moving bits and words. */

/** Writes the transpose of a 4 × 4 matrix of 32-bit words, given by its rows. */
export function transpose(r0: v128, r1: v128, r2: v128, r3: v128, to: usize): void {
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(to, v128.shuffle<i64>(low01, low23, 1, 3), 16);
  v128.store(to, v128.shuffle<i64>(high01, high23, 0, 2), 32);
  v128.store(to, v128.shuffle<i64>(high01, high23, 1, 3), 48);
}

/** The `skip`-th and the 63 following bits of those at `from`. */
export function bitsAt(from: usize, skip: u32): u64 {
  const byte = from + (skip >> 3);
  const by = <u64>(skip & 7);
  // In two steps, as a shift by 64 would be one by 0.
  return (load<u64>(byte) >> by) | (((<u64>load<u8>(byte, 8)) << 1) << (63 - by));
}

/** Copies `count` bits, from the `skip`-th on, to the beginning of `to`, in words of 64; the two may be the same. */
export function moveBits(from: usize, skip: u32, to: usize, count: u32): void {
  for (let done: u32 = 0; done < count; done += 64) store<u64>(to + (done >> 3), bitsAt(from, skip + done));
}
