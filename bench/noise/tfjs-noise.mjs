/** @file Noise by TensorFlow.js on its WebAssembly backend with SIMD, as one line of JSON. Masks are tf.dropout of a tensor of features. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import { CACHED, measure, PIECE, report } from './measure.mjs';

// The library logs that a native build for Node exists; the one line of JSON below must stand alone.
console.log = console.warn = console.info = console.error;

const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
wasm.setWasmPaths(`${folder}/`);
wasm.setThreadsCount(1);
if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend does not start');

// Tensors of the two sizes that are drawn; a part of a tensor would be a copy.
const features = new Map([PIECE, CACHED].map((length) => [length, tf.fill([length], 0.5)]));

/** @typedef {import('./measure.mjs').Draw} Draw */
/** @type {(rate: number) => Draw} */
const mask = (rate) => (_, length) => tf.dropout(features.get(length), rate).dispose();
/** @type {Draw} */
const uniform = (_, length) => tf.randomUniform([length]).dispose();
/** @type {Draw} */
const gaussian = (_, length) => tf.randomNormal([length]).dispose();

const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
report(
  `TensorFlow.js ${tf.version.tfjs}, wasm${simd ? ', SIMD' : ''}`,
  await measure(
    { mask30: mask(0.3), mask10: mask(0.1), mask50: mask(0.5), uniform, gaussian },
    { cached30: mask(0.3), cached50: mask(0.5) },
    0.5,
  ),
);
process.exit(0);
