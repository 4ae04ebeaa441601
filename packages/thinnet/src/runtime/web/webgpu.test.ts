/** @file Training on WebGPU, which SwiftShader computes on the CPU: slow, but the whole way through. */
import { expect, it } from 'vitest';
import { describeBrowser, softwareGpu } from '../../testing/browser.js';
import type { WebTests } from '../../testing/web-entry.js';
import { distance, inNode, openWebPage } from '../../testing/web-page.js';

declare const webTests: WebTests;

describeBrowser('WebGPU in Chromium', () => {
  it('is what "auto" takes where it is there, and trains to Node’s losses to 1e-4', async () => {
    const chromium = await openWebPage({ args: softwareGpu });
    try {
      const seen = await chromium.page.evaluate(() =>
        webTests.train('dense', { epochs: 1, provider: 'auto' }),
      );
      expect(seen.runtime).toEqual({
        name: 'onnxruntime-web (webgpu, 1 thread)',
        provider: 'webgpu',
        threads: 1,
        crossOriginIsolated: false,
      });
      const node = await inNode('dense', 1);
      expect(distance(seen.losses, node.losses)).toBeLessThan(1e-4);
      expect(distance(seen.outputs, node.outputs)).toBeLessThan(1e-3);
      expect(distance(seen.passes, node.passes)).toBeLessThan(1e-3);
      expect(chromium.requests.filter((path) => path.endsWith('.wasm'))).toEqual([
        '/ort-wasm-simd-threaded.asyncify.wasm',
      ]);
    } finally {
      await chromium.close();
    }
  }, 120_000);
});
