/**
 * @file What a mask is measured against in plain JavaScript, as one line of JSON: copying as many bytes, or a loop over Math.random.
 *
 * Usage: plain-noise.mjs --by copy|random
 */
import { parseArgs } from 'node:util';
import { ELEMENTS, measure, report } from './measure.mjs';

const { values } = parseArgs({ options: { by: { type: 'string', default: 'copy' } } });
const out = new Float32Array(ELEMENTS).fill(1);
const source = new Float32Array(ELEMENTS).fill(2);

/** @typedef {import('./measure.mjs').Draw} Draw */
/** @type {Draw} */
const copy = (offset, length) => out.set(source.subarray(offset, offset + length), offset);
/** @type {(rate: number) => Draw} */
const random = (rate) => (offset, length) => {
  const kept = 1 / (1 - rate);
  for (let i = offset; i < offset + length; i++) out[i] = Math.random() < rate ? 0 : kept;
};
/** @type {Draw} */
const uniform = (offset, length) => {
  for (let i = offset; i < offset + length; i++) out[i] = Math.random();
};

report(
  `Node ${process.version}`,
  values.by === 'copy'
    ? await measure({ mask30: copy, mask10: copy, mask50: copy }, { cached30: copy, cached50: copy })
    : await measure(
        { mask30: random(0.3), mask10: random(0.1), mask50: random(0.5), uniform },
        { cached30: random(0.3), cached50: random(0.5) },
        0.5,
      ),
);
