import { describe, expect, it } from 'vitest';
import type { ArmResults, PairResult } from '../compare/results.js';
import { resolveSettings } from '../options/resolve.js';
import { summarise } from '../summary/summarise.js';
import { chartsOf } from './charts.js';
import { escapeHtml, scriptCode, scriptJson } from './escape.js';
import type { Report } from './index.js';
import { reportAssets, reportOf } from './index.js';
import { colourOf } from './palette.js';
import { pooledBins } from './reliability.js';
import { curveOf } from './series.js';

const evil = `</script><img src=x onerror=alert(1)>"'&`;

function pair(arm: string, seed: number, epochs: number): PairResult {
  return {
    arm,
    seed,
    epochs: Array.from({ length: epochs }, (_, i) => ({
      epoch: i + 1,
      step: i + 1,
      thinnedLoss: 1,
      train: { loss: 1 / (i + 1), error: 0.1 },
      test: { loss: 1.5 / (i + 1) + seed / 10, error: 0.1 + seed / 100 },
      seconds: 1,
      examplesPerSecond: 1000,
    })),
    train: { loss: 0.1, error: 0.01 },
    test: { loss: 0.3 + seed / 100, error: 0.1 + seed / 100 },
    calibration: {
      ece: 0.02,
      bins: [
        { count: 0, confidence: 0, accuracy: 0 },
        { count: 10 * seed, confidence: 0.75, accuracy: seed / 4 },
      ],
    },
    examplesPerSecond: 1000,
  };
}

function reportWith(labels: readonly string[], seeds = [1, 2]): Report {
  const arms: ArmResults[] = labels.map((label, i) => ({
    spec: label,
    label,
    folder: `arm-${i}`,
    results: seeds.map((seed) => pair(label, seed + i, 5)),
  }));
  return {
    config: {
      format: 1,
      versions: { thinnet: '0.1.0', 'onnxruntime-node': '1.30.0', node: '20', platform: 'linux-x64' },
      command: `thinnet compare --data '${evil}'`,
      data: { name: evil, digest: 'sha256:abc', train: 20, test: 40, shape: [2], classes: 3 },
      given: {},
      settings: resolveSettings({ arms: labels }),
      arms: [],
    },
    arms,
    summary: summarise(arms),
    sentences: [`It lowered ${evil} by 4.2 %.`],
    examples: 'examples',
  };
}

const assets = { script: 'var uPlot = "</script>";', style: '.u{}', licence: 'The MIT License */ Copyright' };

describe('the report', () => {
  it('escapes all text, in HTML, attributes, data and code', () => {
    const html = reportOf(reportWith(['none', evil]), assets);
    expect(html).not.toContain('<img');
    expect(html).not.toContain(evil);
    expect(html).toContain(escapeHtml(evil));
    expect(html.match(/<\/script>/g)).toHaveLength(4);
    expect(html).not.toContain('License */');
  });

  it('keeps data as it was through the script element', () => {
    const value = { text: `${evil}\u2028`, numbers: [1, 2.5] };
    expect(JSON.parse(scriptJson(value))).toEqual(value);
    expect(scriptJson(value)).not.toMatch(/<|\u2028/);
    expect(scriptCode('a</SCRIPT>')).toBe('a<\\/SCRIPT>');
  });

  it('asks nothing of the network', async () => {
    const html = reportOf(reportWith(['none', 'dropout 0.5']), await reportAssets());
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"`,
    );
    const markup = html.replace(/<script>.*?<\/script>/gs, '');
    expect(markup.match(/<(link|img|iframe)\b|<[^>]*\ssrc=|@import|url\(/)).toBeNull();
    const code = html.slice(markup.indexOf('<script'));
    expect(code.includes('Permission is hereby granted, free of charge')).toBe(true);
    expect(code.includes('var uPlot=')).toBe(true);
  });

  it('says what happened in headings, a table with every number, and a description of every chart', () => {
    const report = reportWith(['none', 'dropout 0.5']);
    const html = reportOf(report, assets);
    const headings = [...html.matchAll(/<h2[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(headings).toEqual([
      'Results',
      'Difference in test error to none',
      'Loss',
      'Test error',
      'Generalisation gap',
      'Calibration',
      'Settings',
      'To repeat it',
    ]);
    expect(html).toContain('11.50 <span class="spread">± 6.35</span>');
    const pictures = [...html.matchAll(/role="img" aria-label="([^"]*)"/g)].map(([, text]) => text);
    expect(pictures).toHaveLength(5);
    expect(pictures[1]).toBe(
      'Test error over 5 epochs. Share of the test examples misclassified. At the end: none: 11.50 %; dropout 0.5: 12.50 %.',
    );
    for (const id of html.matchAll(/aria-labelledby="([^"]*)"/g)) expect(html).toContain(`id="${id[1]}"`);
  });

  it('breaks the command between options alone, and has it whole', () => {
    const report = reportWith(['none']);
    const command = "thinnet compare --data 'a b' --hidden 64,64";
    const html = reportOf({ ...report, config: { ...report.config, command } }, assets);
    const [, pre = ''] = /<pre id="command">(.*?)<\/pre>/.exec(html) ?? [];
    expect(pre.match(/<span class="option">[^<]*<\/span>/g)).toHaveLength(3);
    expect(pre.replace(/<[^>]*>/g, '')).toBe(escapeHtml(command));
    expect(html).toContain('<button type="button" id="copy" hidden>Copy</button>');
  });

  it('has the same figure in the table and below the chart', () => {
    const report = reportWith(['none'], [1, 2]);
    const errors = [0.36, 0.3707];
    const arms = report.arms.map((arm) => ({
      ...arm,
      results: arm.results.map((result, i) => {
        const test = { ...result.test, error: errors[i] as number };
        return { ...result, test, epochs: result.epochs.map((epoch) => ({ ...epoch, test })) };
      }),
    }));
    const html = reportOf({ ...report, arms, summary: summarise(arms) }, assets);
    const [, figure] = /data-label="test error %"><span>([\d.]+)/.exec(html) ?? [];
    expect(html).toContain(`data-line>${figure} %</span>`);
  });

  it('is a pure function of the results', () => {
    expect(reportOf(reportWith(['none', 'a']), assets)).toBe(reportOf(reportWith(['none', 'a']), assets));
  });

  it('of one seed claims no interval, and of one arm no difference', () => {
    const html = reportOf(reportWith(['none'], [1]), assets);
    expect(html).toContain('One seed: no intervals.');
    expect(html).not.toContain('Difference in test error');
    expect(html).not.toContain('±');
  });
});

describe('curves', () => {
  it('are the mean of the seeds, between their lowest and highest, each epoch over those that got there', () => {
    const arm: ArmResults = {
      spec: 'a',
      label: 'a',
      folder: 'a',
      results: [pair('a', 1, 3), pair('a', 3, 2)],
    };
    const { mean, low, high } = curveOf(arm, ({ test }) => test.error);
    [0.12, 0.12, 0.11].forEach((value, i) => void expect(mean[i]).toBeCloseTo(value));
    [0.11, 0.11, 0.11].forEach((value, i) => void expect(low[i]).toBeCloseTo(value));
    [0.13, 0.13, 0.11].forEach((value, i) => void expect(high[i]).toBeCloseTo(value));
  });

  it('lie within the limits of their chart from the tenth part of the epochs on', () => {
    const arm: ArmResults = { spec: 'a', label: 'a', folder: 'a', results: [pair('a', 1, 40)] };
    for (const { min, max, isClipped, lines } of chartsOf([arm])) {
      const values = lines.flatMap(({ curve }) => [...curve.low.slice(4), ...curve.high.slice(4)]);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(min);
      expect(Math.max(...values)).toBeLessThanOrEqual(max);
      expect(isClipped).toBe(Math.max(...lines.flatMap(({ curve }) => curve.high)) > max);
    }
  });
});

describe('reliability', () => {
  it('pools the seeds by their counts', () => {
    const arm: ArmResults = {
      spec: 'a',
      label: 'a',
      folder: 'a',
      results: [pair('a', 1, 1), pair('a', 3, 1)],
    };
    expect(pooledBins(arm)).toEqual([
      { count: 0, confidence: 0, accuracy: 0 },
      { count: 40, confidence: 0.75, accuracy: (10 * 0.25 + 30 * 0.75) / 40 },
    ]);
  });
});

describe('the palette', () => {
  it('has enough contrast to the paper, light and dark (3 : 1, WCAG 2.1 for graphics)', () => {
    const luminance = (hex: string) => {
      const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
      const [r = 0, g = 0, b = 0] = channels.map((c) =>
        c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: string, b: string) => {
      const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (high + 0.05) / (low + 0.05);
    };
    for (let arm = 0; arm < 6; arm++) {
      expect(contrast(colourOf(arm).light, '#fdfdfc')).toBeGreaterThan(4.5);
      expect(contrast(colourOf(arm).dark, '#14171a')).toBeGreaterThan(4.5);
    }
    expect(colourOf(7)).toBe(colourOf(1));
  });
});
