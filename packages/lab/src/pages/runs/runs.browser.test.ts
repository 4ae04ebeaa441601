/** @file The page "Runs" in Chromium: a real run of the command shows the figures of its summary. */

import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { exclusionOf, type Summary } from 'thinnet-runs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { axe, type Lab, runIs, startLab, startTraining } from '../../testing/lab.js';
import { overflow } from '../../testing/layout.js';
import { stored } from '../../testing/stored.js';

const command = fileURLToPath(new URL('../../../../cli/bin/thinnet.js', import.meta.url));
const folderInput = 'input[aria-label="Run folder"]';
const fileInput = 'input[aria-label^="Report"]';

/** Two classes that two features almost tell apart. */
function csvOf(examples: number): string {
  const rows = Array.from({ length: examples }, (_, i) => {
    const [a, b] = [(i * 37) % 101, (i * 53) % 89];
    return `${a},${b},${a + b + ((i * 7) % 40) > 115 ? 'yes' : 'no'}`;
  });
  return `a,b,class\n${rows.join('\n')}\n`;
}

let lab: Lab;
let base: string;
let folder: string;
/** The same run as it stood halfway. */
let partial: string;
let summary: Summary & { readonly sentence: string };

async function makeRun(): Promise<void> {
  base = mkdtempSync(join(tmpdir(), 'thinnet-runs-'));
  folder = join(base, 'a run');
  writeFileSync(join(base, 'data.csv'), csvOf(300));
  const words = [
    'compare',
    '--data',
    'data.csv',
    '--label',
    'class',
    '--hidden',
    '8',
    '--epochs',
    '5',
    '--seeds',
    '3',
  ];
  const arms = ['--arm', 'none', '--arm', 'dropout=0.5', '--arm', 'gaussian=0.3'];
  await promisify(execFile)(process.execPath, [command, ...words, ...arms, '--quiet', '--out', folder], {
    cwd: base,
  });
  summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
  partial = join(base, 'partial');
  mkdirSync(partial);
  copyFileSync(join(folder, 'config.json'), join(partial, 'config.json'));
  const text = readFileSync(join(folder, 'metrics.jsonl'), 'utf8');
  writeFileSync(join(partial, 'metrics.jsonl'), text.slice(0, text.length / 2));
}

const rows = (page: Page, name: string): Promise<readonly (readonly string[])[]> =>
  page.$$eval(`table.${name} tbody tr`, (all) =>
    all.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim())),
  );

/** The results as the summary has them, to the decimals of the table. */
const expectedRows = (): readonly (readonly string[])[] =>
  summary.arms.map(({ label, ...figures }) => {
    const cell = (
      name: 'testError' | 'trainError' | 'testLoss' | 'gap' | 'ece',
      scale: number,
      decimals: number,
    ) => {
      const { mean, halfWidth = Number.NaN } = figures[name];
      return [mean, halfWidth].map((x) => (scale * x).toFixed(decimals).replace('-', '−')).join(' ± ');
    };
    return [
      ...[label, cell('testError', 100, 2), cell('trainError', 100, 2)],
      ...[cell('testLoss', 1, 4), cell('gap', 1, 4), cell('ece', 1, 4)],
    ];
  });

describeBrowser('a run of the command', () => {
  beforeAll(async () => {
    [lab] = await Promise.all([startLab(), makeRun()]);
  }, 120_000);
  afterAll(async () => {
    await lab?.close();
    rmSync(base, { recursive: true, force: true });
  });

  it('shows all its arms with the figures of its summary, and the report’s charts', async () => {
    const { page, errors } = await lab.open('#/runs');
    await page.setInputFiles(folderInput, folder);
    await page.waitForSelector('.shown-run');
    expect((await rows(page, 'results')).map((row) => row.slice(0, 6))).toEqual(expectedRows());
    expect(await page.locator('.lead').allInnerTexts()).toContain(
      summary.sentence.replaceAll(' %', '\u00a0%').replaceAll(' ± ', '\u00a0±\u00a0'),
    );
    const differences = await rows(page, 'differences');
    expect(differences.map(([arm, , interval]) => [arm, interval])).toEqual(
      summary.comparisons.map(({ arm, testError }) => [arm, exclusionOf(testError)]),
    );
    for (const [i, { testError }] of summary.comparisons.entries()) {
      const [value = ''] = differences[i]?.[1]?.split(' ± ') ?? [];
      expect(Number(value.replace('−', '-'))).toBeCloseTo(100 * testError.mean, 2);
    }
    const charts = await page.$$eval('[data-chart]', (all) =>
      all.map((chart) => chart.getAttribute('data-chart')),
    );
    expect(charts).toEqual(['Loss', 'Test error', 'Generalisation gap']);
    await page.waitForSelector('[data-chart="Generalisation gap"] canvas');
    // Curves: the mean over the seeds of each epoch's line.
    const lines = readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const last = lines.filter(({ arm, epoch }) => arm === 'dropout 0.5' && epoch === 5);
    const mean = last.reduce((sum, { testError }) => sum + 100 * testError, 0) / last.length;
    const cells = await page.$$eval('[data-chart="Test error"] tbody tr:last-child > *', (all) =>
      all.map((cell) => cell.textContent),
    );
    expect(last).toHaveLength(3);
    expect(cells).toEqual(expect.arrayContaining(['5', `${mean.toFixed(2)} %`]));
    expect(errors).toEqual([]);
  });

  it('is the same from its report alone', async () => {
    const { page } = await lab.open('#/runs');
    await page.setInputFiles(fileInput, join(folder, 'report.html'));
    await page.waitForSelector('.shown-run');
    expect((await rows(page, 'results')).map((row) => row.slice(0, 6))).toEqual(expectedRows());
    expect(await page.locator('[data-chart]').count()).toBe(3);
  });

  it('that has not ended shows its curves so far and says so', async () => {
    const { page } = await lab.open('#/runs');
    await page.setInputFiles(folderInput, partial);
    await page.waitForSelector('.shown-run');
    expect(await page.locator('[data-notice="warning"]').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('The run has not ended')]),
    );
    expect(await page.locator('[data-chart]').count()).toBe(3);
    expect(await page.locator('table.results').count()).toBe(0);
  });

  it('can be one of several that are dropped, and then the others can be chosen', async () => {
    const { page } = await lab.open('#/runs');
    await page.setInputFiles(folderInput, base);
    await page.waitForSelector('.shown-run');
    const options = await page.locator('.run-choice option').allInnerTexts();
    expect(options).toContainEqual(expect.stringMatching(/a run$/));
    await page.locator('.run-choice select').selectOption({ label: options.at(-1) as string });
    await expect.poll(() => page.locator('.shown-run').getAttribute('data-source')).toBe(options.at(-1));
  });

  it.each([
    [
      'data.csv',
      'no config.json and no report.html among data.csv; give a folder that thinnet compare wrote.',
    ],
    ['other.html', 'other.html is no report of thinnet compare: it has no data of a run in it.'],
  ])('is not seen in the file %s, which is said in plain words', async (name, message) => {
    writeFileSync(join(base, 'other.html'), '<!doctype html><title>x</title><script>alert(1)</script>');
    const { page, errors } = await lab.open('#/runs');
    await page.setInputFiles(fileInput, join(base, name));
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain(message);
    expect(errors).toEqual([]);
  });

  it('can be dropped onto the page', async () => {
    const { page } = await lab.open('#/runs');
    const report = readFileSync(join(folder, 'report.html'), 'utf8');
    const transfer = await page.evaluateHandle((text) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([text], 'report.html', { type: 'text/html' }));
      return dropped;
    }, report);
    await page.dispatchEvent('.run-drop', 'drop', { dataTransfer: transfer });
    await page.waitForSelector('.shown-run');
    expect((await rows(page, 'results')).map(([arm]) => arm)).toEqual(summary.arms.map(({ label }) => label));
  });

  it.each([
    ['light', { viewport: { width: 1280, height: 900 } }],
    ['dark', { viewport: { width: 375, height: 740 } }],
  ] as const)(
    'is shown clean to axe in the %s scheme, no wider than the window',
    async (colorScheme, options) => {
      const { page } = await lab.open('#/runs', { ...options, colorScheme });
      await page.waitForSelector('.run-drop');
      expect(await axe(page)).toEqual([]);
      await page.setInputFiles(folderInput, folder);
      await page.waitForSelector('[data-chart="Generalisation gap"] canvas');
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    },
  );
});

describeBrowser('the runs of this browser', () => {
  it('are listed with their curves, lead back to their settings, and go when they are deleted', async () => {
    const own = await startLab();
    onTestFinished(() => own.close());
    const settings = 'data=mnist&images=100&hidden=16&arms=none;dropout:0.3&epochs=2&batch=20';
    const { page } = await own.open(`#/train?${settings}`);
    await startTraining(page);
    await runIs(page, 'finished');
    await page.getByRole('link', { name: 'Runs' }).click();
    const kept = page.locator('[data-kept]');
    await kept.getByRole('button', { name: /^Show/ }).click();
    await page.waitForSelector('[data-chart="Test error"] canvas');
    expect(await kept.locator('.kept-run').innerText()).toContain('finished after 2 of 2 epochs');
    const figures = await page.$$eval('.kept-run-view > section tbody tr', (all) =>
      all.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').trim())),
    );
    expect(figures.map(([arm]) => arm)).toEqual(['no dropout', 'dropout 0.3']);
    const last = await page.$$eval('[data-chart="Test error"] tbody tr:last-child td', (all) =>
      all.map((cell) => cell.textContent),
    );
    expect(last).toEqual(figures.map(([, testError]) => `${testError} %`));
    expect(await axe(page)).toEqual([]);
    // The lines between runs are not those of what a run shows.
    const borders = await kept
      .locator('.legend li')
      .evaluateAll((all) => all.map((item) => getComputedStyle(item).borderTopWidth));
    expect([...new Set(borders)]).toEqual(['0px']);
    const heights = await kept
      .locator('.kept-run .button')
      .evaluateAll((all) => all.map((button) => button.getBoundingClientRect().height));
    expect(Math.max(...heights)).toBeLessThan(46);
    // Colours that say which arm it is stay where the page's other colours are the visitor's.
    const swatches = () =>
      kept
        .locator('tbody .swatch')
        .evaluateAll((all) => all.map((one) => getComputedStyle(one).borderTopColor));
    const before = await swatches();
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await swatches()).toEqual(before);
    expect(new Set(before).size).toBe(2);
    await page.emulateMedia({ forcedColors: null });
    expect(await kept.getByRole('link', { name: /^Its settings/ }).getAttribute('href')).toContain(
      'epochs=2',
    );
    await kept.getByRole('button', { name: /^Delete/ }).click();
    await page.locator('dialog[open]').waitFor();
    // Enter does what cannot do harm.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Keep it');
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    expect((await stored(page)).runs).toHaveLength(1);
    expect(await kept.count()).toBe(1);
    await kept.getByRole('button', { name: /^Delete/ }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await page.getByText('Nothing yet.').waitFor();
    await page.reload();
    await page.getByText('Nothing yet.').waitFor();
  });
});
