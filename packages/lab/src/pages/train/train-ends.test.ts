/** How runs of the page “Train” end before their last epoch: stopped, or with an arm that fails. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { epochsAre, type Lab, results, runIs, startLab, startTraining } from '../../testing/lab.js';
import { stored } from '../../testing/stored.js';

describeBrowser('a run', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab?.close());

  it.each([
    ['dense layers', 'data=mnist&images=200&hidden=48,32&arms=none;dropout:0.5&batch=32&epochs=1000&seed=7'],
    // Its steps are so long that an arm's turn is a part of what its epoch asks for.
    [
      'a convolutional network',
      'data=mnist&images=100&model=allconv&filters=8&arms=none;spatial:0.2&batch=10&epochs=1000&seed=7',
    ],
  ])('stops when asked, and keeps what it has come to: %s', async (_, settings) => {
    const { page } = await lab.open(`#/train?${settings}`);
    await startTraining(page);
    await epochsAre(page, 1);
    await page.getByRole('button', { name: 'Stop' }).click();
    await runIs(page, 'stopped');
    const { runs } = await stored(page);
    expect(runs[0]).toMatchObject({ status: 'stopped' });
    for (const { hasModel, history } of runs[0]?.arms ?? []) {
      expect(hasModel).toBe(true);
      expect(history.length).toBeGreaterThanOrEqual(1);
    }
  });

  it('goes on with the other arms where one fails, and keeps why', async () => {
    const settings =
      'data=mnist&images=200&hidden=16,16,16&arms=gaussian:0.95;none;dropout:0.3&inputRate=0&lr=0.1&batch=32&epochs=4&seed=7';
    const { page, errors } = await lab.open(`#/train?${settings}`);
    await startTraining(page);
    expect(await runIs(page, 'finished', 'failed')).toBe('finished');
    await page.getByRole('alert').filter({ hasText: 'Gaussian dropout 0.95 cannot go on' }).waitFor();
    await page.getByText('done, epoch 4 of 4, step 28').waitFor();
    await page.getByRole('heading', { name: 'After epoch 4' }).waitFor();
    const [failed, ...others] = await results(page);
    expect(failed?.testLoss).toBeNaN();
    for (const { testLoss } of others) expect(testLoss).toBeGreaterThan(0);
    const { runs } = await stored(page);
    expect(runs[0]?.arms.map((arm) => [arm.label, arm.failed?.slice(0, 15), arm.history.length])).toEqual([
      ['Gaussian dropout 0.95', 'the loss is NaN', 0],
      ['no dropout', undefined, 4],
      ['dropout 0.3', undefined, 4],
    ]);

    await page.getByRole('link', { name: 'Runs' }).click();
    const kept = page.locator('[data-kept]');
    await kept.getByText('finished after 4 of 4 epochs').waitFor();
    await kept.getByRole('button', { name: /^Show/ }).click();
    await kept.getByText('Gaussian dropout 0.95 could not go on').waitFor();
    await kept.getByRole('columnheader', { name: 'after epoch 4' }).waitFor();
    expect(errors).toEqual([]);
  });
});
