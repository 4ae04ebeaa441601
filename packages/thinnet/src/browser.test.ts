/** @file The library as it is built, in a browser: it loads, and draws and writes the same bits as in Node. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as thinnet from 'thinnet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BrowserPage, bundle, describeBrowser, openPage } from './testing/browser.js';
import type { BrowserTests } from './testing/browser-entry.js';
import { exampleModel } from './testing/example-model.js';
import type { MaskDigest } from './testing/mask-digests.js';

declare const thinnetTests: BrowserTests;

const table: readonly MaskDigest[] = JSON.parse(
  readFileSync(new URL('./testing/mask-digests.json', import.meta.url), 'utf8'),
);

describeBrowser('in Chromium', () => {
  let built: Awaited<ReturnType<typeof bundle>>;
  let chromium: BrowserPage;
  beforeAll(async () => {
    built = await bundle('browser-entry.ts');
    chromium = await openPage(built.code);
  });
  afterAll(() => chromium?.close());

  it('the public library loads, whole and without a module of Node', async () => {
    expect(built.warnings).toEqual([]);
    expect(built.code).not.toMatch(/["']node:/);
    expect(chromium.errors).toEqual([]);
    const names = await chromium.page.evaluate(() => Object.keys(thinnetTests.thinnet));
    expect(names.sort()).toEqual(Object.keys(thinnet).sort());
  });

  it.each([
    ['wasm-simd', 'default'],
    ['typescript', 'reference'],
  ] as const)('the kernels %s draw the masks of the table, bit for bit', async (kernels, by) => {
    const seen = await chromium.page.evaluate(([entries, which]) => thinnetTests.digests(entries, which), [
      table,
      by,
    ] as const);
    expect(seen).toEqual({ kernels, digests: table.map(({ sha256 }) => sha256) });
  });

  it('the same seed gives the same ONNX file as in Node, initial weights included', async () => {
    const expected = createHash('sha256').update(exampleModel(thinnet)).digest('hex');
    expect(await chromium.page.evaluate(() => thinnetTests.modelDigest())).toBe(expected);
  });
});
