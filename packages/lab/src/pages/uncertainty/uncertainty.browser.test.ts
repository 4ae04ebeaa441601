/** @file The page "How sure" in Chromium: a network trained on the spot is less sure of a digit that is turned. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { describeBrowser, newPage } from '../../../../thinnet/src/testing/browser.js';
import { axe, type Lab, runIs, startLab, startTraining } from '../../testing/lab.js';
import { layoutShift, overflow } from '../../testing/layout.js';
import { stored } from '../../testing/stored.js';

let lab: Lab;
/** One visitor's browser, in which the network is trained once and then kept. */
let context: BrowserContext;
/** Of each test its own. */
let page: Page;
let errors: readonly string[];

/** Waits for the answer to a test image, by its number from 0, at an angle; gives its measures. */
async function measures(image: number, angle: number): Promise<Readonly<Record<string, number>>> {
  await page.waitForSelector(`[data-answered$=" test ${image} ${angle}"] data`);
  return Object.fromEntries(
    await page.$$eval('[data-measure]', (all) =>
      all.map((cell) => [
        cell.getAttribute('data-measure') as string,
        Number(cell.querySelector('data')?.value ?? Number.NaN),
      ]),
    ),
  );
}

/** The entropies of a test image from 0 to 180 degrees, as the chart's table has them. */
async function curveOf(image: number): Promise<readonly number[]> {
  await page.waitForSelector(`[data-swept$=" test ${image}"]`, { state: 'attached' });
  return page.$$eval('[data-chart] tbody tr', (rows) =>
    rows.map((row) => Number(row.children[1]?.textContent)),
  );
}

const turn = (degrees: number) => page.getByRole('slider', { name: 'Turned by' }).fill(String(degrees));
/** The number of the test image that is shown, from 0. */
const shownImage = async (): Promise<number> => {
  const caption = await page.locator('.seen figcaption').innerText();
  return Number(/test image (\d+)/.exec(caption)?.[1]) - 1;
};

describeBrowser('a network that is asked how sure it is', () => {
  beforeAll(async () => {
    lab = await startLab({ isolated: true });
    context = await lab.browser.newContext();
    const opened = await lab.open('#/uncertainty', {}, context);
    await opened.page.getByRole('button', { name: /^Train it/ }).click();
    await opened.page.waitForSelector('[data-measure="entropy"]', { timeout: 170_000 });
    const isKept = async () => (await stored(opened.page)).values.includes('uncertainty.network');
    await vi.waitUntil(isKept, { timeout: 170_000 });
    await opened.page.close();
    expect(opened.errors).toEqual([]);
  }, 180_000);
  afterAll(() => lab?.close());
  beforeEach(async () => {
    ({ page, errors } = await lab.open('#/uncertainty', {}, context));
  });
  afterEach(() => page.close());

  it('answers with the votes of 100 thinned networks beside the mean network', async () => {
    const { entropy = 0, expected = 0, mutual = 0 } = await measures(0, 0);
    expect(entropy).toBeGreaterThanOrEqual(0);
    expect(entropy).toBeLessThan(Math.log(10));
    expect(mutual).toBeCloseTo(entropy - expected, 6);
    const votes = await page.$$eval('[data-table="answers"] tbody tr', (rows) =>
      rows.map((row) => Number(row.children[1]?.textContent)),
    );
    expect(votes).toHaveLength(10);
    expect(votes.reduce((sum, count) => sum + count, 0)).toBe(100);
    const sizes = await page
      .locator('.distribution text')
      .evaluateAll((all) => all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)));
    const words = await page.locator('.distribution text.axis').allTextContents();
    expect(words.map((word) => word.trim())).toEqual(['probability', 'digit']);
    // A pixel of the drawing is one of the page, so that its letters are no larger than the page's.
    const [svg] = await page
      .locator('.distribution svg')
      .evaluateAll((all) =>
        all.map((one) => [one.getBoundingClientRect().width, Number(one.getAttribute('width'))]),
      );
    expect(svg?.[0]).toBe(svg?.[1]);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(16);
    const dots = await page.locator('.distribution path.dots').first().getAttribute('d');
    expect(dots?.match(/M/g)).toHaveLength(100);
  });

  it('is less sure of digits that are turned: at the worst of their angles', async () => {
    let [upright, worst] = [0, 0];
    for (let image = 0; image < 5; image++) {
      const { entropy = 0 } = await measures(image, 0);
      const curve = await curveOf(image);
      expect(curve).toHaveLength(37);
      expect(curve[0]).toBeCloseTo(entropy, 2);
      const highest = Math.max(...curve);
      const angle = 5 * curve.indexOf(highest);
      await turn(angle);
      expect((await measures(image, angle)).entropy).toBeCloseTo(highest, 2);
      await turn(0);
      await page.getByRole('button', { name: 'Next' }).click();
      upright += entropy;
      worst += highest;
    }
    // Five digits, each of at most ln 10 nats.
    expect(worst).toBeGreaterThan(upright + 1);
  });

  it('answers to a drawing', async () => {
    await page.getByRole('radio', { name: 'Draw a digit' }).check();
    const box = (await page.locator('.draw-pad canvas').boundingBox()) as { x: number; y: number };
    const at = (x: number, y: number) => page.mouse.move(box.x + x, box.y + y, { steps: 4 });
    await at(140, 40);
    await page.mouse.down();
    await at(140, 240);
    await page.mouse.up();
    await page.waitForSelector('[data-answered*=" drawing "]');
    expect(await page.locator('.answers').innerText()).toContain('The mean network says 1');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Draw a digit.').waitFor();
  });

  it('is kept: after a reload it answers without training', async () => {
    await page.getByLabel('Digit', { exact: true }).selectOption('4');
    await page.getByText(', a 4').waitFor();
    const image = await shownImage();
    const before = await measures(image, 0);
    await page.reload();
    await page.getByRole('button', { name: 'Train it anew' }).waitFor();
    await page.getByLabel('Digit', { exact: true }).selectOption('4');
    await page.getByText(', a 4').waitFor();
    for (let shown = await shownImage(); shown < image; shown = await shownImage()) {
      await page.getByRole('button', { name: 'Next' }).click();
      await expect.poll(shownImage).toBeGreaterThan(shown);
    }
    expect(await measures(image, 0)).toEqual(before);
    expect(errors).toEqual([]);
  });

  it('may be one of the page “Train”, of those that have dropout', async () => {
    const trained = await newPage(context);
    const settings = 'data=mnist&images=100&hidden=16&arms=none;dropout:0.3;gaussian:0.2&epochs=1&batch=20';
    await trained.goto(`${lab.server.url}#/train?${settings}`);
    await startTraining(trained);
    await runIs(trained, 'finished');
    await trained.getByRole('link', { name: 'How sure' }).click();
    const choice = trained.getByLabel('Network that is asked');
    await choice.waitFor();
    const titles = await choice.locator('option').allInnerTexts();
    expect(titles).toEqual([
      'trained on this page',
      expect.stringMatching(/^dropout 0.3, of /),
      expect.stringMatching(/^Gaussian dropout 0.2, of /),
    ]);
    await choice.selectOption({ label: titles[1] as string });
    const id = await choice.inputValue();
    await trained.waitForSelector(`[data-answered^="${id} "] data`);
    expect(await trained.locator('.answers').innerText()).toContain('thinned networks');
    await trained.close();
  });

  it.each([
    ['light', 1280],
    ['dark', 375],
  ] as const)('is clean to axe in the %s scheme and fits the window', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await measures(await shownImage(), 0);
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });
});

describeBrowser('the page “How sure” before any training', () => {
  it('says what to do, stands still, and is clean to axe', async () => {
    const own = await startLab();
    onTestFinished(() => own.close());
    const { page: fresh } = await own.open('#/uncertainty');
    await fresh.getByText('Train the network first.').waitFor();
    await fresh.getByLabel('Digit', { exact: true }).waitFor();
    expect(await layoutShift(fresh)).toBeLessThan(0.05);
    expect(await fresh.locator('[data-chart]').count()).toBe(0);
    expect((await fresh.getByLabel('Digit', { exact: true }).locator('option').allInnerTexts())[0]).toBe(
      'any digit',
    );
    expect(await axe(fresh)).toEqual([]);
    await fresh.getByRole('button', { name: /^Train it/ }).click();
    await fresh.getByRole('button', { name: 'Stop' }).click();
    await fresh.getByRole('button', { name: /^Train it/ }).waitFor();
  });
});
