/**
 * @file Noise by Thinnet, as one line of JSON.
 *
 * Usage: thinnet-noise.mjs [--kernels simd|typescript] [--into arena|array|features]
 * `arena` draws masks into memory that ONNX Runtime reads without a copy, `array` into an ordinary Float32Array, `features` draws
 * no masks but features that are thinned by them (out = x ∘ mask, float32), in an arena.
 */
import { parseArgs } from 'node:util';
import { NoiseArena, referenceKernels, simdKernels } from 'thinnet';
import { ELEMENTS, measure, report } from './measure.mjs';

const { values } = parseArgs({
  options: {
    kernels: { type: 'string', default: 'simd' },
    into: { type: 'string', default: 'arena' },
  },
});
const kernels = values.kernels === 'simd' ? simdKernels() : referenceKernels;
if (kernels === undefined) throw new Error('this engine has no WebAssembly SIMD');

const arena = new NoiseArena(values.into === 'array' ? 0 : NoiseArena.bytesFor(4 * ELEMENTS, 4 * ELEMENTS));
const array = () => (values.into === 'array' ? new Float32Array(ELEMENTS) : arena.float32(ELEMENTS));
const out = array();
const features = array().fill(0.5);
const bytes = new Uint8Array(out.buffer, out.byteOffset, ELEMENTS);
const [seed, step, site] = [1, 2, 3];

/** @typedef {import('./measure.mjs').Draw} Draw */
/** @type {(rate: number) => Draw} */
const mask = (rate) =>
  values.into === 'features'
    ? (offset, length) => {
        const x = features.subarray(offset, offset + length);
        const scale = 1 / (1 - rate);
        kernels.applyDropout(out.subarray(offset, offset + length), x, {
          seed,
          step,
          site,
          rate,
          offset,
          scale,
        });
      }
    : (offset, length) => {
        const kept = 1 / (1 - rate);
        const to = out.subarray(offset, offset + length);
        kernels.fillBernoulli(to, { seed, step, site, rate, offset, dropped: 0, kept });
      };
/** @type {(rate: number) => Draw} */
const bits = (rate) => (offset, length) =>
  kernels.fillBits(bytes.subarray(offset / 8, (offset + length) / 8), {
    seed,
    step,
    site,
    rate,
    offset,
    length,
  });
/** @type {Draw} */
const uniform = (offset, length) =>
  kernels.fillUniform(out.subarray(offset, offset + length), { seed, step, site, offset });
/** @type {Draw} */
const gaussian = (offset, length) =>
  kernels.fillGaussian(out.subarray(offset, offset + length), { seed, step, site, offset, mean: 0, std: 1 });

const masks = { mask30: mask(0.3), mask10: mask(0.1), mask50: mask(0.5) };
const others = { bits30: bits(0.3), bits50: bits(0.5), uniform, gaussian };
report(
  `Thinnet, ${kernels.name}`,
  await measure(
    values.into === 'features' ? masks : { ...masks, ...others },
    { cached30: mask(0.3), cached50: mask(0.5) },
    values.kernels === 'simd' ? 4 : 0.5,
  ),
);
