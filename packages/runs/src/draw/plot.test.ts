import { describe, expect, it } from 'vitest';
import type { ChartData } from '../charts/line-chart.js';
import { rightPadding, seriesOf, shapeOf } from './plot.js';

const chart: ChartData = {
  ...{ title: 't', xLabel: 'epoch', x: [1], isCount: true },
  lines: [{ name: 'a', colour: 'red', y: [0.5] }],
};

describe('a plot', () => {
  it('has a dot for a line of one point, and none once there are two, whatever it began with', () => {
    const show = seriesOf(chart).series[1]?.points?.show as (plot: object, series: number) => boolean;
    const isDotted = (...y: readonly (number | null)[]) => show({ data: [y.map((_, i) => i), y] }, 1);
    expect(isDotted(0.5)).toBe(true);
    expect(isDotted(0.5, null)).toBe(true);
    expect(isDotted(0.5, 0.4)).toBe(false);
    expect(isDotted(0.5, null, 0.3)).toBe(false);
  });

  it('has room for half of the last number to the right of its axis', () => {
    expect(rightPadding({ ...chart, xEnd: 9 })).toBe(10);
    // Five characters, none wider than seven pixels.
    expect(rightPadding({ ...chart, xEnd: 2000 })).toBeGreaterThanOrEqual(17);
    expect(rightPadding({ ...chart, xEnd: 1e6 })).toBeGreaterThan(rightPadding({ ...chart, xEnd: 2000 }));
  });

  it('is drawn anew where anything changes but its numbers', () => {
    const shape = shapeOf(chart);
    const [line] = chart.lines as [ChartData['lines'][number]];
    expect(shapeOf({ ...chart, x: [1, 2], lines: [{ ...line, y: [0.5, 0.4] }] })).toBe(shape);
    for (const change of [
      { xLabel: 'step' },
      { isCount: false },
      { unit: ' %' },
      { lines: [{ ...line, isDashed: true }] },
      { lines: [{ ...line, colour: 'blue' }] },
      { lines: [{ ...line, low: [0.4], high: [0.6] }] },
      { lines: [line, line] },
    ])
      expect(shapeOf({ ...chart, ...change }), JSON.stringify(change)).not.toBe(shape);
  });
});
