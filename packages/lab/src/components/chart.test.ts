import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChartData, chartRows, lastValues, yLimits } from './chart.js';

const line = (y: readonly (number | null)[]) => ({ name: 'a', colour: '--arm-0', y });
const chart = (y: readonly (number | null)[]): ChartData => ({
  ...{ title: 't', xLabel: 'epoch', x: y.map((_, i) => i + 1), lines: [line(y)] },
});

describe('the vertical axis', () => {
  it('holds all that comes after the first tenth of a line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1 }),
        fc.constantFrom('zero', 'close'),
        (y, axis) => {
          const [low, high] = yLimits({ lines: [line(y)], axis: axis as 'zero' });
          expect(low).toBeLessThan(high);
          for (const value of y.slice(Math.floor(y.length / 10))) {
            expect(value).toBeGreaterThanOrEqual(low);
            expect(value).toBeLessThanOrEqual(high);
          }
        },
      ),
    );
  });

  it('begins at 0 unless asked to stay close', () => {
    expect(yLimits({ lines: [line([3, 4])] })[0]).toBe(0);
    expect(yLimits({ lines: [line([3, 4])], axis: 'close' })[0]).toBeGreaterThan(2.5);
    expect(yLimits({ lines: [line([null])] })).toEqual([0, 1]);
  });
});

describe('the numbers behind a chart', () => {
  it('are a row for each x, and say where nothing was measured', () => {
    expect(chartRows(chart([0.5, null]))).toEqual([
      ['1', '0.500'],
      ['2', '–'],
    ]);
    expect(lastValues(chart([0.5, null]))).toBe('a 0.500');
  });

  it('stay readable where the chart is long, and keep its end', () => {
    const rows = chartRows(chart(Array.from({ length: 1000 }, (_, i) => i)));
    expect(rows.length).toBeLessThan(62);
    expect(rows.at(-1)?.[0]).toBe('1000');
  });
});
