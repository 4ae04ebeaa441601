/** @file The deck in Chromium: studied by keyboard, its progress kept and carried, its experiments run as in Node. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type CardId, deck, readStudyProgress, type StudyProgress } from 'thinnet-deck';
import { nodeLaboratory } from 'thinnet-deck/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { axe, type Lab, startLab } from '../../testing/lab.js';
import { layoutShift, overflow } from '../../testing/layout.js';
import { stored } from '../../testing/stored.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ isolated: true });
});
afterAll(() => lab?.close());

const ids = deck.map(({ id }) => id);
const asked = (page: Page) => page.locator('[data-card]').getAttribute('data-card');
const answerShows = (page: Page) => page.waitForSelector('.grades');
/** Waits for the question after the one of `card`. */
const nextAfter = (page: Page, card: string) =>
  page.waitForSelector(`[data-card]:not([data-card="${card}"]) .show, #done`, { state: 'attached' });

async function exported(page: Page): Promise<StudyProgress> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('thinnet-study.json');
  return readStudyProgress(JSON.parse(readFileSync(await download.path(), 'utf8')), 'the export');
}

/** Grades the cards that are asked by keyboard. */
async function study(page: Page, keys: readonly string[]): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const key of keys) {
    await page.waitForSelector('.show');
    const card = (await asked(page)) as string;
    seen.push(card);
    await page.keyboard.press('Space');
    await answerShows(page);
    await page.keyboard.press(key);
    await nextAfter(page, card);
  }
  return seen;
}

async function runExperiment(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Run it/ }).click();
  await page.waitForSelector('.result, .experiment [role="alert"]', { timeout: 120_000 });
}

describeBrowser('studying the deck', () => {
  it('asks new cards in their order, shows answers on demand, and takes grades from the keyboard alone', async () => {
    const { page, errors } = await lab.open('#/deck');
    await page.waitForSelector('.show');
    expect(await page.locator('.answer').count()).toBe(0);
    await page.keyboard.press('1');
    // By now it would have been kept.
    expect((await stored(page)).values).toEqual([]);
    expect(await asked(page)).toBe(ids[0]);
    await page.keyboard.press('Enter');
    await answerShows(page);
    expect(await page.locator('.grade .interval').allInnerTexts()).toHaveLength(4);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Answer');
    await page.keyboard.press('4');
    await nextAfter(page, ids[0] as string);
    expect(await asked(page)).toBe(ids[1]);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('question');
    expect(await study(page, ['3', '3'])).toEqual(ids.slice(1, 3));
    expect(await page.locator('.study-counts').innerText()).toContain(`${ids.length - 3} new`);
    expect(errors).toEqual([]);
  });

  it('leaves keys to what has the focus', async () => {
    const { page } = await lab.open('#/deck');
    await page.waitForSelector('.show');
    await page.getByRole('link', { name: 'All cards' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.card-list');
  });

  it('keeps progress over a reload', async () => {
    const { page } = await lab.open('#/deck');
    await study(page, ['3', '4']);
    const before = await exported(page);
    expect(Object.keys(before.cards)).toEqual(ids.slice(0, 2));
    await page.reload();
    await page.waitForSelector('.show');
    expect(await asked(page)).toBe(ids[2]);
    expect(await exported(page)).toEqual(before);
  });

  it('takes its export in again in another browser, merged by the last review', async () => {
    const first = await lab.open('#/deck');
    await study(first.page, ['4', '4']);
    const progress = await exported(first.page);
    const second = await lab.open('#/deck');
    await study(second.page, ['1']);
    const own = (await exported(second.page)).cards[ids[0] as string];
    const file = {
      name: 'mine.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(progress)),
    };
    await second.page.setInputFiles('input[type="file"]', file);
    await second.page.waitForSelector('[data-notice="info"]');
    expect((await exported(second.page)).cards).toEqual({ ...progress.cards, [ids[0] as string]: own });
  });

  it.each([
    ['no JSON', 'x.json is no JSON'],
    ['{"format":"other"}', 'x.json: this is no progress of a study'],
  ])('refuses the file %j in plain words and changes nothing', async (text, message) => {
    const { page } = await lab.open('#/deck');
    await study(page, ['3']);
    const before = await exported(page);
    const file = { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) };
    await page.setInputFiles('input[type="file"]', file);
    expect(await page.locator('[data-notice="error"]').innerText()).toContain(message);
    expect(await exported(page)).toEqual(before);
  });

  it('starts over once that is confirmed', async () => {
    const { page } = await lab.open('#/deck');
    await study(page, ['4']);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.locator('dialog').waitFor({ state: 'hidden' });
    expect((await stored(page)).values).toEqual(['deck.progress']);
    await page.reload();
    await page.waitForSelector('.show');
    expect(Object.keys((await exported(page)).cards)).toHaveLength(1);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.waitForSelector(`[data-card="${ids[0]}"]`);
    expect(await page.getByRole('button', { name: 'Export' }).isDisabled()).toBe(true);
  });
});

describeBrowser('the experiments of the cards', () => {
  const laboratory = nodeLaboratory();

  it.each(['training', 'inference', 'scaling', 'gradient'] as const)(
    'of “%s” has the verdict and the numbers that it has in Node',
    { timeout: 240_000 },
    async (id) => {
      const card = deck.find((known) => known.id === id);
      const expected = await card?.experiment(laboratory);
      const { page, errors } = await lab.open(`#/deck/${id}`);
      await runExperiment(page);
      const result = page.locator('.result');
      expect(await result.getAttribute('data-verdict')).toBe(expected?.verdict);
      const numbers = JSON.parse((await result.getAttribute('data-numbers')) as string);
      expect(Object.keys(numbers)).toEqual(Object.keys(expected?.numbers ?? {}));
      for (const [name, value] of Object.entries(expected?.numbers ?? {}))
        expect(farthest(numbers[name], value), name).toBeLessThan(tolerance);
      const findings = await page.locator('.findings tbody th').allInnerTexts();
      expect(findings).toEqual(expected?.findings.map(({ name }) => name));
      await page.waitForFunction(
        (count) => document.querySelectorAll('.result-picture figure').length === count,
        expected?.pictures.length,
      );
      expect(errors).toEqual([]);
    },
  );

  it('are kept: the last result is there after a reload, and in the list of cards', async () => {
    const { page } = await lab.open('#/deck/training');
    await runExperiment(page);
    const numbers = await page.locator('.result').getAttribute('data-numbers');
    await page.reload();
    await page.waitForSelector('.result');
    expect(await page.locator('.result').getAttribute('data-numbers')).toBe(numbers);
    await page.getByRole('link', { name: 'All cards' }).click();
    await page.waitForSelector('.card-list .verdict.holds');
  });

  it('can be stopped at once, and others run after it', { timeout: 120_000 }, async () => {
    const long = deck.toSorted((a, b) => b.cost - a.cost)[0]?.id as CardId;
    const { page } = await lab.open(`#/deck/${long}`);
    await page.getByRole('button', { name: 'Run it here' }).click();
    await page.waitForFunction(() =>
      document.querySelector('.progress-words')?.textContent?.includes('Running'),
    );
    await page.evaluate(() => {
      location.hash = '#/deck/training';
    });
    await page.waitForSelector('[data-experiment="training"]');
    await page.getByRole('button', { name: 'Run it here' }).click();
    await page.getByText('Waits for another experiment').waitFor();
    await page.evaluate((id) => {
      location.hash = `#/deck/${id}`;
    }, long);
    await page.waitForSelector(`[data-experiment="${long}"]`);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Run it here' }).waitFor();
    expect(await page.locator('.result').count()).toBe(0);
    await page.evaluate(() => {
      location.hash = '#/deck/training';
    });
    await page.waitForSelector('[data-experiment="training"] .result', { timeout: 60_000 });
  });
});

/** Float32 programs of two builds of ONNX Runtime round differently; training carries that on. */
const tolerance = 1e-3;

/** The largest difference of two numbers or arrays, relative where they are above 1. */
function farthest(a: unknown, b: unknown): number {
  const [left, right] = [a, b].map((value) => (Array.isArray(value) ? value : [value])) as [
    number[],
    number[],
  ];
  if (left.length !== right.length) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...left.map((x, i) => Math.abs(x - (right[i] as number)) / Math.max(1, Math.abs(x))));
}

describeBrowser('the pages of the deck', () => {
  it('have an address for each card, with its question in the title, and say which card is none', async () => {
    const { page } = await lab.open('#/deck/cards');
    await page.waitForSelector('.card-list');
    expect(await page.locator('.card-list a').count()).toBe(ids.length);
    for (const { id, question } of deck) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/deck/${id}`);
      await page.waitForSelector(`article[data-card="${id}"] .answer`);
      expect(await page.title()).toContain(question);
      expect(await page.locator('.katex-error').count()).toBe(0);
    }
    await page.evaluate(() => {
      location.hash = '#/deck/nonsense';
    });
    expect(await page.getByRole('alert').innerText()).toContain('The deck has no card “nonsense”');
  });

  it.each([
    ['light', { viewport: { width: 1280, height: 900 } }],
    ['dark', { viewport: { width: 375, height: 740 } }],
  ] as const)(
    'are clean to axe in the %s scheme, and no wider than the window',
    async (colorScheme, options) => {
      const { page } = await lab.open('#/deck', { ...options, colorScheme });
      await page.waitForSelector('.show');
      expect(await layoutShift(page)).toBeLessThan(0.02);
      expect(await axe(page)).toEqual([]);
      await page.keyboard.press('Space');
      await answerShows(page);
      expect(await axe(page)).toEqual([]);
      await page.evaluate(() => {
        location.hash = '#/deck/training';
      });
      await page.waitForSelector('article[data-card="training"]');
      await runExperiment(page);
      await page.waitForSelector('.result-picture canvas');
      // The verdict of every finding is in sight.
      expect(
        await page.locator('.findings').evaluate((table) => {
          const frame = table.parentElement as HTMLElement;
          return frame.scrollWidth - frame.clientWidth;
        }),
      ).toBeLessThanOrEqual(0);
      expect(await page.locator('.tabs [aria-current]').innerText()).toBe('All cards');
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.getByRole('link', { name: 'All cards' }).click();
      await page.waitForSelector('.card-list');
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    },
  );
});
