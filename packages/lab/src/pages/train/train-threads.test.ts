/** The page “Train” where the server sends the headers that allow threads, and where there is WebGPU. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser, softwareGpu } from '../../../../thinnet/src/testing/browser.js';
import { type Lab, results, runIs, startLab, startTraining } from '../../testing/lab.js';

const address =
  '#/train?data=fashion&images=100&model=mlp&hidden=16&arms=dropout:0.5&batch=50&epochs=2&seed=3&backend=';

describeBrowser('in a cross-origin isolated page', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ isolated: true, args: softwareGpu });
  });
  afterAll(() => lab?.close());

  it('training takes threads, or the graphics card, and comes to the same', async () => {
    const losses: number[][] = [];
    for (const backend of ['wasm', 'webgpu']) {
      const { page, errors } = await lab.open(`${address}${backend}`);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      const cores = await page.evaluate(() => navigator.hardwareConcurrency);
      const threads = cores === 1 ? /^WebAssembly, 1 thread$/ : /^WebAssembly, \d+ threads$/;
      await startTraining(page);
      await runIs(page, 'finished', 'failed');
      expect(errors).toEqual([]);
      expect(await page.locator('[data-where]').textContent()).toMatch(
        backend === 'webgpu' ? /^WebGPU$/ : threads,
      );
      losses.push(
        (await results(page)).flatMap(({ testLoss, trainLoss }) => [testLoss as number, trainLoss as number]),
      );
      await page.context().close();
    }
    const [threads, webgpu] = losses;
    expect(threads).toHaveLength(2);
    for (const [i, loss] of (threads ?? []).entries()) expect(webgpu?.[i]).toBeCloseTo(loss, 3);
    // A graphics card that the processor plays.
  }, 120_000);
});
