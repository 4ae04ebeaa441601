/** @file Debian's Chromium with a page that is one file. */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { describe } from 'vitest';

const chromium = process.env.THINNET_CHROMIUM ?? '/usr/bin/chromium';
const quiet = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/** `describe` for tests that need Chromium: skipped where it is absent, unless THINNET_REQUIRE_TOOLS=1 lets that fail. */
export function describeBrowser(title: string, tests: () => void): void {
  describe.skipIf(process.env.THINNET_REQUIRE_TOOLS !== '1' && !existsSync(chromium))(title, tests);
}

export interface OpenFile {
  readonly page: Page;
  /** Errors of scripts, and what the console complains about, such as what the page's policy forbids. */
  readonly errors: string[];
  /** Addresses that were asked for beside the file itself. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Opens a file of this machine, as by a double click. */
export async function openFile(path: string): Promise<OpenFile> {
  const { chromium: driver } = await import('playwright-core');
  const browser = await driver.launch({ executablePath: chromium, args: quiet });
  const page = await browser.newPage();
  const address = pathToFileURL(path).href;
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('request', (request) => void (request.url() !== address && requests.push(request.url())));
  await page.goto(address, { waitUntil: 'load' });
  return { page, errors, requests, close: () => browser.close() };
}
