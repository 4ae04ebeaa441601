/**
 * @file How heavy and how fast the lab's page is, as one line of JSON: what it downloads before and after training begins,
 * and Lighthouse's figures with its own settings for a phone (slow network and processor, simulated) and for a desktop.
 *
 * Usage: measure.mjs [--form mobile|desktop] [--path #/]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium } from 'playwright-core';

const { values } = parseArgs({
  options: { form: { type: 'string', default: 'mobile' }, path: { type: 'string', default: '' } },
});
const debugging = 9333;

const server = spawn(
  process.execPath,
  [fileURLToPath(new URL('../../packages/cli/bin/thinnet.js', import.meta.url)), 'lab', '--port', '0'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const [said] = await once(server.stdout, 'data');
const address = `${/http:\S+/.exec(String(said))?.[0]}${values.path}`;

/** Kibibytes of answers, as they are and by Brotli (level 9): what a host that compresses sends. */
function weight(/** @type {Map<string, Buffer>} */ bodies) {
  let raw = 0;
  let compressed = 0;
  for (const body of bodies.values()) {
    raw += body.length;
    compressed += brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
  }
  return { raw: raw / 1024, compressed: compressed / 1024 };
}

const browser = await chromium.launch({
  executablePath: process.env.THINNET_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', `--remote-debugging-port=${debugging}`],
});
try {
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {Map<string, Buffer>} */
  const bodies = new Map();
  context.on('response', async (response) => {
    if (response.url().startsWith('http') && response.ok())
      bodies.set(response.url(), await response.body().catch(() => Buffer.alloc(0)));
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  const before = weight(bodies);
  await page.getByRole('button', { name: /^train/i }).click();
  await page.locator('[data-run="running"], [data-run="finished"]').first().waitFor();
  await page.waitForLoadState('networkidle');
  const after = weight(bodies);
  await context.close();

  const result = await lighthouse(
    address,
    { port: debugging, output: 'json', logLevel: 'error' },
    values.form === 'desktop' ? desktopConfig : undefined,
  );
  if (result === undefined) throw new Error('Lighthouse gives no result');
  const { categories, audits } = result.lhr;
  const score = (/** @type {string} */ name) => 100 * (categories[name]?.score ?? Number.NaN);
  const value = (/** @type {string} */ name) => audits[name]?.numericValue ?? Number.NaN;
  console.log(
    JSON.stringify({
      performance: score('performance'),
      accessibility: score('accessibility'),
      practices: score('best-practices'),
      firstPaintMs: value('first-contentful-paint'),
      largestPaintMs: value('largest-contentful-paint'),
      blockingMs: value('total-blocking-time'),
      shift: value('cumulative-layout-shift'),
      beforeKiB: before.raw,
      beforeCompressedKiB: before.compressed,
      afterKiB: after.raw,
      afterCompressedKiB: after.compressed,
      version: `Lighthouse ${result.lhr.lighthouseVersion}, Chromium ${browser.version()}`,
      threads: 2,
    }),
  );
} finally {
  await browser.close();
  server.kill('SIGINT');
}
