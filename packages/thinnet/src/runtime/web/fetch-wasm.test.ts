/** @file The download of ONNX Runtime's WebAssembly, in Chromium. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BrowserPage, describeBrowser } from '../../testing/browser.js';
import type { WebTests } from '../../testing/web-entry.js';
import { openWebPage } from '../../testing/web-page.js';

declare const webTests: WebTests;

const wasmFile = 'ort-wasm-simd-threaded.wasm';

describeBrowser('fetchWasm', () => {
  let chromium: BrowserPage;
  beforeAll(async () => {
    chromium = await openWebPage();
  });
  afterAll(() => chromium?.close());

  const train = (options: Partial<Parameters<WebTests['train']>[1]>) =>
    chromium.page.evaluate((given) => webTests.train('dense', given), { epochs: 1, ...options });
  const requested = (pattern: RegExp): number =>
    chromium.requests.filter((path) => pattern.test(path)).length;

  it('reports progress, and fetches once: the next time it comes from the cache', async () => {
    const twice = await chromium.page.evaluate(async (file) => {
      return [await webTests.download(`/${file}?twice`), await webTests.download(`/${file}?twice`)];
    }, wasmFile);
    expect(requested(/^\/ort.*\.wasm\?twice$/)).toBe(1);
    const [first, second] = twice;
    const size = first?.size as number;
    expect(size).toBeGreaterThan(10e6);
    expect(first?.seen.length).toBeGreaterThan(3);
    const counts = first?.seen.map(({ received }) => received) as number[];
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(first?.seen.every(({ total, cached }) => total === size && !cached)).toBe(true);
    expect(first?.seen.at(-1)?.received).toBe(size);
    expect(second).toEqual({ size, seen: [{ received: size, total: size, cached: true }] });
  });

  it('gives bytes that a trainer takes instead of fetching', async () => {
    await chromium.page.evaluate((file) => webTests.fetchWasm(`/${file}`), wasmFile);
    const found = await train({});
    const before = requested(/\.wasm$/);
    const fetched = await train({ fetched: `/${wasmFile}` });
    expect(requested(/\.wasm$/) - before).toBe(0);
    expect(fetched.losses).toEqual(found.losses);
    // An address is the page's, not the worker's.
    const addressed = await train({ wasm: `./${wasmFile}?addressed` });
    expect(addressed.losses).toEqual(found.losses);
    expect(requested(/^\/ort.*\.wasm\?addressed$/)).toBe(1);
  });

  it('keeps nothing with cache: false', async () => {
    const before = requested(/^\/ort.*\.wasm$/);
    await chromium.page.evaluate(async (file) => {
      for (let i = 0; i < 2; i++) await webTests.download(`/${file}?fresh`, { cache: false });
    }, wasmFile);
    expect(requested(/^\/ort.*\.wasm\?fresh$/)).toBe(2);
    expect(requested(/^\/ort.*\.wasm$/)).toBe(before);
  });

  it('knows how much there is where the server says so, or is told where it compresses', async () => {
    const seen = await chromium.page.evaluate(async () => {
      const { downloadFake } = webTests;
      const packed = { parts: [10, 5], headers: { 'content-length': '7', 'content-encoding': 'br' } };
      return [
        await downloadFake({ parts: [10, 5], headers: { 'content-length': '15' } }),
        await downloadFake(packed),
        await downloadFake(packed, { bytes: 15 }),
        await downloadFake(packed, { bytes: 12 }),
      ];
    });
    const part = (received: number, total?: number) => ({
      received,
      ...(total === undefined ? {} : { total }),
      cached: false,
    });
    expect(seen).toEqual([
      { size: 15, seen: [part(10, 15), part(15, 15)] },
      { size: 15, seen: [part(10), part(15)] },
      { size: 15, seen: [part(10, 15), part(15, 15)] },
      { size: 15, seen: [part(10, 12), part(15, 15)] },
    ]);
  });

  it('says that a connection broke, and gives an abort’s own reason', async () => {
    const errors = await chromium.page.evaluate(async () => {
      const { errorOf, downloadFake, download } = webTests;
      const signal = AbortSignal.abort(new Error('enough'));
      return [
        await errorOf(() => downloadFake({ parts: [10], breaks: 'network error' })),
        await errorOf(() => download('/ort-wasm-simd-threaded.wasm?aborted', { signal, cache: false })),
      ];
    });
    expect(errors).toEqual([
      { message: '/fake.wasm cannot be fetched: network error', expected: true },
      { message: 'enough', expected: false },
    ]);
  });

  it('refuses what is not there or no WebAssembly', async () => {
    const errors = await chromium.page.evaluate(async () => [
      await webTests.errorOf(() => webTests.fetchWasm('/missing.wasm')),
      await webTests.errorOf(() => webTests.fetchWasm('/')),
    ]);
    expect(errors).toEqual([
      { message: '/missing.wasm cannot be fetched: the server says 404 Not Found', expected: true },
      {
        message:
          '/ is not WebAssembly (it begins with "<!doctype html><titl"); serve the file of onnxruntime-web there',
        expected: true,
      },
    ]);
  });
});
