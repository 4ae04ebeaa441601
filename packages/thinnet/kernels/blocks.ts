/** @file Masks with square holes: the corners are a mask's dropped elements; holes grow from them by shifting a whole plane. */
import { bits, nextBits, seek } from './bits';
import { expand, values } from './expand';
import { PLANE } from './map';
import { bitsAt, moveBits } from './memory';

/** The corners' bits that are not used yet: how many the batch has, and the next one. */
let drawn: u32 = 0;
let used: u32 = 0;

/**
 * Writes 0 in holes of size × size and `kept` elsewhere, for the elements `skip` … of the plane numbered `plane` and of those
 * after it; returns how many are kept.
 */
export function blocks(
  out: usize,
  length: u32,
  plane: f64,
  skip: u32,
  height: u32,
  width: u32,
  size: u32,
  kept: f32,
): u32 {
  values(0, reinterpret<u32>(kept));
  const rows = height - size + 1;
  const columns = width - size + 1;
  const area = height * width;
  const planes = (skip + length + area - 1) / area;
  seek(plane * (<f64>rows * <f64>columns), planes * rows * columns);
  drawn = used = 0;
  let total: u32 = 0;
  while (length > 0) {
    memory.fill(PLANE, 0, ((area + 63) >> 6) << 3);
    for (let row: u32 = 0; row < rows; row++) placeCorners(row * width, columns);
    grow(area, 1, size);
    grow(area, width, size);
    const count = min(length, area - skip);
    invert(area);
    if (skip !== 0) moveBits(PLANE, skip, PLANE, count);
    total += countOnes(count);
    expand(PLANE, out, count);
    out += (<usize>count) << 2;
    length -= count;
    skip = 0;
  }
  return total;
}

/** Writes the next `count` corners to the plane's bits from `at` on. */
function placeCorners(at: u32, count: u32): void {
  while (count > 0) {
    if (used === drawn) {
      drawn = nextBits();
      used = 0;
    }
    const n = min(min(count, drawn - used), 32);
    // Dropped elements are the corners.
    const corners = ~bitsAt(bits(), used) & (((<u64>1) << n) - 1);
    const to = PLANE + (at >> 3);
    store<u64>(to, load<u64>(to) | (corners << (at & 7)));
    at += n;
    used += n;
    count -= n;
  }
}

/** Widens every hole to `size` times `step`: a union with itself, shifted, twice as wide each time. */
function grow(area: u32, step: u32, size: u32): void {
  for (let reach: u32 = 1; reach < size; ) {
    const more = min(reach, size - reach);
    shiftOr(area, more * step);
    reach += more;
  }
}

/** Bits |= bits << by, for the whole plane, from its end. */
function shiftOr(area: u32, by: u32): void {
  const words = <usize>((by >> 6) << 3);
  const low = <u64>(by & 63);
  for (let at = (<usize>((area - 1) >> 6)) << 3; at >= words; at -= 8) {
    const from = PLANE + at - words;
    let bits = load<u64>(from) << low;
    if (low !== 0 && at > words) bits |= load<u64>(from - 8) >> (64 - low);
    store<u64>(PLANE + at, load<u64>(PLANE + at) | bits);
    if (at === 0) break;
  }
}

function invert(area: u32): void {
  const end = PLANE + (((area + 63) >> 6) << 3);
  for (let at = PLANE; at < end; at += 8) store<u64>(at, ~load<u64>(at));
}

function countOnes(count: u32): u32 {
  let total: u64 = 0;
  for (let done: u32 = 0; done < count; done += 64) {
    let word = load<u64>(PLANE + (done >> 3));
    if (count - done < 64) word &= ((<u64>1) << (count - done)) - 1;
    total += popcnt(word);
  }
  return <u32>total;
}
