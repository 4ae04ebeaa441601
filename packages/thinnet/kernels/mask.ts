/** @file Masks as packed bits and as indices. */
import { bits, nextBits, seek } from './bits';

/** Writes the mask as bits; the last byte is filled up with zeros. */
export function maskBits(out: usize, length: u32, offset: f64): void {
  seek(offset, length);
  // How many bits of the byte at `out` are written already: not 0 after a first batch of an odd length.
  let phase: u32 = 0;
  for (let count = nextBits(); count > 0; count = nextBits()) {
    append(out, phase, count);
    out += (phase + count) >> 3;
    phase = (phase + count) & 7;
  }
}

/** Writes the first `count` of the batch from bit `phase` of the byte at `out` on. */
function append(out: usize, phase: u32, count: u32): void {
  let from = bits();
  if (phase === 0) {
    memory.copy(out, from, count >> 3);
    from += count >> 3;
    out += count >> 3;
    count &= 7;
    if (count !== 0) store<u8>(out, load<u8>(from) & lowBits(count));
    return;
  }
  for (; count > 0; out++, from++) {
    const byte = load<u8>(from) & lowBits(count);
    store<u8>(out, load<u8>(out) | (byte << (<u8>phase)));
    if (phase + count > 8) store<u8>(out, byte >> <u8>(8 - phase), 1);
    count -= min(count, 8);
  }
}

function lowBits(count: u32): u8 {
  return <u8>(((<u32>1) << min(count, 8)) - 1);
}

/** Writes the numbers of the kept elements, that of element `offset` being `base`; returns how many. */
export function maskIndices(out: usize, length: u32, offset: f64, base: u32): u32 {
  seek(offset, length);
  const begin = out;
  for (let count = nextBits(); count > 0; base += count, count = nextBits())
    for (let i: u32 = 0; i < count; i += 64) {
      let word = load<u64>(bits() + (i >> 3));
      if (count - i < 64) word &= ((<u64>1) << (count - i)) - 1;
      for (; word !== 0; word &= word - 1, out += 4) store<u32>(out, base + i + <u32>ctz(word));
    }
  return <u32>((out - begin) >> 2);
}
