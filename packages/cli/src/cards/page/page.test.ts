import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deck, type Outcome, paragraphsOf, verify } from 'thinnet-deck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../../../../thinnet/src/testing/axe.js';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { escapeHtml } from '../../report/escape.js';
import { type OpenFile, openFile } from '../../testing/browser.js';
import { cardsEnvironment } from '../../testing/cards.js';
import { evil, fakeDeck } from '../../testing/fake-deck.js';
import { makeTemporaryFolder } from '../../testing/temporary.js';
import type { Verification } from '../record.js';
import { cardsAssets, cardsPage, formulaHtml } from './index.js';

async function verification(): Promise<Verification> {
  const { environment } = cardsEnvironment();
  const laboratory = await environment.laboratory({ onProgress() {}, signal: new AbortController().signal });
  const outcomes: Outcome[] = [];
  for await (const outcome of verify(fakeDeck, laboratory)) outcomes.push({ ...outcome, seconds: 1 });
  return {
    outcomes,
    began: environment.now(),
    seconds: 4,
    isComplete: true,
    command: `thinnet cards verify ${evil}`,
    versions: { thinnet: '0.1.0', 'onnxruntime-node': '1.30.0', platform: 'linux-x64' },
  };
}

const assets = {
  uPlot: { script: 'var uPlot = "</script>";', style: '.u{}', licence: 'The MIT License */ Copyright' },
  pictures: 'var thinnetPicture = "</script>";',
  pictureStyle: '.picture{}',
};

describe('the page of the cards', () => {
  it('has each card with question, answer, slip, formula, findings, verdict and sources', async () => {
    const html = cardsPage(await verification(), assets);
    for (const { card } of (await verification()).outcomes) {
      const article = html
        .slice(html.indexOf(`<article id="card-${card.id}"`))
        .split('</article>')[0] as string;
      expect(html).toContain(`<a href="#card-${card.id}">`);
      expect(article).toContain(`What is ${card.id}, at <em>rate</em> <span class="katex"><math`);
      expect(article).toContain(`The answer of ${card.id}: with `);
      expect(article).toContain('<p>A second paragraph.</p>');
      expect(article).toContain('<b>A common slip</b>');
      expect(article).toContain('display="block"');
      expect(article).toContain(`<p class="claim">The claim of ${card.id}.</p>`);
      expect(article).toContain(
        '<a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava 2014, section 4</a>',
      );
    }
    const verdicts = [
      ...html.matchAll(/<p class="place"><span>(\w+)<\/span><span class="verdict ([\w-]+)">/g),
    ];
    expect(verdicts.map(([, id, verdict]) => [id, verdict])).toEqual([
      ['what', 'holds'],
      ['training', 'does-not-hold'],
      ['masking', 'inconclusive'],
      ['conv', 'failed'],
    ]);
    expect(html).toContain('<td role="cell" data-label="measured"><span>0.3001</span></td>');
    expect(html).toContain(`The experiment ended with an error: no memory ${escapeHtml(evil)}`);
    expect(html).toContain('1 of 4 cards holds;');
    expect(html).not.toContain('stopped before its end');
  });

  it('escapes all text, in HTML, attributes, data and code', async () => {
    const html = cardsPage(await verification(), assets);
    expect(html).not.toContain('<img');
    expect(html).toContain(escapeHtml(evil));
    expect(html.match(/<\/script>/g)).toHaveLength(4);
    expect(html).not.toContain('License */');
  });

  it('refers to nothing outside but the sources that one may follow', async () => {
    const html = cardsPage(await verification(), await cardsAssets());
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"`,
    );
    const markup = html.replace(/<script>.*?<\/script>/gs, '');
    expect(markup.match(/<(link|img|iframe)\b|<[^>]*\ssrc=|@import|url\(/)).toBeNull();
    expect(html).toContain('Permission is hereby granted, free of charge');
    for (const [, id] of html.matchAll(/aria-labelledby="([^"]*)"/g)) expect(html).toContain(`id="${id}"`);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is a pure function of the results', async () => {
    const results = await verification();
    expect(cardsPage(results, assets)).toBe(cardsPage(results, assets));
  });
});

describe('the formulas of the deck', () => {
  it('are all MathML', () => {
    const formulas = deck.flatMap(({ id, question, answer, slip = '', claim, method, formula }) => [
      ...paragraphsOf([question, answer, slip, claim, method].join('\n\n'))
        .flat()
        .filter(({ kind }) => kind === 'formula')
        .map(({ text }) => [id, text] as const),
      ...(formula === undefined ? [] : [[id, formula] as const]),
    ]);
    expect(formulas.length).toBeGreaterThan(0);
    for (const [id, tex] of formulas) {
      const html = formulaHtml(tex, true);
      expect(html, `${id}: ${tex}`).toMatch(/^<span class="katex"><math /);
      expect(html, `${id}: ${tex}`).not.toContain('katex-error');
    }
  });

  it('that KaTeX cannot read do not spoil the page', () => {
    expect(formulaHtml('\\nosuch{')).toContain('katex-error');
  });
});

describeBrowser('the page of the cards in Chromium', () => {
  let file: OpenFile;

  beforeAll(async () => {
    const path = join(makeTemporaryFolder(afterAll), 'cards.html');
    writeFileSync(path, cardsPage(await verification(), await cardsAssets()));
    file = await openFile(path);
  });

  afterAll(() => file?.close());

  it('draws every picture into its card, without an error and without asking for anything', async () => {
    const { page, errors, requests } = file;
    const pictures = (id: string) =>
      page
        .locator(`#card-${id} .pictures figure`)
        .evaluateAll((all) => all.map((figure) => figure.className));
    expect(await pictures('what')).toEqual(['picture picture-lines', 'picture picture-bars']);
    expect(await pictures('training')).toEqual(['picture picture-grid', 'picture picture-table']);
    const drawn = await page.locator('canvas').evaluateAll((all) =>
      all.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
        return context.getImageData(0, 0, width, height).data.some((value) => value > 0);
      }),
    );
    expect(drawn).toEqual([true, true, true]);
    expect([errors, requests]).toEqual([[], []]);
  });

  it('shows formulas as mathematics', async () => {
    const fraction = await file.page.locator('#card-what .formula mfrac').boundingBox();
    expect(fraction?.height).toBeGreaterThan(25);
    expect(await file.page.locator('annotation').first().isVisible()).toBe(false);
  });

  it('fits a phone, with its tables as lists', async () => {
    const { page } = file;
    for (const width of [320, 390, 1200]) {
      await page.setViewportSize({ width, height: 800 });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(width);
    }
    const display = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).display);
    await page.setViewportSize({ width: 390, height: 800 });
    expect([await display('.findings td'), await display('.picture-table td')]).toEqual([
      'flex',
      'table-cell',
    ]);
  });

  it.each([
    ['light', 390],
    ['dark', 390],
    ['light', 1200],
    ['dark', 1200],
  ] as const)('has no fault that axe-core finds, in %s at %i pixels', async (colorScheme, width) => {
    const { page } = file;
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.locator('details').evaluateAll((all) => {
      for (const details of all) (details as HTMLDetailsElement).open = true;
    });
    expect(await axe(page)).toEqual([]);
    expect(file.errors).toEqual([]);
  });
});
