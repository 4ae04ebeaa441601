/** The shell in Chromium: its pages, and what is seen where something fails. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser, newPage } from '../../../thinnet/src/testing/browser.js';
import { axe, type Lab, startLab } from '../testing/lab.js';
import { layoutShift } from '../testing/layout.js';
import { pageIds, pages } from './pages.js';

describeBrowser('the shell of the lab', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab?.close());

  it('opens every page by its link, moves the reader to its beginning, and goes back', async () => {
    const { page, errors } = await lab.open('');
    for (const id of pageIds) {
      await page.getByRole('link', { name: pages[id].title, exact: true }).click();
      await page.locator(`main[data-page="${id}"] h1`).first().waitFor();
      expect(await page.title()).toBe(`${pages[id].title} · Thinnet lab`);
      expect(await page.locator('nav[aria-label="Pages"] [aria-current="page"]').textContent()).toBe(
        pages[id].title,
      );
    }
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.goBack();
    await page.locator(`main[data-page="${pageIds.at(-2)}"]`).waitFor();
    expect(errors).toEqual([]);
    expect(lab.server.requests.filter((name) => name.startsWith('!'))).toEqual([]);
  });

  it('shows the name of the open page in the navigation, also where not all names fit', async () => {
    const { page } = await lab.open('', { viewport: { width: 280, height: 600 } });
    for (const id of [...pageIds, ...pageIds.toReversed()]) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/${id}`);
      await page.locator(`main[data-page="${id}"]`).waitFor();
      const [nav, item] = await page.evaluate(() => {
        const bar = document.querySelector('nav[aria-label="Pages"]');
        return [bar, bar?.querySelector('[aria-current]')].map((element) => {
          const { left = 0, right = 0 } = element?.getBoundingClientRect() ?? {};
          return { left, right };
        });
      });
      expect(item?.left).toBeGreaterThanOrEqual((nav?.left ?? 0) - 1);
      expect(item?.right).toBeLessThanOrEqual((nav?.right ?? 0) + 1);
    }
  });

  it('says that there is no such page', async () => {
    const { page } = await lab.open('#/nowhere');
    await page.getByRole('alert').filter({ hasText: 'no page “nowhere”' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go to the first one.' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('says that a page did not load', async () => {
    const context = await lab.newProfile();
    await context.route(/assets\/runs-[^/]*\.js/, (route) => route.abort());
    const { page } = await lab.open('#/runs', {}, context);
    await page.getByRole('alert').filter({ hasText: 'This page did not load' }).waitFor();
  });

  it('says what nobody has caught', async () => {
    const { page } = await lab.open('');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => void Promise.reject(new Error('the cat sat on it')));
    await page.getByRole('alert').filter({ hasText: 'the cat sat on it.' }).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('is painted before its code and its style sheet have come, and stands still when they do', async () => {
    const context = await lab.newProfile();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await context.route(/assets\//, async (route) => {
      await held;
      await route.continue();
    });
    const page = await newPage(context);
    await page.goto(`${lab.server.url}#/runs`, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const brand = () => page.locator('.brand').boundingBox();
    const before = await brand();
    release();
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
    expect(await brand()).toEqual(before);
    expect(await layoutShift(page)).toBeLessThan(0.02);
  });

  it('is not an empty page where its code cannot start, and says why', async () => {
    const context = await lab.newProfile();
    await context.route(/assets\/index-[^/]*\.js/, (route) => route.abort());
    const page = await newPage(context);
    await page.goto(lab.server.url);
    await page.getByText('browsers start its code only from a server').waitFor();
    const links = await page.$$eval('nav[aria-label="Pages"] a', (all) =>
      all.map((link) => [link.getAttribute('href'), link.textContent]),
    );
    expect(links).toEqual(pageIds.map((id) => [`#/${id}`, pages[id].title]));
  });
});
