/** @file The bits of a mask, 1 where kept, drawn in batches of up to 4,096 elements: all masks are made of these. */
import { BATCH, BATCH_A, BATCH_B, NUMBERS, PLANES, REFINED, TIED, TIES } from './map';
import { moveBits, transpose } from './memory';
import { draw } from './philox';
import { head, MASK, REFINE } from './stream';

/** Elements whose bits are drawn together: eight groups of 128, so that every drawing of eight blocks is full. */
export const CHUNK: u32 = 1024;

let drawn: usize = BATCH_A;
let ready: usize = BATCH_B;

let first: u32 = 0;
let rest: u32 = 0;
let planes: u32 = 0;

/** Chooses the threshold, as taken apart by threshold.ts. */
export function limit(newFirst: u32, newRest: u32, newPlanes: u32): void {
  first = newFirst;
  rest = newRest;
  planes = newPlanes;
}

/** The next element, and how many are left. */
let position: u64 = 0;
let left: u32 = 0;
/** The batch that is being drawn: its first chunk's first element, how many before the first one wanted, where it ends, where it is. */
let start: u64 = 0;
let skip: u32 = 0;
let end: u32 = 0;
let at: u32 = 0;

/** Chooses the elements. */
export function seek(offset: f64, length: u32): void {
  position = <u64>offset;
  left = length;
}

/** Where the bits of the last complete batch are, the first element's at bit 0. */
export function bits(): usize {
  return ready;
}

/** All of a batch in one go. Returns of how many elements `bits` are: 0 at the end. */
export function nextBits(): u32 {
  startBatch();
  while (nextChunk());
  return endBatch();
}

export function startBatch(): void {
  // No batch crosses a multiple of 4,096 elements, so none crosses one of 2^32 blocks.
  const count = min(left, BATCH - (<u32>position & (BATCH - 1)));
  skip = <u32>position & (CHUNK - 1);
  start = position - skip;
  end = count === 0 ? 0 : skip + count;
  at = 0;
}

/** Draws a chunk. Returns false when the batch has no more. */
export function nextChunk(): bool {
  if (at >= end) return false;
  drawChunk(start + at, at >> 3);
  at += CHUNK;
  return true;
}

/** Settles the ties and makes the batch the one that is used. Returns of how many elements. */
export function endBatch(): u32 {
  if (end === 0) return 0;
  if (rest !== 0) refine();
  const count = end - skip;
  if (skip !== 0) moveBits(drawn, skip, drawn, count);
  const free = ready;
  ready = drawn;
  drawn = free;
  position += count;
  left -= count;
  return count;
}

function drawChunk(element: u64, byte: usize): void {
  const block = element >> 4;
  head(block, MASK);
  let a = i32x4.add(i32x4.splat(<u32>block), i32x4(0, 8, 16, 24));
  for (let to = NUMBERS; to < NUMBERS + 32 * planes; to += 32) {
    v128.store(to, a);
    v128.store(to, i32x4.add(a, i32x4.splat(32)), 16);
    a = i32x4.add(a, i32x4.splat(1));
  }
  draw(NUMBERS, PLANES, planes);
  compare(PLANES, byte);
  compare(PLANES + 64, byte + 64);
}

/** Compares the bit planes of four groups with the threshold, from the last plane to the first, as the reference does. */
function compare(from: usize, byte: usize): void {
  const ones = i32x4.splat(-1);
  // What equals the threshold is not below it; but where no plane decides, the rate is 0 or 1.
  let kept0 = i32x4.splat(first < 256 ? -1 : 0);
  let kept1 = kept0;
  let kept2 = kept0;
  let kept3 = kept0;
  let tied0 = ones;
  let tied1 = ones;
  let tied2 = ones;
  let tied3 = ones;
  for (let plane = planes; plane-- > 0; ) {
    const at = from + 128 * plane;
    const bits0 = v128.load(at);
    const bits1 = v128.load(at, 16);
    const bits2 = v128.load(at, 32);
    const bits3 = v128.load(at, 48);
    if ((first >> (7 - plane)) & 1) {
      kept0 = v128.and(kept0, bits0);
      kept1 = v128.and(kept1, bits1);
      kept2 = v128.and(kept2, bits2);
      kept3 = v128.and(kept3, bits3);
      tied0 = v128.and(tied0, bits0);
      tied1 = v128.and(tied1, bits1);
      tied2 = v128.and(tied2, bits2);
      tied3 = v128.and(tied3, bits3);
    } else {
      kept0 = v128.or(kept0, bits0);
      kept1 = v128.or(kept1, bits1);
      kept2 = v128.or(kept2, bits2);
      kept3 = v128.or(kept3, bits3);
      tied0 = v128.andnot(tied0, bits0);
      tied1 = v128.andnot(tied1, bits1);
      tied2 = v128.andnot(tied2, bits2);
      tied3 = v128.andnot(tied3, bits3);
    }
  }
  transpose(kept0, kept1, kept2, kept3, drawn + byte);
  if (rest !== 0) transpose(tied0, tied1, tied2, tied3, TIED + byte);
}

/** Settles a batch's ties, up to 32 at a time: dropped when the refine word is below the threshold's rest. */
function refine(): void {
  const ties = listTies();
  const block = start >> 2;
  const low = i32x4.splat(<u32>block);
  head(block, REFINE);
  for (let i: u32 = 0; i < ties; i += 32) {
    const from = TIES + 4 * i;
    const count = min(ties - i, 32);
    for (let at: usize = 0; at < 4 * count; at += 16)
      v128.store(NUMBERS + at, i32x4.add(low, i32x4.shr_u(v128.load(from + at), 2)));
    draw(NUMBERS, REFINED, (count + 7) >> 3);
    for (let j: u32 = 0; j < count; j++) {
      const e = load<u32>(from + 4 * j);
      const word = load<u32>(REFINED + ((j >> 2) << 6) + ((e & 3) << 4) + ((j & 3) << 2));
      const byte = drawn + (e >> 3);
      store<u8>(byte, <u32>load<u8>(byte) & ~((<u32>(word < rest)) << (e & 7)));
    }
  }
}

function listTies(): u32 {
  let to = TIES;
  for (let base: u32 = 0; base < end; base += 64) {
    let word = load<u64>(TIED + (base >> 3));
    do {
      // Written even where there is none, and then written over: whether a word has one tie cannot be predicted.
      store<u32>(to, base + <u32>ctz(word));
      to += (<usize>(word !== 0)) << 2;
      word &= word - 1;
    } while (word !== 0);
  }
  return <u32>((to - TIES) >> 2);
}
