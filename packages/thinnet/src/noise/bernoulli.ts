/** @file What is made of a mask's bits: values, packed bits, indices, thinned features. The plain reference implementations. */
import type { BernoulliDraw, BitsDraw, DropoutDraw, IndicesDraw } from './draws.js';
import { checkRoom } from './draws-check.js';
import { visitMask } from './mask-bits.js';

/** Fills part of a mask with `dropped` and `kept`, both rounded to float32; `visitMask` says which elements are dropped. */
export function fillBernoulli(out: Float32Array, draw: BernoulliDraw): void {
  const { dropped, kept } = draw;
  visitMask(draw, out.length, (word, base) => {
    const end = Math.min(32, out.length - base);
    for (let i = Math.max(0, -base); i < end; i++) out[base + i] = (word >>> i) & 1 ? kept : dropped;
  });
}

/** Fills ⌈length / 8⌉ bytes with the mask, a bit an element, 1 where kept; the last byte is filled up with zeros. */
export function fillBits(out: Uint8Array, draw: BitsDraw): void {
  const { length } = draw;
  checkRoom('packed bits', out.length, Math.ceil(length / 8));
  out.fill(0, 0, Math.ceil(length / 8));
  visitMask(draw, length, (word, base) => {
    const end = Math.min(32, length - base);
    for (let i = Math.max(0, -base); i < end; i++)
      out[(base + i) >>> 3]! |= ((word >>> i) & 1) << ((base + i) & 7);
  });
}

/** Writes, in order, the i < length for which element offset + i is kept; returns how many. */
export function keptIndices(out: Int32Array, draw: IndicesDraw): number {
  const { length } = draw;
  checkRoom('kept indices', out.length, length);
  let count = 0;
  visitMask(draw, length, (word, base) => {
    const end = Math.min(32, length - base);
    for (let i = Math.max(0, -base); i < end; i++) if ((word >>> i) & 1) out[count++] = base + i;
  });
  return count;
}

/** out = x · scale where kept, +0 where dropped; the product of the float32 x and the float32 scale, rounded to float32. */
export function applyDropout(out: Float32Array, x: Float32Array | Uint8Array, draw: DropoutDraw): void {
  checkRoom('thinned features', out.length, x.length);
  const scale = Math.fround(draw.scale);
  visitMask(draw, x.length, (word, base) => {
    const end = Math.min(32, x.length - base);
    for (let i = Math.max(0, -base); i < end; i++)
      out[base + i] = (word >>> i) & 1 ? (x[base + i] as number) * scale : 0;
  });
}
