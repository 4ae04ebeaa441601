import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisNote, type ChartData, chartRows, lastValues, yLimits } from './line-chart.js';

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

  it('has the limits that it is given, and says what lies outside', () => {
    const given = { lines: [line([3, 9])], limits: [2, 4] } as const;
    expect(yLimits(given)).toEqual([2, 4]);
    expect(axisNote(given)).toBe(
      'The axis does not begin at 0. The lines begin above the frame, at up to 9.0.',
    );
    const small = { lines: [line([-0.051, 0.058])], limits: [-0.05, 0.05] } as const;
    expect(axisNote(small)).toBe(
      'The lines begin above the frame, at up to 0.058. The lines begin below the frame, at down to −0.051.',
    );
  });
});

describe('the lines that leave the frame', () => {
  const falling = (first: number) => [
    line(Array.from({ length: 20 }, (_, i) => (i === 0 ? first : 1 - i / 100))),
  ];

  it('are shown whole where there is room for them', () => {
    expect(yLimits({ lines: falling(1.4) })[1]).toBeGreaterThan(1.4);
    expect(axisNote({ lines: falling(1.4) })).toBeUndefined();
  });

  it('are said to leave it, as is an axis that does not begin at 0', () => {
    expect(yLimits({ lines: falling(9) })[1]).toBeLessThan(2);
    expect(axisNote({ lines: falling(9) })).toBe('The lines begin above the frame, at up to 9.0.');
    expect(yLimits({ lines: falling(9), fit: 'all' })[1]).toBeGreaterThan(9);
    expect(axisNote({ lines: falling(9), fit: 'all' })).toBeUndefined();
    expect(axisNote({ lines: [line([3, 4])], axis: 'close' })).toBe('The axis does not begin at 0.');
    expect(axisNote({ lines: [line([null])], axis: 'close' })).toBeUndefined();
  });
});

describe('the numbers behind a chart', () => {
  it('are a row for each x, and say where nothing was measured', () => {
    expect(chartRows(chart([0.5, null]))).toEqual([
      ['1', '0.500'],
      ['2', '–'],
    ]);
    expect(lastValues(chart([0.5, null]))).toBe('a: 0.500');
    expect(lastValues(chart([null]))).toBe('a: –');
    expect(lastValues(chart([-0.061]))).toBe('a: −0.061');
  });

  it('stay readable where the chart is long, and keep its end', () => {
    const rows = chartRows(chart(Array.from({ length: 1000 }, (_, i) => i)));
    expect(rows.length).toBeLessThan(62);
    expect(rows.at(-1)?.[0]).toBe('1000');
  });
});
