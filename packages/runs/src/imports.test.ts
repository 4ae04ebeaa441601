/** @file The parts of this package, as a table of who may import whom, and the test that holds the sources to it. */
import { expect, it } from 'vitest';
import {
  type Architecture,
  sourcesOf,
  upward,
  violations,
  withoutTests,
} from '../../thinnet/src/testing/imports.js';

const packages = ['thinnet'];

/** What a run is; what it came to; the charts of it; what draws them, which alone needs a page. */
const architecture: Architecture = {
  format: { parts: [] },
  files: { parts: [] },
  settings: { parts: [] },
  models: { parts: ['settings'] },
  config: { parts: ['settings'] },
  results: { parts: [], packages },
  metrics: { parts: [], packages },
  'settings-in-words': { parts: ['config', 'format', 'models'] },
  summary: { parts: ['config', 'format', 'results'], packages },
  'report-data': { parts: ['config', 'summary'] },
  charts: { parts: ['format', 'results'], packages },
  index: { parts: '*' },
  draw: { parts: ['charts', 'format'], packages: ['uplot'] },
};

it('the table lets a part import only from parts above it', () => {
  expect(upward(architecture)).toEqual([]);
});

it('the sources import only what the table allows: nothing of Node, and uPlot in draw/ alone', () => {
  const sources = withoutTests(sourcesOf('packages/runs/src'));
  expect(sources.size).toBeGreaterThan(15);
  expect([...sources].flatMap(([file, source]) => violations(architecture, file, source))).toEqual([]);
});
