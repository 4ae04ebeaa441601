/** @file The report in Chromium, opened from its file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartsOf, lineChartOf, readings } from 'thinnet-runs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe } from '../../../thinnet/src/testing/axe.js';
import { describeBrowser } from '../../../thinnet/src/testing/browser.js';
import { type OpenFile, openFile } from '../testing/browser.js';
import { reportWith } from '../testing/report.js';
import { makeTemporaryFolder } from '../testing/temporary.js';
import { reportAssets, reportOf } from './index.js';

const report = reportWith(['none', 'dropout 0.5'], [1, 2, 3]);
const seeds = report.summary.seeds.length;
const charts = chartsOf(report.arms);

describeBrowser('the report', () => {
  let file: OpenFile;
  beforeAll(async () => {
    const path = join(makeTemporaryFolder(afterAll), 'report.html');
    writeFileSync(path, reportOf(report, await reportAssets()));
    file = await openFile(path);
  });
  afterAll(() => file?.close());

  const legendOf = (id: string) =>
    file.page.$eval(`section[aria-labelledby="${id}"] .legend`, (legend) => ({
      epoch: legend.querySelector('[data-epoch]')?.textContent,
      values: [...legend.querySelectorAll('[data-line]')].map((value) => value.textContent),
    }));

  it('draws each of its charts, and asks for nothing but itself', async () => {
    for (const { id } of charts) expect(await file.page.locator(`#chart-${id} canvas`).count(), id).toBe(1);
    expect(file.errors).toEqual([]);
    expect(file.requests).toEqual([]);
    expect(await axe(file.page)).toEqual([]);
  });

  it('has in its legends what the pointer is at, and the last epoch once it has left', async () => {
    for (const chart of charts) {
      const drawn = lineChartOf(chart, seeds);
      const over = file.page.locator(`#chart-${chart.id} .u-over`);
      const { width } = (await over.boundingBox())!;
      await over.hover({ position: { x: width / 2, y: 20 } });
      await expect.poll(() => legendOf(chart.id)).toEqual({ epoch: 'epoch 3', values: readings(drawn, 2) });
      await file.page.mouse.move(1, 1);
      await expect.poll(() => legendOf(chart.id)).toEqual({ epoch: 'epoch 5', values: readings(drawn) });
    }
  });

  it('is drawn anew in the colours of the dark scheme, and as wide as a phone', async () => {
    const { page } = file;
    /** The picture's size in pixels of the page, and its pixels. */
    const picture = () =>
      page.$eval('#chart-loss', (box) => {
        const canvas = box.querySelector('canvas') as HTMLCanvasElement;
        const { width, height } = canvas.getBoundingClientRect();
        return { isFilled: width === box.clientWidth, height, data: canvas.toDataURL() };
      });
    const wide = await picture();
    expect(wide).toMatchObject({ isFilled: true, height: 280 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(async () => (await picture()).data).not.toBe(wide.data);
    await page.setViewportSize({ width: 375, height: 740 });
    await expect.poll(picture).toMatchObject({ isFilled: true, height: 220 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await axe(page)).toEqual([]);
    expect(file.errors).toEqual([]);
  });
});
