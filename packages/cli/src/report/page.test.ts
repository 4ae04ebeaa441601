import { type ArmResults, summarise } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { evil, pair, reportWith } from '../testing/report.js';
import { escapeHtml, scriptCode, scriptJson } from './escape.js';
import { reportAssets, reportOf } from './index.js';
import { pooledBins } from './reliability.js';

const uPlot = { script: 'var uPlot = "</script>";', style: '.u{}', licence: 'The MIT License */ Copyright' };
const assets = { uPlot, drawing: 'var thinnetRuns = "</script>";' };

describe('the report', () => {
  it('escapes all text, in HTML, attributes, data and code', () => {
    const html = reportOf(reportWith(['none', evil]), assets);
    expect(html).not.toContain('<img');
    expect(html).not.toContain(evil);
    expect(html).toContain(escapeHtml(evil));
    expect(html.match(/<\/script>/g)).toHaveLength(5);
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
    expect(code.includes('var thinnetRuns=')).toBe(true);
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

  it('says below a chart whose axis does not begin at 0 that it does not, as the lab does', () => {
    const html = reportOf(reportWith(['none', 'dropout 0.5']), assets);
    const [, error = ''] = html.split('<h2 id="error">');
    const [section = ''] = error.split('</section>');
    expect(section).toContain(
      '<p class="note">Share of the test examples misclassified. Lines are means over',
    );
    expect(section).toContain('<p class="axis-note">The axis does not begin at 0.</p>');
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
