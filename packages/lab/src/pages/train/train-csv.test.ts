/** The visitor's own table in the page “Train”. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { type Lab, results, runIs, startLab } from '../../testing/lab.js';

const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** Two clouds that touch. */
const rows = Array.from({ length: 120 }, (_, i) => {
  const [a, b] = [Math.sin(i * 12.9898) * 43758.5453, Math.sin(i * 78.233) * 43758.5453];
  const [x, y] = [a - Math.floor(a), b - Math.floor(b)];
  return `${3 * x + (i % 2)},${i % 2 ? 'round' : 'flat'},${3 * y - (i % 2)}`;
});

describeBrowser('a table of the visitor’s own', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab?.close());

  it.each([
    ['an empty cell', 'x,y,kind\n1,2,a\n3,,b\n', 'line 3, column "y" is empty'],
    ['a word among numbers', 'x,y,kind\n1,two,a\n3,4,b\n', 'line 2, column "y" is "two"'],
    [
      'one class only',
      'x,kind\n1,a\n2,a\n',
      'label "kind" is "a" in every row; at least 2 classes are needed',
    ],
    ['nothing', '', 'empty file'],
    ['rows of unequal length', 'x,y,kind\n1,2,a\n3,b\n', 'line 3 has 2 cells; the header has 3 columns'],
  ])('with %s is refused in the library’s own words, at once', async (_, text, words) => {
    const { page, errors } = await lab.open('#/train?data=csv');
    await page.locator('input[type=file]').setInputFiles(file('bad.csv', text));
    await page
      .getByRole('alert')
      .filter({ hasText: `bad.csv: ${words}` })
      .waitFor();
    await page.waitForSelector('[data-csv="problem"]');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is learned, is still there after a reload, and is asked for where a link leads without it', async () => {
    const { page, errors } = await lab.open(
      '#/train?data=csv&images=all&hidden=8&epochs=3&batch=16&inputRate=0',
    );
    await page
      .locator('input[type=file]')
      .setInputFiles(file('shapes, and more.csv', `x,shape,y\n${rows.join('\n')}\n`));
    await page.getByRole('alert').filter({ hasText: 'column "shape" is "flat"' }).waitFor();
    await page.getByLabel('label: the column to learn').selectOption('shape');
    await page.getByText('120 rows, 2 features, 2 classes').waitFor();
    await page.reload();
    await page.getByText('120 rows, 2 features, 2 classes').waitFor();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await runIs(page, 'finished');
    for (const { testError } of await results(page)) expect(testError).toBeLessThan(50);
    expect(errors).toEqual([]);

    const link = await page.evaluate(() => location.hash);
    const elsewhere = await lab.open(link);
    await elsewhere.page
      .getByRole('alert')
      .filter({ hasText: 'names the file shapes, and more.csv, which is not in this browser' })
      .waitFor();
    await page.context().close();
    await elsewhere.page.context().close();
  });
});
