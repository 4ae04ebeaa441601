/** The visitor's own table in the page “Train”. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { type Lab, results, runIs, startLab, startTraining } from '../../testing/lab.js';
import { stored } from '../../testing/stored.js';

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
  });

  it('is kept until five others have been used after it', async () => {
    const { page } = await lab.open('#/train?data=csv');
    /** A table of its own for each number; its name tells which. */
    const take = async (number: number) => {
      const more = Array.from({ length: number }, () => '0,0,round');
      const text = ['x,y,shape', '1,2,flat', '3,4,round', '2,2,flat', ...more].join('\n');
      await page.locator('input[type=file]').setInputFiles(file(`${number}.csv`, text));
      await page.getByText(`${3 + number} rows, 2 features, 2 classes`).waitFor();
    };
    for (const number of [1, 2, 3, 4, 5]) await take(number);
    // The first one is used again: then the second is the oldest.
    await take(1);
    await take(6);
    const { files } = await stored(page);
    expect(files.toSorted()).toEqual(['1.csv', '3.csv', '4.csv', '5.csv', '6.csv']);
  });

  const good = file(
    'good.csv',
    `x,y,shape\n${rows.map((row) => row.replace(/,(\w+),(.*)/, ',$2,$1')).join('\n')}\n`,
  );

  it('is not trained on any more once another was chosen that cannot be read', async () => {
    const { page } = await lab.open('#/train?data=csv&images=all&hidden=8&epochs=2&batch=16');
    await page.locator('input[type=file]').setInputFiles(good);
    await page.getByText('120 rows, 2 features, 2 classes').waitFor();
    await page.waitForFunction(() => location.hash.includes('good.csv'));
    await page.locator('input[type=file]').setInputFiles({
      ...{ name: 'binary.csv', mimeType: 'text/csv', buffer: Buffer.from([0x50, 0xff, 0xfe, 0x00]) },
    });
    await page.getByRole('alert').filter({ hasText: 'binary.csv' }).waitFor();
    await page.waitForFunction(() => !location.hash.includes('good.csv'));
    expect(await page.getByText('good.csv').count()).toBe(0);
    await startTraining(page);
    await page.getByRole('alert').filter({ hasText: 'no CSV file is chosen yet' }).waitFor();
    // The same file can be chosen again.
    await page.locator('input[type=file]').setInputFiles(good);
    await page.getByText('120 rows, 2 features, 2 classes').waitFor();
  });

  it('is learned without the columns that are left out, which the address names', async () => {
    const { page, errors } = await lab.open(
      '#/train?data=csv&images=all&hidden=8&epochs=2&batch=16&inputRate=0',
    );
    const lines = rows.map((row, i) => `no ${i},${row.replace(/,(\w+),(.*)/, ',$2,$1')}`);
    await page
      .locator('input[type=file]')
      .setInputFiles(file('ids.csv', `id,x,y,shape\n${lines.join('\n')}\n`));
    await page
      .getByRole('alert')
      .filter({ hasText: 'column "id" is "no 0", not a number; leave the column out' })
      .waitFor();
    await page.getByRole('checkbox', { name: 'id', exact: true }).uncheck();
    await page.getByText('120 rows, 2 features, 2 classes').waitFor();
    await page.getByText('learned from: 2 of 3 columns').waitFor();
    await page.waitForFunction(() => /csv=ids\.csv~[0-9a-f]{64}~shape~id&/.test(location.hash));
    await page.reload();
    await page.getByText('learned from: 2 of 3 columns').waitFor();
    await startTraining(page);
    await runIs(page, 'finished');
    expect(errors).toEqual([]);
  });

  it('is learned in a browser that keeps nothing, which the page says', async () => {
    const context = await lab.newProfile();
    await context.addInitScript(() => {
      const get = () => {
        throw new DOMException('denied', 'SecurityError');
      };
      Object.defineProperty(window, 'indexedDB', { get });
    });
    const { page, errors } = await lab.open(
      '#/train?data=csv&images=all&hidden=8&epochs=2&batch=16',
      {},
      context,
    );
    await page.locator('input[type=file]').setInputFiles(good);
    await page.getByText('120 rows, 2 features, 2 classes').waitFor();
    await page.getByText('This browser keeps nothing (denied): the file is there until').waitFor();
    // It is there when the page is opened again, too.
    await page.getByRole('link', { name: 'Look inside' }).click();
    await page.waitForSelector('main[data-page="inside"]');
    await page.goBack();
    await page.getByText('120 rows, 2 features, 2 classes').waitFor();
    await startTraining(page);
    await runIs(page, 'finished');
    for (const { testError } of await results(page)) expect(testError).toBeGreaterThanOrEqual(0);
    expect(errors).toEqual([]);
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
    await startTraining(page);
    await runIs(page, 'finished');
    for (const { testError } of await results(page)) expect(testError).toBeLessThan(50);
    expect(errors).toEqual([]);

    const link = await page.evaluate(() => location.hash);
    const elsewhere = await lab.open(link);
    await elsewhere.page
      .getByRole('alert')
      .filter({ hasText: 'names the file shapes, and more.csv, which is not in this browser' })
      .waitFor();
  });
});
