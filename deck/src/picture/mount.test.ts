import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { axe } from '../../../packages/thinnet/src/testing/axe.js';
import {
  type BrowserPage,
  bundle,
  describeBrowser,
  openPage,
} from '../../../packages/thinnet/src/testing/browser.js';
import type { Picture } from '../picture.js';
import { examplePictures } from '../testing/pictures.js';
import { inWords } from './numbers.js';

const require = createRequire(import.meta.url);
const uPlotFile = (name: string) =>
  readFileSync(require.resolve('uplot/package.json').replace(/package\.json$/, `dist/${name}`), 'utf8');

/** Series 1 of two, as the style sheet has it. */
const blue = { light: [0, 114, 178], dark: [86, 180, 233] };

describeBrowser('pictures in Chromium', () => {
  let browser: BrowserPage;

  beforeAll(async () => {
    const { code, warnings } = await bundle(new URL('index.ts', import.meta.url).href);
    expect(warnings).toEqual([]);
    browser = await openPage(code);
    await browser.page.addScriptTag({ content: uPlotFile('uPlot.iife.min.js') });
    await browser.page.addStyleTag({
      content: `${uPlotFile('uPlot.min.css')} 
        :root { color-scheme: light dark; } body { background: light-dark(#fdfdfc, #14171a); } main { width: 640px; }`,
    });
    await browser.page.evaluate(
      `import('/bundle.js').then((module) => {
        window.pictures = module;
        document.documentElement.lang = 'en';
        document.head.append(Object.assign(document.createElement('style'), { textContent: module.pictureStyle }));
        document.body.append(document.createElement('main'));
      })`,
    );
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    await browser.page.emulateMedia({ colorScheme: 'light' });
    // Beside all pictures: where an earlier test left it, it would point at what is drawn there.
    await browser.page.mouse.move(0, 0);
    await browser.page.evaluate(
      `{
        for (const drawing of window.drawn ?? []) drawing.destroy();
        const main = document.querySelector('main');
        main.style.width = '640px';
        main.replaceChildren();
        window.drawn = [];
      }`,
    );
  });

  const mount = (...names: (keyof typeof examplePictures)[]) =>
    mountAll(names.map((name) => examplePictures[name]));
  const mountAll = (pictures: readonly Picture[]) =>
    browser.page.evaluate((all) => {
      const {
        pictures: module,
        uPlot,
        drawn,
      } = window as unknown as {
        pictures: { mountPicture(element: Element | null, picture: unknown, tools: object): unknown };
        uPlot: unknown;
        drawn: unknown[];
      };
      for (const picture of all)
        drawn.push(module.mountPicture(document.querySelector('main'), picture, { uPlot }));
    }, pictures);
  const text = (selector: string) => browser.page.locator(selector).allTextContents();

  /** Pixels of a canvas that have this colour, with as little tolerance as the edges of lines need. */
  const pixels = (selector: string, colour: readonly number[]) =>
    browser.page.evaluate(
      ([query, wanted]) => {
        const canvas = document.querySelector(query) as HTMLCanvasElement;
        const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
          0,
          0,
          canvas.width,
          canvas.height,
        );
        let count = 0;
        for (let at = 0; at < data.length; at += 4)
          if (
            data[at + 3] === 255 &&
            [0, 1, 2].every((i) => Math.abs((data[at + i] ?? 0) - (wanted[i] ?? 0)) <= 2)
          )
            count++;
        return count;
      },
      [selector, colour] as const,
    );

  it('are drawn, in the colours of the scheme, and again when it changes', async () => {
    await mount('lines', 'bars');
    for (const scheme of ['light', 'dark'] as const) {
      await browser.page.emulateMedia({ colorScheme: scheme });
      for (const type of ['lines', 'bars']) {
        const other = scheme === 'light' ? 'dark' : 'light';
        await expect.poll(() => pixels(`.picture-${type} canvas`, blue[scheme])).toBeGreaterThan(50);
        expect(await pixels(`.picture-${type} canvas`, blue[other])).toBe(0);
      }
    }
    expect(browser.errors).toEqual([]);
  });

  it('follow a scheme that the page sets on its root element', async () => {
    await mount('lines');
    await browser.page.evaluate(`document.documentElement.style.colorScheme = 'dark'`);
    await expect.poll(() => pixels('.picture canvas', blue.dark)).toBeGreaterThan(50);
    await browser.page.evaluate(`document.documentElement.style.colorScheme = ''`);
    await expect.poll(() => pixels('.picture canvas', blue.light)).toBeGreaterThan(50);
  });

  it('put a square of each number onto the grid, and the numbers into them', async () => {
    await mount('grid');
    const colours = await browser.page.evaluate(() => {
      const canvas = document.querySelector('.picture canvas') as HTMLCanvasElement;
      return [...(canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, 2, 2).data];
    });
    // The highest, half of the lowest, zero, and nothing where there is no number.
    expect(colours).toEqual([0, 86, 138, 255, 210, 157, 122, 255, 241, 242, 243, 255, 0, 0, 0, 0]);
    expect(await text('.picture-cell')).toEqual(['1', '−0.5', '0', '–']);
    const box = async (selector: string) =>
      (await browser.page.locator(selector).first().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const [canvas, cell, column] = [
      await box('.picture canvas'),
      await box('.picture-cell'),
      await box('.picture-column'),
    ];
    expect(canvas.width).toBeCloseTo(canvas.height);
    expect(cell.x + cell.width / 2).toBeCloseTo(canvas.x + canvas.width / 4, 0);
    expect(cell.y + cell.height / 2).toBeCloseTo(canvas.y + canvas.height / 4, 0);
    expect(column.x + column.width / 2).toBeCloseTo(canvas.x + canvas.width / 4, 0);
  });

  it('label the rows and columns of a grid beside them, as many as there is room for', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `step ${i + 1}`);
    await mountAll([
      {
        ...{
          type: 'grid',
          title: 'Many',
          rows: 40,
          columns: 40,
          values: Array.from({ length: 1600 }, () => 1),
        },
        ...{ rowLabels: names, columnLabels: names },
      },
    ]);
    for (const width of [640, 320]) {
      await browser.page.evaluate((pixels) => {
        (document.querySelector('main') as HTMLElement).style.width = `${pixels}px`;
      }, width);
      const measured = () =>
        browser.page.evaluate(() => {
          const middles = (selector: string) =>
            [...document.querySelectorAll(selector)]
              .filter((label) => !label.classList.contains('spare'))
              .map((label) => {
                const { x, y, width: w, height: h } = label.getBoundingClientRect();
                return { name: label.textContent, x: x + w / 2, y: y + h / 2 };
              });
          const canvas = document.querySelector('.picture canvas') as HTMLCanvasElement;
          const { x, y, width: w, height: h } = canvas.getBoundingClientRect();
          return { rows: middles('.picture-row'), columns: middles('.picture-column'), x, y, w, h };
        });
      // Once the resize has been seen, the labels left are as far apart as letters are high.
      await expect
        .poll(async () => {
          const { rows } = await measured();
          return (rows[1]?.y ?? 0) - (rows[0]?.y ?? 0);
        })
        .toBeGreaterThanOrEqual(13);
      const { rows, columns, x, y, w, h } = await measured();
      expect(rows.length).toBeGreaterThan(5);
      for (const row of rows)
        expect(row.y).toBeCloseTo(y + ((names.indexOf(row.name ?? '') + 0.5) * h) / 40, 0);
      for (const column of columns)
        expect(column.x).toBeCloseTo(x + ((names.indexOf(column.name ?? '') + 0.5) * w) / 40, 0);
      expect(columns.every((column) => column.y < y)).toBe(true);
    }
  });

  const longNames: Picture = {
    ...{ type: 'bars', title: 'Long names', yLabel: 'R²' },
    groups: [
      'map: what element-wise dropout leaves of them',
      'dense layer: the 8 most similar units',
      'map: the 8 neighbours',
      'dense layer: what dropout leaves of them',
      'unpronounceable-hyphenated-name',
    ],
    bars: [
      {
        name: 'R²',
        values: [0.9, 0.5, 0.8, -0.2, 0.1],
        low: [0.8, 0.4, 0.7, -0.3, 0],
        high: [1, 0.6, 0.9, -0.1, 0.2],
      },
    ],
  };

  /** Painted pixels in the outermost columns and rows of a canvas. */
  const atTheEdges = (selector: string) =>
    browser.page.evaluate((query) => {
      const canvas = document.querySelector(query) as HTMLCanvasElement;
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      const { width, height } = canvas;
      const strips: [number, number, number, number][] = [
        [0, 0, 1, height],
        [width - 1, 0, 1, height],
        [0, 0, width, 1],
        [0, height - 1, width, 1],
      ];
      return strips.map(
        (strip) => context.getImageData(...strip).data.filter((value, i) => i % 4 === 3 && value > 0).length,
      );
    }, selector);

  it('lay bars down where names have no room below them, and cut no name', async () => {
    await mountAll([longNames]);
    for (const width of [640, 300]) {
      await browser.page.evaluate((pixels) => {
        (document.querySelector('main') as HTMLElement).style.width = `${pixels}px`;
      }, width);
      await expect
        .poll(() => browser.page.evaluate(`document.querySelector('.picture .uplot').offsetWidth`))
        .toBe(width);
      expect(await browser.page.locator('.picture .u-vt').count()).toBeGreaterThan(0);
      await expect.poll(() => pixels('.picture canvas', blue.light)).toBeGreaterThan(200);
      expect(await atTheEdges('.picture canvas')).toEqual([0, 0, 0, 0]);
    }
    // The first group is the uppermost.
    const over = (await browser.page.locator('.picture .u-over').boundingBox()) as { x: number; y: number };
    await browser.page.mouse.move(over.x + 10, over.y + 5);
    await expect.poll(async () => (await text('.picture-place')).join()).toBe(longNames.groups[0]);
  });

  it('draw what was measured as rings, above the curve that it lies on', async () => {
    const y = [1, 2, 3];
    const lines = [
      { name: 'measured', y, isMarked: true },
      { name: 'theory', y },
    ];
    await mountAll([{ ...{ type: 'lines', title: 'Both', xLabel: 'x', yLabel: 'y', x: [1, 2, 3] }, lines }]);
    const grey = [89, 99, 110];
    // Three rings of about 50 pixels, and the whole line between them.
    await expect.poll(() => pixels('.picture canvas', grey)).toBeGreaterThan(60);
    expect(await pixels('.picture canvas', blue.light)).toBeGreaterThan(200);
    expect(await browser.page.locator('.picture-swatch.marked').count()).toBe(1);
  });

  it('keep to the width of their place when it changes, without a scroll bar', async () => {
    await mount('lines', 'bars', 'grid', 'table');
    for (const width of [640, 320, 480]) {
      await browser.page.evaluate((pixels) => {
        (document.querySelector('main') as HTMLElement).style.width = `${pixels}px`;
      }, width);
      await expect
        .poll(() =>
          browser.page.evaluate(() =>
            [...document.querySelectorAll('.uplot')].map((plot) => (plot as HTMLElement).offsetWidth),
          ),
        )
        .toEqual([width, width]);
      const overflow = await browser.page.evaluate(
        () =>
          [...document.querySelectorAll('main, .picture, .picture-frame')].filter(
            (e) => e.scrollWidth > e.clientWidth,
          ).length,
      );
      expect(overflow).toBe(0);
    }
  });

  it('say what is under the pointer, and the last values without it', async () => {
    await mount('lines');
    const reading = async () => (await text('.picture-legend li')).map((item) => item.replace(/\s+/g, ' '));
    expect(await reading()).toEqual(['share removed 0.9', 'none 0.2', 'dropout 0.5 0.7']);
    const plot = await browser.page.locator('.picture .u-over').boundingBox();
    await browser.page.mouse.move((plot?.x ?? 0) + 3, (plot?.y ?? 0) + 40);
    await expect.poll(reading).toEqual(['share removed 0', 'none 0.9', 'dropout 0.5 0.95']);
    await browser.page.mouse.move(0, 0);
    await expect.poll(reading).toEqual(['share removed 0.9', 'none 0.2', 'dropout 0.5 0.7']);
  });

  it('are described, and have their numbers as a table behind a fold', async () => {
    await mount('lines', 'bars', 'grid', 'table');
    const labels = await browser.page
      .locator('[role="img"]')
      .evaluateAll((all) => all.map((e) => e.getAttribute('aria-label')));
    const { lines, bars, grid } = examplePictures;
    expect(labels).toEqual([lines, bars, grid].map(inWords));
    expect(await text('figcaption')).toEqual(Object.values(examplePictures).map(({ title }) => title));
    for (const summary of await browser.page.locator('summary').all()) await summary.click();
    await expect.poll(() => browser.page.locator('table').count()).toBe(4);
    expect(await text('.picture-lines td')).toEqual([
      '0.9',
      '0.88',
      '0.92',
      '0.95',
      '0.6',
      '0.5',
      '0.7',
      '–',
      '0.2',
      '0.1',
      '0.3',
      '0.7',
    ]);
  });

  it.each(['light', 'dark'] as const)('have no fault that axe-core finds, in %s', async (colorScheme) => {
    await browser.page.emulateMedia({ colorScheme });
    await mount('lines', 'bars', 'grid', 'table');
    for (const summary of await browser.page.locator('summary').all()) await summary.click();
    expect(await axe(browser.page, 'main')).toEqual([]);
  });

  it('leave nothing behind when they are destroyed', async () => {
    await mount('lines', 'bars', 'grid', 'table');
    await browser.page.evaluate(`for (const drawing of window.drawn.splice(0)) drawing.destroy()`);
    expect(await browser.page.locator('main > *').count()).toBe(0);
    await browser.page.emulateMedia({ colorScheme: 'dark' });
    await browser.page.setViewportSize({ width: 500, height: 500 });
    expect(await browser.page.locator('canvas').count()).toBe(0);
    expect(browser.errors).toEqual([]);
  });
});
