import { describe, expect, it } from 'vitest';
import { fallingEpochs } from '../../../thinnet/src/testing/epochs.js';
import { type ArmHistories, curveOf } from './curves.js';
import { axisNote, readings, yLimits } from './line-chart.js';
import { chartsOf, lineChartOf, type RunChart } from './run-charts.js';

const history = (seed: number, epochs: number) => ({ epochs: fallingEpochs(seed, epochs) });

describe('curves', () => {
  it('are the mean of the seeds, between their lowest and highest, each epoch over those that got there', () => {
    const arm: ArmHistories = { label: 'a', results: [history(1, 3), history(3, 2)] };
    const { mean, low, high } = curveOf(arm, ({ test }) => test.error);
    [0.12, 0.12, 0.11].forEach((value, i) => void expect(mean[i]).toBeCloseTo(value));
    [0.11, 0.11, 0.11].forEach((value, i) => void expect(low[i]).toBeCloseTo(value));
    [0.13, 0.13, 0.11].forEach((value, i) => void expect(high[i]).toBeCloseTo(value));
  });

  it('lie within the limits of their chart from the tenth part of the epochs on', () => {
    for (const { min, max, lines } of chartsOf([{ label: 'a', results: [history(1, 40)] }])) {
      const values = lines.flatMap(({ curve }) => [...curve.low.slice(4), ...curve.high.slice(4)]);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(min);
      expect(Math.max(...values)).toBeLessThanOrEqual(max);
    }
  });
});

describe('a chart that is drawn', () => {
  const arms: readonly ArmHistories[] = [
    { label: 'none', results: [history(1, 3), history(2, 3)] },
    { label: 'dropout 0.5', results: [history(3, 2), history(4, 2)] },
  ];
  const error = chartsOf(arms).find(({ id }) => id === 'error') as RunChart;

  it('has the limits that were kept, and its own arms’ colours', () => {
    for (const chart of chartsOf(arms)) {
      const drawn = lineChartOf(chart, 2);
      expect(yLimits(drawn)).toEqual([chart.min, chart.max]);
      expect(drawn.lines.map(({ colour }) => colour)).toEqual(chart.lines.map(({ arm }) => `--arm-${arm}`));
    }
  });

  it('says of errors far from 0 that the axis does not begin there, and of high first losses where they are', () => {
    const at = (error: number) =>
      fallingEpochs(1, 40).map((epoch) => ({ ...epoch, test: { ...epoch.test, error } }));
    const far = [{ label: 'a', results: [{ epochs: at(0.1656) }, { epochs: at(0.17) }] }];
    const notes = chartsOf(far).map((chart) => axisNote(lineChartOf(chart, 2)));
    expect(notes).toEqual([
      'The lines begin above the frame, at up to 1.6.',
      'The axis does not begin at 0.',
      'The lines begin above the frame, at up to 0.600.',
    ]);
  });

  it('has bands of several seeds, and none of one', () => {
    const bands = (seeds: number) => lineChartOf(error, seeds).lines.map(({ low, high }) => [low, high]);
    expect(bands(2)).toEqual(error.lines.map(({ curve }) => [curve.low, curve.high].map(padded)));
    expect(bands(1)).toEqual(error.lines.map(() => [undefined, undefined]));
  });

  const padded = (values: readonly number[]) => [...values, null].slice(0, 3);

  it('of arms that ended sooner than others has their own last number, and none beyond', () => {
    const drawn = lineChartOf(error, 2);
    expect(readings(drawn)).toEqual(['11.50 %', '13.50 %']);
    expect(readings(drawn, 1)).toEqual(['11.50 %', '13.50 %']);
    expect(readings(drawn, 2)).toEqual(['11.50 %', '–']);
    expect(readings(drawn, 3)).toEqual(readings(drawn));
  });

  it('is the same after it was kept in a report as JSON', () => {
    const kept: RunChart = JSON.parse(JSON.stringify(error));
    expect(lineChartOf(kept, 2)).toEqual(lineChartOf(error, 2));
  });
});
