/** @file Uniform noise: what decides, inside the graph, where a rate is learned or depends on the input. */
import { checkInteger, checkStream, drawBlock } from './counter.js';
import type { Draw } from './draws.js';
import { checkDraw } from './draws-check.js';
import { ELEMENTS } from './mask-bits.js';

/**
 * Fills `out` with uniform numbers: element e is (⌊w(e) / 2^9⌋ + ½) / 2^23, where w(e) is word e mod 4 of block ⌊e / 4⌋ of the
 * `uniform` stream. All are exact in float32, strictly between 0 and 1, and symmetric about ½, so logarithms of u and
 * 1 − u are finite.
 *
 * Errors: seed, step, site or an element out of range.
 */
export function fillUniformNoise(out: Float32Array, draw: Draw): void {
  checkDraw(draw);
  const { seed, step, site, offset = 0 } = draw;
  const stream = checkStream({ seed, purpose: 'uniform', step, site });
  checkInteger('offset', offset, ELEMENTS - out.length + 1);
  const words = new Uint32Array(4);
  for (let i = 0; i < out.length; i++) {
    const lane = (offset + i) % 4;
    if (i === 0 || lane === 0) drawBlock(stream, Math.floor((offset + i) / 4), words);
    out[i] = (((words[lane] as number) >>> 9) + 0.5) * 2 ** -23;
  }
}
