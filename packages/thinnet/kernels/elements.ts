/** @file What is made of a mask, an element each: its values, or features that it thins. */
import { bits, CHUNK, endBatch, nextChunk, seek, startBatch } from './bits';
import { expand, values } from './expand';
import { thinFloat32s, thinUint8s } from './thin';

/** What is made, of what, and where it goes. */
const VALUES: u32 = 0;
const FLOAT32: u32 = 1;
const UINT8: u32 = 2;
let made: u32 = VALUES;
let x: usize = 0;
let out: usize = 0;
let scale: f32 = 0;

/** Writes `dropped` or `kept` for the elements offset … offset + length − 1. */
export function maskValues(to: usize, length: u32, offset: f64, dropped: f32, kept: f32): void {
  values(reinterpret<u32>(dropped), reinterpret<u32>(kept));
  made = VALUES;
  out = to;
  run(length, offset);
}

/** out = x · scale where kept, +0 where dropped, for float32 features. */
export function thinFloat32(to: usize, from: usize, length: u32, offset: f64, factor: f32): void {
  thin(FLOAT32, to, from, factor);
  run(length, offset);
}

/** The same for features of a byte each. */
export function thinUint8(to: usize, from: usize, length: u32, offset: f64, factor: f32): void {
  thin(UINT8, to, from, factor);
  run(length, offset);
}

function thin(what: u32, to: usize, from: usize, factor: f32): void {
  values(0, 0xffffffff);
  made = what;
  out = to;
  x = from;
  scale = factor;
}

/**
 * While the chunks of a batch are drawn, those of the batch before are written, so that writing never comes in bursts that
 * wait for memory.
 */
function run(length: u32, offset: f64): void {
  seek(offset, length);
  let ready: u32 = 0;
  do {
    let from = bits();
    startBatch();
    while (nextChunk()) {
      const count = min(ready, CHUNK);
      write(from, count);
      from += count >> 3;
      ready -= count;
    }
    write(from, ready);
    ready = endBatch();
  } while (ready > 0);
}

/** Makes the next `count` elements, of the bits at `from`. */
function write(from: usize, count: u32): void {
  if (made === VALUES) expand(from, out, count);
  else if (made === FLOAT32) {
    thinFloat32s(from, out, x, count, scale);
    x += (<usize>count) << 2;
  } else {
    thinUint8s(from, out, x, count, scale);
    x += count;
  }
  out += (<usize>count) << 2;
}
