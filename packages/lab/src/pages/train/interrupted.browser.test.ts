/** @file The offer to go on with a run that a reload interrupted: it is forgotten only once that is confirmed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { axe, epochsAre, type Lab, type LabPage, runIs, startLab } from '../../testing/lab.js';
import { stored } from '../../testing/stored.js';

describeBrowser('a run that was interrupted', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab?.close());

  /** A page whose run stands after its first epoch. */
  async function begun(): Promise<LabPage> {
    const opened = await lab.open('#/train?data=mnist&images=100&hidden=8&arms=none&epochs=3&batch=100');
    await opened.page.getByRole('button', { name: 'Step by step' }).click();
    await runIs(opened.page, 'paused');
    await opened.page.getByRole('button', { name: 'One step' }).click();
    await epochsAre(opened.page, 1);
    return opened;
  }

  it('is offered once the tab that trains it is gone, as far as it was seen there', async () => {
    const { page } = await begun();
    const other = await lab.open('#/train', {}, page.context());
    await other.page.locator('[data-interrupted="none"]').waitFor({ state: 'attached' });
    await page.close();
    await other.page.locator('[data-interrupted="1"]').getByText('It stands after epoch 1 of 3').waitFor();
    expect(other.errors).toEqual([]);
  });

  it('is kept where the visitor hesitates, and forgotten where that is confirmed', async () => {
    const { page, errors } = await begun();
    await page.reload();
    const offer = page.locator('[data-interrupted="1"]');
    await offer.getByText('It stands after epoch 1 of 3').waitFor();

    await offer.getByRole('button', { name: /^Forget/ }).click();
    await page.locator('dialog[open]').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Keep it');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    expect((await stored(page)).runs.map(({ status }) => status)).toEqual(['running']);

    await offer.getByRole('button', { name: /^Forget/ }).click();
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.locator('[data-interrupted="none"]').waitFor({ state: 'attached' });
    await expect.poll(async () => (await stored(page)).runs).toEqual([]);
    expect((await stored(page)).checkpoints).toEqual([]);
    expect(errors).toEqual([]);
  });
});
