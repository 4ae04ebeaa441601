/** The shell in Chromium: its pages, and what is seen where something fails. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../thinnet/src/testing/browser.js';
import { axe, type Lab, startLab } from '../testing/lab.js';
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
    await page.context().close();
  });

  it('says that there is no such page', async () => {
    const { page } = await lab.open('#/nowhere');
    await page.getByRole('alert').filter({ hasText: 'no page “nowhere”' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Go to the first one.' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.context().close();
  });

  it('says that a page did not load', async () => {
    const context = await lab.browser.newContext();
    await context.route(/assets\/runs-[^/]*\.js/, (route) => route.abort());
    const { page } = await lab.open('#/runs', {}, context);
    await page.getByRole('alert').filter({ hasText: 'This page did not load' }).waitFor();
    await context.close();
  });

  it('says what nobody has caught', async () => {
    const { page } = await lab.open('');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => void Promise.reject(new Error('the cat sat on it')));
    await page.getByRole('alert').filter({ hasText: 'the cat sat on it.' }).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('is not an empty page where its code cannot start, and says why', async () => {
    const context = await lab.browser.newContext();
    await context.route(/assets\/index-[^/]*\.js/, (route) => route.abort());
    const page = await context.newPage();
    await page.goto(lab.server.url);
    await page.getByText('browsers start its code only from a server').waitFor();
    await context.close();
  });
});
