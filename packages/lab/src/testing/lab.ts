/** @file The built lab in Chromium, and what tests do with it: open, wait for what the page announces, click. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchChromium, newPage } from '../../../thinnet/src/testing/browser.js';
import { type LabServer, serveLab } from './server.js';

export { axe } from '../../../thinnet/src/testing/axe.js';

export interface LabOptions {
  /** Serves with the headers that allow threads. */
  readonly isolated?: boolean;
  /** Further arguments of Chromium. */
  readonly args?: readonly string[];
}

export interface LabPage {
  readonly page: Page;
  /** What went wrong in the page without being caught, its console's errors included. */
  readonly errors: string[];
}

export interface Lab {
  readonly server: LabServer;
  readonly browser: Browser;
  /** A new profile, which is closed with its pages when the test has ended. */
  newProfile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Opens the lab's page at `#/…`; in a new profile unless `context` is given. */
  open(hash: string, options?: BrowserContextOptions, context?: BrowserContext): Promise<LabPage>;
  close(): Promise<void>;
}

/** A browser and a server for the tests of a file. */
export async function startLab({ isolated = false, args = [] }: LabOptions = {}): Promise<Lab> {
  const server = await serveLab({ isolated });
  const browser = await launchChromium(['--disable-gpu', ...args]);
  const newProfile: Lab['newProfile'] = async (options) => {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    return context;
  };
  return {
    ...{ server, browser, newProfile },
    async open(hash, options = {}, context) {
      const page = await newPage(context ?? (await newProfile(options)));
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.goto(`${server.url}${hash}`, { waitUntil: 'load' });
      return { page, errors };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Presses “Train” of the page with that name. */
export const startTraining = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Train', exact: true }).click();

/** Waits until the run is in one of the phases; gives which. */
export async function runIs(page: Page, ...phases: readonly string[]): Promise<string> {
  const selector = phases.map((phase) => `[data-run="${phase}"]`).join(', ');
  const element = await page.waitForSelector(selector, { state: 'attached' });
  return (await element.getAttribute('data-run')) as string;
}

/** Waits until all arms have done so many epochs. */
export const epochsAre = (page: Page, epochs: number): Promise<unknown> =>
  page.waitForFunction(
    (least) => Number(document.querySelector('[data-run]')?.getAttribute('data-epochs')) >= least,
    epochs,
  );

/** What the table of results says, digits in full: a record a row, by figure. */
export const results = (page: Page): Promise<readonly Readonly<Record<string, number>>[]> =>
  page.$$eval('[data-results] tbody tr', (rows) =>
    rows.map((row) =>
      Object.fromEntries(
        [...row.querySelectorAll('[data-figure]')].map((cell) => [
          cell.getAttribute('data-figure') as string,
          Number(cell.getAttribute('data-value') ?? Number.NaN),
        ]),
      ),
    ),
  );
