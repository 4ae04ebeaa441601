/** @file Noise by jax-js on its WebAssembly backend, compiled by its jit, as one line of JSON. A mask is random.bernoulli. */
import { createRequire } from 'node:module';
import { CACHED, measure, PIECE, report } from './measure.mjs';

// The library asks the browser's navigator for a GPU; Node 20 has none.
globalThis.navigator ??= /** @type {any} */ ({});
const { defaultDevice, init, jit, random } = await import('@jax-js/jax');
await init('wasm');
defaultDevice('wasm');

let seed = 0;
/** Compiled for the two lengths that are drawn. @type {(draw: (key: any, shape: number[]) => any) => import('./measure.mjs').Draw} */
function compiled(draw) {
  const functions = new Map([PIECE, CACHED].map((length) => [length, jit((key) => draw(key, [length]))]));
  return async (_, length) => {
    const drawn = functions.get(length)(random.key(seed++));
    await drawn.blockUntilReady();
    drawn.dispose();
  };
}
/** @type {(rate: number) => import('./measure.mjs').Draw} */
const mask = (rate) => compiled((key, shape) => random.bernoulli(key, rate, shape));

const { version } = createRequire(import.meta.url)('./../node_modules/@jax-js/jax/package.json');
report(
  `jax-js ${version}, wasm`,
  await measure(
    {
      mask30: mask(0.3),
      mask10: mask(0.1),
      mask50: mask(0.5),
      uniform: compiled((key, shape) => random.uniform(key, shape)),
      gaussian: compiled((key, shape) => random.normal(key, shape)),
    },
    { cached30: mask(0.3), cached50: mask(0.5) },
    0.5,
  ),
);
process.exit(0);
