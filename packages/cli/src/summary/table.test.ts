import { type ArmResults, type PairResult, summarise } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { textTable } from './table.js';

/** An arm with these test errors, one a seed. */
function arm(label: string, errors: readonly number[]): ArmResults {
  const results = errors.map(
    (error, i): PairResult => ({
      arm: label,
      seed: i + 1,
      epochs: [],
      train: { loss: 0.01, error: 0.001 },
      test: { loss: 0.21 + i / 500, error },
      calibration: { ece: 0.01 + i / 1000, bins: [] },
      examplesPerSecond: 21_234,
    }),
  );
  return { spec: label.replace(' ', '='), label, folder: label, results };
}

const five = [0.046, 0.047, 0.0455, 0.0463, 0.0467];
const less = (by: number) => five.map((error, i) => error - by + (i % 2 ? 0.0004 : -0.0004));

describe('the table', () => {
  it('lines up a row for each arm with mean and half-width, and no interval for one seed', () => {
    const summary = summarise([arm('none', five), arm('dropout 0.5', less(0.0042))]);
    const lines = textTable(summary, 'images').split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^arm +test error % +train error % +test loss +gap +ECE +images\/s$/);
    expect(lines[1]).toMatch(/^none +4\.63 ± 0\.07 +0\.10 ± 0\.00 .* 21,200$/);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    const single = textTable(summarise([arm('none', [0.05])]), 'examples');
    expect(single).toContain('examples/s');
    expect(single).not.toContain('±');
  });
});

describe('the table in a terminal', () => {
  const summary = summarise([arm('none', five), arm('dropout 0.5', less(0.01))]);
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
  it('fits it: a row an arm, else a column an arm, else one arm below the other', () => {
    const firstLines = [120, 80, 60, 40].map((width) => {
      const text = textTable(summary, 'images', width);
      expect(widest(text)).toBeLessThanOrEqual(width);
      return text.split('\n')[0]?.trim().replace(/ +/g, ' ');
    });
    const byArm = 'arm test error % train error % test loss gap ECE images/s';
    expect(firstLines).toEqual([byArm, 'none dropout 0.5', 'none dropout 0.5', 'none']);
    expect(textTable(summary, 'images').split('\n')[0]?.trim().replace(/ +/g, ' ')).toBe(byArm);
  });

  it('has the same figures at every width', () => {
    const figures = (text: string) => (text.match(/\d+\.\d+ ± \d+\.\d+/g) ?? []).sort();
    expect(figures(textTable(summary, 'images', 40))).toEqual(figures(textTable(summary, 'images')));
    expect(figures(textTable(summary, 'images', 60))).toHaveLength(10);
  });
});
