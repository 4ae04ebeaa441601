/** @file Training in Chromium, in a worker, on WebAssembly: Node's results, with threads and without. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { readModel } from '../../onnx/read.js';
import { type BrowserPage, bundle, describeBrowser, openPage } from '../../testing/browser.js';
import type { MaskDigest } from '../../testing/mask-digests.js';
import { floats } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import type { WebTests } from '../../testing/web-entry.js';
import { distance, ends, inNode, openWebPage, webBundle } from '../../testing/web-page.js';
import { type WebPlan, webPlans } from '../../testing/web-plans.js';
import type { WorkerTests } from '../../testing/web-worker-entry.js';

declare const webTests: WebTests;
declare const workerTests: WorkerTests;

const epochs = 4;

describeBrowser('thinnet/web in Chromium', () => {
  let chromium: BrowserPage;
  beforeAll(async () => {
    chromium = await openWebPage();
  });
  afterAll(() => chromium?.close());

  const train = (name: WebPlan, options: Partial<Parameters<WebTests['train']>[1]> = {}) =>
    chromium.page.evaluate(([plan, given]) => webTests.train(plan, given), [
      name,
      { epochs, ...options },
    ] as const);
  let dense: Promise<readonly number[]> | undefined;
  /** Of one epoch, in a worker of the trainer's own. */
  const denseLosses = (): Promise<readonly number[]> => {
    dense ??= train('dense', { epochs: 1 }).then(({ losses }) => losses);
    return dense;
  };
  it('is bundled without a warning, loads, and downloads ONNX Runtime only when it is used', async () => {
    expect((await webBundle()).warnings).toEqual([]);
    const { page, errors, requests, close } = await openWebPage();
    onTestFinished(close);
    expect(errors).toEqual([]);
    const requested = (pattern: RegExp) => requests.filter((path) => pattern.test(path));
    expect(requested(/ort.*(wasm|webgpu)/)).toEqual([]);
    const { runtime } = await page.evaluate(() => webTests.train('dense', { epochs: 1 }));
    expect(runtime).toEqual({
      name: 'onnxruntime-web (wasm, 1 thread)',
      provider: 'wasm',
      threads: 1,
      crossOriginIsolated: false,
    });
    expect(requested(/\.wasm$/)).toEqual(['/ort-wasm-simd-threaded.wasm']);
    expect(requested(/webgpu/)).toEqual([]);
  });

  it.each(Object.keys(webPlans) as WebPlan[])(
    'trains in a worker: the loss falls, and is Node’s to 1e-5: %s',
    async (name) => {
      const seen = await train(name);
      const node = await inNode(name, epochs);
      const [first, last] = ends(seen.losses);
      expect(last).toBeLessThan(0.85 * first);
      expect(distance(seen.losses, node.losses)).toBeLessThan(1e-5);
      expect(distance(seen.outputs, node.outputs)).toBeLessThan(1e-3);
      expect(distance(seen.passes, node.passes)).toBeLessThan(1e-3);

      // The exported file in onnxruntime-node: the browser's own predictions.
      const { data } = webPlans[name]();
      const graph = readModel(Uint8Array.from(seen.model)).graph;
      const x = floats([data.test.length, ...data.test.shape], data.test.features);
      const { y } = await runGraph(graph, { x });
      expect(distance(y?.data as Float32Array, seen.outputs)).toBeLessThan(1e-5);
    },
  );

  it('takes a worker of the page, whose masks are those of the table, bit for bit', async () => {
    const table: readonly MaskDigest[] = JSON.parse(
      readFileSync(new URL('../../testing/mask-digests.json', import.meta.url), 'utf8'),
    );
    const began = chromium.page.waitForEvent('worker');
    const trained = chromium.page.evaluate(() => webTests.train('dense', { epochs: 1, own: '/own.js' }));
    const worker = await began;
    const digests = await worker.evaluate((entries) => workerTests.digests(entries), table);
    expect(digests).toEqual(table.map(({ sha256 }) => sha256));
    expect((await trained).losses).toEqual(await denseLosses());
  });

  it('trains one plan after another in one worker of the page', async () => {
    const [first, second] = await chromium.page.evaluate(() =>
      webTests.trainTwice('dense', 'kinds', '/own.js'),
    );
    expect(first).toEqual(await denseLosses());
    expect(distance(second ?? [], (await inNode('kinds', 1)).losses)).toBeLessThan(1e-5);
  });

  it('trains without a worker of its own too, with the same bits', async () => {
    const here = await chromium.page.evaluate(() => webTests.steps('dense', 4));
    expect(here.name).toBe('onnxruntime-web (wasm, 1 thread)');
    expect(here.losses.reduce((a, b) => a + b, 0) / 4).toBe((await denseLosses())[0]);
  });

  it('stops at an abort, and answers calls after closing with an error', async () => {
    expect(await chromium.page.evaluate(() => webTests.abort('dense'))).toEqual({
      aborted: { message: 'enough', expected: false },
      closed: { message: 'the training worker ended: it was closed', expected: false },
    });
  });

  it('gives a user’s error in the worker as such', async () => {
    const error = await chromium.page.evaluate(() => {
      const { plan, data } = webTests.webPlans.dense();
      return webTests.errorOf(() => webTests.createTrainer({ ...plan, batchSize: -3 }, data));
    });
    expect(error).toEqual({
      message: 'batchSize is -3; it must be a whole number, at least 1',
      expected: true,
    });
  });

  it('says what is wrong with a worker, with WebAssembly, and with threads that cannot be had', async () => {
    const errors = await chromium.page.evaluate(async () => {
      const { plan, data } = webTests.webPlans.dense();
      const trainer = (options: object) =>
        webTests.errorOf(() => webTests.createTrainer(plan, data, options));
      return {
        worker: await trainer({ worker: new Worker('/missing.js', { type: 'module' }) }),
        wasm: await trainer({ wasm: '/missing.wasm' }),
        threads: await trainer({ threads: 2 }),
        none: await trainer({ threads: 0 }),
        provider: await trainer({ provider: 'cuda' }),
      };
    });
    expect(errors).toEqual({
      worker: {
        message:
          'the training worker could not be started: its script cannot be loaded, or the page forbids workers',
        expected: true,
      },
      wasm: {
        message: expect.stringMatching(
          /^ONNX Runtime \(ort-wasm-simd-threaded\.wasm\) does not start: .*; give webRuntime\(\{ wasm \}\) the file/,
        ),
        expected: true,
      },
      threads: {
        message: expect.stringMatching(
          /^threads is 2, but the page is not cross-origin isolated: .*Cross-Origin-Embedder-Policy/,
        ),
        expected: true,
      },
      none: { message: 'threads is 0; it must be a whole number, at least 1', expected: true },
      provider: {
        message: `provider is "cuda"; it must be 'auto', 'webgpu' or 'wasm'`,
        expected: true,
      },
    });
  });

  it('is there where a script does nothing but import the worker, which bundlers leave out of packages without side effects', async () => {
    const alone = await bundle('lone-worker-entry.ts');
    const own = await openPage('', { files: { ...(await webBundle()).files, ...alone.files } });
    const answer = await own.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const worker = new Worker('/lone-worker-entry.js', { type: 'module' });
          worker.onmessage = ({ data }) => resolve(data.error);
          worker.postMessage({ id: 1, call: 'state', values: [] });
        }),
    );
    await own.close();
    expect(answer).toBe('the worker was asked to "state" before it was opened');
  });

  it('refuses to be a thread of ONNX Runtime, as it becomes where a bundler puts both into one file', async () => {
    const message = await chromium.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const worker = new Worker('/worker.js', { type: 'module', name: 'em-pthread' });
          worker.onerror = (event) => resolve(event.message);
        }),
    );
    expect(message).toContain("keep dynamic imports apart (Vite: worker: { format: 'es' })");
  });

  it('goes from an adapter that makes no device to WebAssembly, and says why', async () => {
    const page = await openWebPage();
    const description = await page.page.evaluate(async () => {
      Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: async () => ({}) } });
      return (await webTests.webRuntime({ provider: 'auto' })).description;
    });
    await page.close();
    expect(description).toMatchObject({ provider: 'wasm', threads: 1 });
    // What ONNX Runtime stumbles over: this adapter has no features.
    expect(description.fellBack).toMatch(/undefined/);
  });

  it('without WebGPU, "auto" takes WebAssembly and says why; "webgpu" is an error', async () => {
    const fellBack = 'this browser has no adapter for WebGPU';
    expect(await chromium.page.evaluate(() => webTests.chooseProvider('auto'))).toEqual({
      provider: 'wasm',
      fellBack,
    });
    expect((await train('dense', { epochs: 1, provider: 'auto' })).runtime).toMatchObject({
      provider: 'wasm',
      fellBack,
    });
    const error = await chromium.page.evaluate(() =>
      webTests.errorOf(() => webTests.webRuntime({ provider: 'webgpu' })),
    );
    expect(error).toEqual({
      message: `provider is 'webgpu', but ${fellBack}; use 'auto' or 'wasm'`,
      expected: true,
    });
  });
});

describeBrowser('thinnet/web in a cross-origin isolated page', () => {
  let chromium: BrowserPage;
  beforeAll(async () => {
    chromium = await openWebPage({ isolated: true });
  });
  afterAll(() => chromium?.close());

  it('uses threads, with data in shared memory and the losses of one thread to 1e-5', async () => {
    const [one, two] = await chromium.page.evaluate(
      async (count) => [
        await webTests.train('convolution', { epochs: count, threads: 1 }),
        await webTests.train('convolution', {
          epochs: count,
          threads: 2,
          shared: true,
          fetched: '/ort-wasm-simd-threaded.wasm',
        }),
      ],
      epochs,
    );
    expect(one?.runtime).toMatchObject({ threads: 1, crossOriginIsolated: true });
    expect(two?.runtime).toMatchObject({ threads: 2, name: 'onnxruntime-web (wasm, 2 threads)' });
    expect(distance(one?.losses ?? [], two?.losses ?? [0])).toBeLessThan(1e-5);
    expect(distance(two?.outputs ?? [], (await inNode('convolution', epochs)).outputs)).toBeLessThan(1e-3);
  });

  it('starts one worker for each further thread, as many as there are cores unless told', async () => {
    const helpers = () => chromium.page.workers().filter((worker) => /ort\.wasm/.test(worker.url())).length;
    const cores = await chromium.page.evaluate(() => navigator.hardwareConcurrency);
    // Those of trainers that were closed end a little later, and Chromium tells of a worker after it has begun.
    await expect.poll(helpers).toBe(0);
    const { threads } = await chromium.page.evaluate(() => webTests.steps('dense', 1));
    expect(threads).toBe(Math.min(cores, 8));
    await expect.poll(helpers).toBe(threads - 1);
    const error = await chromium.page.evaluate(
      (other) => webTests.errorOf(() => webTests.webRuntime({ threads: other })),
      threads + 1,
    );
    expect(error).toEqual({
      message: `threads is ${threads + 1}, but ONNX Runtime already runs here with ${threads}, for all its programs: ask for these, or use a worker of its own`,
      expected: true,
    });
  });
});
