/** @file Chromium with a page that is one file. */
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { launchChromium, newPage } from '../../../thinnet/src/testing/browser.js';

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
  const browser = await launchChromium();
  const page = await newPage(browser);
  const address = pathToFileURL(path).href;
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('request', (request) => void (request.url() !== address && requests.push(request.url())));
  await page.goto(address, { waitUntil: 'load' });
  return { page, errors, requests, close: () => browser.close() };
}
