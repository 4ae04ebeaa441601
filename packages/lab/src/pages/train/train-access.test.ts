/** The page “Train” for everybody: light and dark, phone and desktop, by keyboard, without motion. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { axe, epochsAre, type Lab, runIs, startLab, startTraining } from '../../testing/lab.js';

const address = '#/train?images=100&hidden=16,8&arms=none;dropout:0.5&batch=20&epochs=2';
const widths = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } } as const;

describeBrowser('the page “Train”', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab?.close());

  it.each(
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      (['phone', 'desktop'] as const).map((device) => [colorScheme, device] as const),
    ),
  )('has nothing that axe objects to, nor anything beside the page: %s, %s', async (colorScheme, device) => {
    const { page, errors } = await lab.open(address, { colorScheme, viewport: widths[device] });
    const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    await page.getByText('one thread: this server does not').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await isTooWide()).toBe(false);
    await page.getByRole('button', { name: 'Step by step' }).click();
    await runIs(page, 'paused');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go on' }).click();
    await runIs(page, 'finished');
    for (const summary of await page.locator('summary').all()) await summary.click();
    await page.locator('.uplot').nth(2).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await isTooWide()).toBe(false);
    expect(errors).toEqual([]);
  });

  it('is worked by keyboard alone', async () => {
    const { page } = await lab.open(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    const reach = async (name: string) => {
      const wanted = page.getByRole('button', { name, exact: true });
      for (let i = 0; i < 60; i++) {
        if (await wanted.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${name} cannot be reached`);
    };
    await reach('Step by step');
    await page.keyboard.press('Enter');
    await runIs(page, 'paused');
    await reach('One step');
    await page.keyboard.press('Space');
    await page.waitForSelector('[data-run="paused"][data-step="1"]');
  });

  it('says aloud what an epoch brought, and has its curves as a table', async () => {
    const { page } = await lab.open(address);
    await startTraining(page);
    await runIs(page, 'finished');
    await page
      .locator('[aria-live]')
      .filter({ hasText: /^Done\. After epoch 2\. no dropout: test error \d/ })
      .waitFor();
    await page.getByText('Numbers of the chart Loss').first().click();
    const table = page.getByRole('region', { name: 'Numbers of the chart Loss' });
    expect(await table.getByRole('row').count()).toBe(3);
  });

  it('stands still while it trains where less motion is asked for, and follows single steps', async () => {
    const { page } = await lab.open(address, { reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Step by step' }).click();
    await runIs(page, 'paused');
    const picture = () =>
      page.locator('canvas.network-canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const first = await picture();
    await page.getByRole('button', { name: 'One step' }).click();
    await page.waitForSelector('[data-step="1"] [data-drawn-step="0"]');
    await page.getByRole('button', { name: 'One step' }).click();
    await page.waitForSelector('[data-step="2"] [data-drawn-step="1"]');
    const second = await picture();
    expect(second).not.toBe(first);
    await page.getByText('It stands still while it trains').waitFor({ state: 'detached' });
  });

  it('says of a picture that stands still the step that it shows', async () => {
    const { page } = await lab.open(address.replace('epochs=2', 'epochs=5000'), { reducedMotion: 'reduce' });
    await startTraining(page);
    await epochsAre(page, 1);
    const canvas = page.locator('canvas[data-drawn-step]');
    const still = async () => {
      const caption = await page.locator('.network > .note').innerText();
      return [await canvas.evaluate((one: HTMLCanvasElement) => one.toDataURL()), caption].concat(
        (await canvas.getAttribute('aria-label')) ?? '',
      );
    };
    const before = await still();
    const step = await canvas.getAttribute('data-drawn-step');
    expect(before[1]).toMatch(new RegExp(`^Step ${step}\\. .*It stands still`));
    expect(before[2]).toMatch(new RegExp(`^Step ${step}\\. image`));
    await epochsAre(page, 4);
    expect(await still()).toEqual(before);
    await page.getByRole('button', { name: 'Pause' }).click();
    await runIs(page, 'paused');
    await page.waitForFunction((old) => {
      const run = document.querySelector('[data-run]')?.getAttribute('data-step');
      const drawn = document.querySelector('[data-drawn-step]')?.getAttribute('data-drawn-step');
      return drawn !== old && Number(drawn) === Number(run) - 1;
    }, step);
  });

  it('has headings in order, and charts beside each other at one height', async () => {
    const { page } = await lab.open(address, { viewport: widths.desktop });
    await startTraining(page);
    await runIs(page, 'finished');
    await page.locator('.uplot').nth(2).waitFor();
    const levels = await page.$$eval('[data-run] :is(h2, h3)', (all) =>
      all.map((one) => [one.tagName, one.textContent]),
    );
    expect(levels).toEqual(
      [
        'Loss',
        'The network, thinned',
        'Generalisation gap',
        'Test error',
        'After epoch 2',
        'Take it along',
      ].map((title) => ['H2', title]),
    );
    const frames = await page.$$eval('.charts .plot', (all) =>
      all.map((one) => [one.getBoundingClientRect().top, one.getBoundingClientRect().height]),
    );
    expect(frames).toHaveLength(2);
    expect(frames[1]).toEqual(frames[0]);
  });
});
