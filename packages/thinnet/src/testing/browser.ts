/** @file A browser as a witness: Debian's Chromium, without a head, with a page that holds the built library. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe } from 'vitest';

const chromium = process.env.THINNET_CHROMIUM ?? '/usr/bin/chromium';

const quiet = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/**
 * `describe` for tests that need Chromium: skipped where it is not installed, unless THINNET_REQUIRE_TOOLS=1 asks
 * for its absence to fail.
 */
export function describeBrowser(title: string, tests: () => void): void {
  const required = process.env.THINNET_REQUIRE_TOOLS === '1';
  describe.skipIf(!required && !existsSync(chromium))(title, tests);
}

/** The bundle of a file in this folder, and what it could not resolve: a browser has no modules of Node. */
export async function bundle(
  file: string,
): Promise<{ readonly code: string; readonly warnings: readonly string[] }> {
  const { rolldown } = await import('rolldown');
  const warnings: string[] = [];
  const build = await rolldown({
    input: fileURLToPath(new URL(file, import.meta.url)),
    platform: 'browser',
    onLog: (level, { message }) => void (level === 'warn' && warnings.push(message)),
  });
  try {
    const { output } = await build.generate({ format: 'esm' });
    return { code: output[0].code, warnings };
  } finally {
    await build.close();
  }
}

export interface BrowserPage {
  readonly page: Page;
  /** What went wrong in the page without being caught. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Opens a page from this machine that runs the code as a module, in a browser of its own. */
export async function openPage(code: string): Promise<BrowserPage> {
  const server = createServer(({ url }, response) => {
    const [type, body] =
      url === '/bundle.js'
        ? ['text/javascript', code]
        : [
            'text/html',
            '<!doctype html><title>thinnet</title><script type="module" src="/bundle.js"></script>',
          ];
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { chromium: driver } = await import('playwright-core');
  const browser = await driver.launch({ executablePath: chromium, args: quiet });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  // The module has run when the page has loaded.
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { waitUntil: 'load' });
  return {
    page,
    errors,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
