/** @file The page "Look inside" in Chromium: the numbers of its tables satisfy the equations, and the masks are Node's. */
import type { Page } from 'playwright-core';
import { dense, dropout, fillNoise, network } from 'thinnet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../thinnet/src/testing/browser.js';
import { axe, type Lab, startLab } from '../../testing/lab.js';
import { layoutShift, overflow } from '../../testing/layout.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.close());

type Variant = 'inverted' | 'standard';
type Table = Readonly<Record<string, readonly number[]>>;

/** Waits until the page shows the answer to its address. */
const answered = (page: Page, question: Readonly<Record<string, number>>) =>
  page.waitForFunction((wanted) => {
    const text = document.querySelector('[data-answered]')?.getAttribute('data-answered');
    const found = text ? JSON.parse(text) : {};
    return Object.entries(wanted).every(([name, value]) => found[name] === value);
  }, question);

/** A table of the page, by its columns; `weights` tables too. */
async function table(page: Page, variant: Variant, name: string): Promise<Table> {
  const rows = await page.$$eval(`[data-tables="${variant}"] [data-table="${name}"] tbody tr`, (all) =>
    all.map((row) => [...row.querySelectorAll('data')].map((cell) => Number(cell.value))),
  );
  const heads = await page.$$eval(`[data-tables="${variant}"] [data-table="${name}"] thead th`, (all) =>
    all.slice(1).map((cell) => cell.textContent ?? ''),
  );
  return Object.fromEntries(heads.map((head, i) => [head, rows.map((row) => row[i] as number)]));
}

/** Rows of a weight table: [to][from], and the bias. */
async function weights(page: Page, variant: Variant, name: string) {
  const columns = Object.values(await table(page, variant, name));
  const bias = columns.at(-1) as readonly number[];
  const weight = bias.map((_, to) => columns.slice(0, -1).map((column) => column[to] as number));
  return { weight, bias };
}

/** Float32 sums of a few terms of size 1. */
const close = (found: readonly number[] | undefined, expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs((found?.[i] as number) - value)).toBeLessThan(2e-6);
};

const times = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x * (b[i] as number));
const column = (of: Table, name: string): readonly number[] => of[name] as readonly number[];

/** The masks of the page's two dropouts as Node draws them. */
function masksInNode(rate: number, draw: { readonly seed: number; readonly step: number }): number[][] {
  const { sites } = network({ input: [6], seed: 0 }, dropout(rate), dense(6), dropout(rate));
  return sites.map((site) => {
    const noise = new Float32Array(6);
    fillNoise(site, { seed: draw.seed, step: draw.step }, noise);
    return Array.from(noise, (x) => Number(x !== 0));
  });
}

const question = { rate: 0.4, seed: 3, step: 7, flower: 1 };
const address = `#/inside?rate=0.4&seed=3&step=7&flower=1`;

describeBrowser('a training step', () => {
  it.each(['inverted', 'standard'] as const)(
    'of %s dropout: z = x·W + b, ã = factor ∘ a, the loss, and the gradients back by the same factor',
    async (variant) => {
      const { page, errors } = await lab.open(`${address}&mode=training`);
      await answered(page, question);
      const layers = [await table(page, variant, 'hidden 1'), await table(page, variant, 'hidden 2')];
      const output = await table(page, variant, 'output');
      const masks = masksInNode(question.rate, question);
      let x = column(await table(page, variant, 'input'), 'x');
      let above: readonly number[] = [];

      for (const [i, layer] of layers.entries()) {
        const { weight, bias } = await weights(page, variant, `hidden ${i + 1} weights`);
        close(
          column(layer, 'z'),
          bias.map((b, to) => b + times(weight[to] as number[], x).reduce((s, t) => s + t, 0)),
        );
        close(column(layer, 'a'), column(layer, 'z').map(Math.tanh));
        expect(column(layer, 'mask')).toEqual(masks[i]);
        const kept = variant === 'inverted' ? Math.fround(1 / 0.6) : 1;
        expect(column(layer, 'factor')).toEqual(masks[i]?.map((m) => m * kept));
        close(column(layer, 'ã'), times(column(layer, 'factor'), column(layer, 'a')));
        x = column(layer, 'ã');
      }
      const last = await weights(page, variant, 'output weights');
      close(
        column(output, 'z'),
        last.bias.map((b, to) => b + times(last.weight[to] as number[], x).reduce((s, t) => s + t, 0)),
      );
      const exponentials = column(output, 'z').map(Math.exp);
      const sum = exponentials.reduce((s, e) => s + e, 0);
      close(
        column(output, 'p'),
        exponentials.map((e) => e / sum),
      );
      const right = column(output, 'right');
      expect(right).toEqual([0, 1, 0]);
      const loss = Math.log(sum) - (column(output, 'z')[1] as number);
      expect(await page.locator(`[data-variant="${variant}"] .loss`).textContent()).toBe(
        `loss ${loss.toFixed(3)}`,
      );

      above = column(output, 'p').map((p, i) => p - (right[i] as number));
      close(column(output, '∂L/∂z'), above);
      for (const [i, layer] of [...layers.entries()].reverse()) {
        const name = i === 1 ? 'output' : 'hidden 2';
        const next = await weights(page, variant, `${name} weights`);
        const arriving = column(layer, 'a').map((_, from) =>
          above.reduce((s, g, to) => s + g * (next.weight[to]?.[from] as number), 0),
        );
        close(column(layer, '∂L/∂ã'), arriving);
        close(column(layer, '∂L/∂a'), times(column(layer, 'factor'), arriving));
        const slopes = column(layer, 'a').map((a) => 1 - a * a);
        close(column(layer, '∂L/∂z'), times(slopes, column(layer, '∂L/∂a')));
        for (const [unit, mask] of column(layer, 'mask').entries())
          if (mask === 0) expect(Math.abs(column(layer, '∂L/∂a')[unit] as number)).toBe(0);
        // The gradient of a weight: what it carried times what comes back to where it leads.
        const gradient = await weights(page, variant, `${name} gradients of the weights`);
        for (const [to, row] of gradient.weight.entries())
          close(
            row,
            column(layer, 'ã').map((sent) => sent * (above[to] as number)),
          );
        close(gradient.bias, above);
        above = column(layer, '∂L/∂z');
      }
      expect(errors).toEqual([]);
    },
  );

  it('of the next mask is that of the next step, in the address too', async () => {
    const { page } = await lab.open(address);
    await answered(page, question);
    await page.getByRole('button', { name: 'Draw the next mask' }).click();
    await answered(page, { ...question, step: 8 });
    const masks = masksInNode(question.rate, { seed: 3, step: 8 });
    expect(column(await table(page, 'standard', 'hidden 1'), 'mask')).toEqual(masks[0]);
    expect(column(await table(page, 'inverted', 'hidden 2'), 'mask')).toEqual(masks[1]);
    expect(page.url()).toContain('step=8');
    expect(await page.locator('[data-variant="inverted"] .unit.dropped').count()).toBe(
      masks.flat().filter((m) => m === 0).length,
    );
  });

  it('follows the sliders, whatever is still under way', async () => {
    const { page } = await lab.open(address);
    await answered(page, question);
    const rate = page.getByLabel('Rate, the probability to drop');
    for (const value of ['0.1', '0.75', '0', '0.55']) await rate.fill(value);
    await answered(page, { ...question, rate: 0.55 });
    const factors = column(await table(page, 'inverted', 'hidden 1'), 'factor');
    for (const factor of factors) expect([0, Math.fround(1 / 0.45)]).toContain(factor);
  });
});

describeBrowser('inference', () => {
  it('uses every unit: as it is where dropout was inverted, times keep where it was standard', async () => {
    const { page } = await lab.open(`${address}&mode=inference`);
    await answered(page, question);
    for (const [variant, factor] of [
      ['inverted', 1],
      ['standard', 0.6],
    ] as const)
      for (const name of ['hidden 1', 'hidden 2']) {
        const layer = await table(page, variant, name);
        expect(Object.keys(layer)).toEqual(['z', 'a', 'mask', 'factor', 'ã']);
        expect(column(layer, 'factor')).toEqual(Array.from({ length: 6 }, () => factor));
        close(
          column(layer, 'ã'),
          column(layer, 'a').map((a) => factor * a),
        );
      }
    expect(await page.getByRole('radio', { name: 'gradient at z' }).isDisabled()).toBe(true);
  });
});

describeBrowser('the page “Look inside”', () => {
  it('goes from unit to unit by arrow keys and writes out the sum of each', async () => {
    const { page } = await lab.open(address);
    await answered(page, question);
    const unit = (id: string) => page.locator(`[data-variant="inverted"] [data-unit="${id}"]`);
    await unit('1/0').focus();
    const written = (words: string) => page.locator('#sums', { hasText: `Written out: ${words}` }).waitFor();
    await page.keyboard.press('ArrowDown');
    await written('hidden 1, unit 2');
    await page.keyboard.press('ArrowRight');
    await written('hidden 2, unit 2');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-unit'))).toBe('2/1');
    const layer = await table(page, 'inverted', 'hidden 2');
    const sums = page.locator('.explanation').first();
    const three = (x: number) => `${x < 0 ? '−' : ''}${Math.abs(x).toFixed(3)}`;
    expect(await sums.locator('[data-line="z"] b').innerText()).toBe(three(column(layer, 'z')[1] as number));
    expect(await sums.locator('[data-line="z"] .term').count()).toBe(7);
    await unit('3/2').hover();
    await written('output, virginica');
  });

  it('has one tab stop a drawing', async () => {
    const { page } = await lab.open(address);
    await answered(page, question);
    const focused = () =>
      page.evaluate(() => [
        document.activeElement?.closest('[data-variant]')?.getAttribute('data-variant'),
        document.activeElement?.getAttribute('data-unit'),
      ]);
    await page.locator('[data-variant="inverted"] [data-unit="1/0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('#sums', { hasText: 'hidden 1, unit 2' }).waitFor();
    expect(await focused()).toEqual(['inverted', '1/1']);
    await page.keyboard.press('Tab');
    expect(await focused()).toEqual(['standard', '1/1']);
    await page.keyboard.press('Tab');
    expect((await focused())[1]).toBeNull();
  });

  it('says what of its address could not be read, until something is changed', async () => {
    const { page } = await lab.open('#/inside?rate=5&seed=abc&step=7');
    await answered(page, { rate: 0.3, seed: 5, step: 7 });
    const said = await page.locator('[data-notice="warning"]').innerText();
    expect(said).toContain('rate=5: the rate is a number from 0 to 0.9; 0.3 is taken');
    expect(said).toContain('seed=abc');
    await page.getByRole('button', { name: 'Draw the next mask' }).click();
    await page.locator('[data-notice="warning"]').waitFor({ state: 'detached' });
  });

  it('draws no line through a caption, and every number within its circle', async () => {
    const { page } = await lab.open('#/inside?rate=0.9&seed=3&step=1&flower=2');
    await answered(page, { rate: 0.9, step: 1 });
    const found = await page.evaluate(() => {
      const crossed: string[] = [];
      const wide: string[] = [];
      for (const svg of document.querySelectorAll('svg.diagram')) {
        const lines = [...svg.querySelectorAll('line')].map((line) =>
          ['x1', 'y1', 'x2', 'y2'].map((name) => Number(line.getAttribute(name))),
        ) as [number, number, number, number][];
        for (const caption of svg.querySelectorAll<SVGTextElement>('.caption')) {
          const { x, y, width, height } = caption.getBBox();
          // Points of each line, closer together than letters are wide.
          const meets = lines.some(([x1, y1, x2, y2]) =>
            Array.from({ length: 201 }, (_, i) => i / 200).some((t) => {
              const [px, py] = [x1 + t * (x2 - x1), y1 + t * (y2 - y1)];
              return px > x && px < x + width && py > y + 2 && py < y + height - 2;
            }),
          );
          if (meets) crossed.push(caption.textContent ?? '');
        }
        for (const text of svg.querySelectorAll<SVGTextElement>('.unit text:not(.caption)')) {
          const radius = text.parentElement?.querySelector('circle')?.r.baseVal.value ?? 0;
          if (text.getBBox().width > 2 * radius - 3) wide.push(text.textContent ?? '');
        }
      }
      return { crossed, wide, units: document.querySelectorAll('.unit').length };
    });
    expect(found).toEqual({ crossed: [], wide: [], units: 38 });
  });

  it.each([
    ['light', { viewport: { width: 1280, height: 900 } }],
    ['dark', { viewport: { width: 375, height: 740 } }],
  ] as const)(
    'is clean to axe in the %s scheme, stands still and is no wider than the window',
    async (colorScheme, options) => {
      const { page } = await lab.open('#/inside', { ...options, colorScheme });
      await page.waitForSelector('.unit');
      expect(await layoutShift(page)).toBeLessThan(0.05);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await axe(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    },
  );
});
