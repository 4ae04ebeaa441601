/**
 * @file How the noise benchmark measures: the time of drawing an element, in nanoseconds, on one thread.
 *
 * Out of cache a tensor of 16 Mi elements (64 MiB as float32) is walked in pieces of 256 Ki; in cache an array of 32 Ki is drawn
 * again and again. Each piece is timed, and the median of the pieces is the figure: pieces are short, so that few of them
 * are interrupted where the machine is shared.
 */

export const ELEMENTS = 2 ** 24;
export const PIECE = 2 ** 18;
export const CACHED = 2 ** 15;

/** Draws `length` elements from `offset` on. @typedef {(offset: number, length: number) => unknown} Draw */

/** @type {(draw: Draw, length: number, offsets: readonly number[], repeats: number) => Promise<number>} */
async function nanoseconds(draw, length, offsets, repeats) {
  const times = [];
  for (const offset of offsets) {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) {
      const drawn = draw(offset, length);
      if (drawn instanceof Promise) await drawn;
    }
    times.push(((performance.now() - start) * 1e6) / (length * repeats));
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1] ?? Number.NaN;
}

/**
 * Measures every case.
 * @type {(large: Record<string, Draw>, cached: Record<string, Draw>, passes?: number) => Promise<Record<string, number>>}
 */
export async function measure(large, cached, passes = 4) {
  // Until everything is compiled for good.
  for (const draw of Object.values({ ...large, ...cached })) {
    await nanoseconds(draw, CACHED, [0], 40);
    await nanoseconds(draw, CACHED, [0], 40);
  }
  await new Promise((done) => setTimeout(done, 300));
  const walk = Array.from({ length: ELEMENTS / PIECE }, (_, i) => i * PIECE);
  const offsets = passes < 1 ? walk.slice(0, walk.length * passes) : Array(passes).fill(walk).flat();
  /** @type {Record<string, number>} */
  const results = {};
  for (const [key, draw] of Object.entries(large)) results[key] = await nanoseconds(draw, PIECE, offsets, 1);
  const again = Array(Math.ceil(offsets.length / 4)).fill(0);
  for (const [key, draw] of Object.entries(cached)) results[key] = await nanoseconds(draw, CACHED, again, 8);
  return results;
}

/** Prints the one line of JSON. @type {(version: string, results: Record<string, number>) => void} */
export function report(version, results) {
  process.stdout.write(`${JSON.stringify({ ...results, version, threads: 1 })}\n`);
}
