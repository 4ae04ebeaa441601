/** The form of the page “Train”, its address, links that are opened, and the run that is shown: they belong together. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { epochsAre, type Lab, runIs, startLab } from '../../testing/lab.js';

const link = (change: Readonly<Record<string, string | number>>) => {
  const query = new URLSearchParams({ images: '100', hidden: '16', batch: '20', epochs: '2', seed: '5' });
  for (const [key, value] of Object.entries(change)) query.set(key, String(value));
  return `#/train?${query}`;
};

describeBrowser('the form of the page “Train”', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab?.close());

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  /** As a link that is clicked, in the same tab. */
  const follow = (page: Page, hash: string) =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);
  const valueIs = (page: Page, name: string, value: string) =>
    page.waitForFunction(
      ([field, wanted]) => document.querySelector<HTMLInputElement>(`[name="${field}"]`)?.value === wanted,
      [name, value] as const,
    );
  const addressHas = (page: Page, words: string) =>
    page.waitForFunction((wanted) => location.hash.includes(wanted), words);
  const focusIsOn = (page: Page, words: string) =>
    page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, words);

  it('takes a link each time that it is opened, also after its settings were changed here', async () => {
    const { page } = await lab.open(link({ epochs: 2000 }));
    await valueIs(page, 'epochs', '2000');
    await page.getByLabel('epochs').fill('9');
    await addressHas(page, 'epochs=9');
    await follow(page, link({ epochs: 2000 }));
    await valueIs(page, 'epochs', '2000');
    await page.getByLabel('epochs').fill('many');
    await follow(page, link({ epochs: 2001 }));
    await valueIs(page, 'epochs', '2001');
    // The bare address, as of the navigation, is that of what is here.
    await page.getByRole('link', { name: 'Train', exact: true }).click();
    await addressHas(page, 'epochs=2001');
    await valueIs(page, 'epochs', '2001');
  });

  it('has the settings of the run that is shown, when the page is opened again', async () => {
    const { page } = await lab.open(link({}));
    await button(page, 'Train').click();
    await runIs(page, 'finished');
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.waitForSelector('main[data-page="runs"]');
    await page.getByRole('link', { name: 'Train', exact: true }).click();
    await runIs(page, 'finished');
    await addressHas(page, 'seed=5');
    await valueIs(page, 'images', '100');
    await button(page, 'Train again').waitFor();

    await page.getByLabel('epochs').fill('3');
    await page
      .locator('[data-other]')
      .getByText(/This run: MNIST, 100 examples,.*2 epochs, seed 5\./)
      .waitFor();
    await button(page, 'Show those of this run').click();
    await valueIs(page, 'epochs', '2');
    await page.locator('[data-other]').waitFor({ state: 'detached' });
    await button(page, 'With the next seed').click();
    await addressHas(page, 'seed=6');
    await addressHas(page, 'epochs=2&');
    await runIs(page, 'finished');
  });

  it('keeps the settings of a run under way, and a link that is opened meanwhile', async () => {
    const { page, errors } = await lab.open(link({ epochs: 5000 }));
    await button(page, 'Train').click();
    await epochsAre(page, 1);
    await follow(page, '#/train');
    await addressHas(page, 'epochs=5000');
    await follow(page, link({ epochs: 3, seed: 77 }));
    const waiting = page.locator('[data-waiting]');
    await waiting.getByText('A run is under way').waitFor();
    await waiting.getByText(/3 epochs, seed 77/).waitFor();
    await addressHas(page, 'epochs=5000');
    await valueIs(page, 'epochs', '5000');
    await page.locator('#live-rate-1').fill('0.2');
    await page.waitForFunction(() => /seed=5&.*changes=1@\d+:0.2/.test(location.hash));

    // It waits while another page is open, too.
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.waitForSelector('main[data-page="runs"]');
    await page.getByRole('link', { name: 'Train', exact: true }).click();
    await waiting.getByText(/3 epochs, seed 77/).waitFor();
    await button(page, 'Stop the run and open the link').click();
    await runIs(page, 'stopped');
    await addressHas(page, 'seed=77');
    await valueIs(page, 'epochs', '3');
    await waiting.waitFor({ state: 'detached' });
    await page
      .locator('[data-other]')
      .getByText(/dropout 0\.5 \(0\.2 from step \d+\).*seed 5\./)
      .waitFor();
    expect(errors).toEqual([]);
  });

  it('offers a link that waits once the run has ended by itself', async () => {
    const { page } = await lab.open(link({ epochs: 30 }));
    await button(page, 'Step by step').click();
    await runIs(page, 'paused');
    await follow(page, link({ epochs: 3, seed: 77 }));
    await page.locator('[data-waiting="run"]').waitFor();
    await button(page, 'Go on').click();
    await runIs(page, 'finished');
    await page.locator('[data-waiting="visitor"]').getByText('seed 77').waitFor();
    await valueIs(page, 'epochs', '30');
    await button(page, 'Open the link').click();
    await valueIs(page, 'epochs', '3');
    await addressHas(page, 'seed=77');
  });

  it('trains nothing while a field cannot be read, and shows which', async () => {
    const { page } = await lab.open(link({}));
    for (const [name, text] of [
      ['epochs', 'abc'],
      ['hidden', '10, x'],
    ] as const) {
      const field = page.locator(`input[name="${name}"]`);
      const before = await field.inputValue();
      await field.fill(text);
      for (const start of ['Train', 'Step by step']) {
        await button(page, start).focus();
        await button(page, start).click();
        await page.waitForFunction((wanted) => document.activeElement?.getAttribute('name') === wanted, name);
      }
      expect(await page.locator('[data-run]').getAttribute('data-run')).toBe('none');
      await field.fill(before);
    }
    await button(page, 'Train').click();
    await runIs(page, 'finished');
  });

  it('hands the keyboard to the run and back, never to a button that does something else', async () => {
    const { page } = await lab.open(link({ epochs: 5000 }));
    await button(page, 'Train').focus();
    await page.keyboard.press('Enter');
    await focusIsOn(page, 'Pause');
    await epochsAre(page, 1);
    await page.keyboard.press('Enter');
    await runIs(page, 'paused');
    await focusIsOn(page, 'Go on');
    await page.keyboard.press('Enter');
    await runIs(page, 'running');
    await focusIsOn(page, 'Pause');
    await button(page, 'Stop').focus();
    await page.keyboard.press('Enter');
    await runIs(page, 'stopped');
    await page.waitForFunction(() => document.activeElement?.className === 'train-run');
    await page.keyboard.press('Enter');
    await button(page, 'With the next seed').waitFor();
    expect(await page.locator('[data-run]').getAttribute('data-run')).toBe('stopped');
  });

  it('says once that a link was copied', async () => {
    const { page } = await lab.open(link({}), { permissions: ['clipboard-write', 'clipboard-read'] });
    await button(page, 'Train').click();
    await runIs(page, 'finished');
    // The page says it for seconds only: it is watched from before.
    const said = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const look = () => document.querySelector('.reproduce')?.textContent?.includes('Link copied');
          const changes = new MutationObserver(() => look() && resolve());
          changes.observe(document.body, { subtree: true, childList: true, characterData: true });
        }),
    );
    await button(page, 'Copy a link to this run').click();
    await said;
    await button(page, 'Copy a link to this run').waitFor();
  });

  it('gives back the rates that were chosen, when another network was looked at', async () => {
    const { page } = await lab.open(link({ arms: 'none;dropout:0.35;alpha:0.1' }));
    await page.getByLabel('layers').selectOption('convolutional');
    await addressHas(page, 'arms=none;dropout:0.35&');
    await page.getByLabel('layers').selectOption('dense');
    await addressHas(page, 'arms=none;dropout:0.35;alpha:0.1');
  });

  it('says that the connection is needed where the worker’s code does not come', async () => {
    const { page } = await lab.open(link({}));
    await page.getByText('one thread: this server does not').waitFor();
    await page.context().setOffline(true);
    await button(page, 'Train').click();
    await page.getByRole('alert').filter({ hasText: 'check the connection, then try again' }).waitFor();
    await page.context().setOffline(false);
    await button(page, 'Train again').click();
    await runIs(page, 'finished');
  });
});
