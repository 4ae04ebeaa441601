/**
 * @file What drawing a mask leaves for the garbage collector, as one line of JSON.
 *
 * Draws masks of 128 × 1024 elements, 512 KiB each, into memory of their own, as a training step does, and compares the
 * process's memory before and after, without a collection in between.
 *
 * Usage: node --expose-gc --max-semi-space-size=64 allocation.mjs [--draws 20000]
 */
import { parseArgs } from 'node:util';
import { fillNoise, noiseArrays } from 'thinnet';

const { values } = parseArgs({ options: { draws: { type: 'string', default: '20000' } } });
const draws = Number(values.draws);
const site = {
  id: 0,
  name: 'dropout1',
  kind: 'dropout',
  rate: 0.3,
  input: 'noise.dropout1',
  shape: ['N', 1024],
};
const [mask] = noiseArrays([128 * 1024]);
const draw = (/** @type {number} */ steps) => {
  for (let step = 0; step < steps; step++) fillNoise(site, { seed: 1, step }, mask);
};

draw(3000); // until everything is compiled
globalThis.gc?.();
const before = process.memoryUsage();
draw(draws);
const after = process.memoryUsage();
console.log(
  JSON.stringify({
    bufferBytes: Math.max(0, after.arrayBuffers - before.arrayBuffers) / draws,
    heapBytes: (after.heapUsed - before.heapUsed) / draws,
    draws,
    version: `Node ${process.version}`,
    threads: 1,
  }),
);
