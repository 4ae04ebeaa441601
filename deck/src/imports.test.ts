/** @file The parts of the deck, as a table of who may import whom, and the test that holds the sources to it. */
import { expect, it } from 'vitest';
import {
  type Architecture,
  sourcesOf,
  upward,
  violations,
  withoutTests,
} from '../../packages/thinnet/src/testing/imports.js';

const packages = ['thinnet'];

/** What a card is and what it works with; then how it measures; then the cards, and what runs and checks them. */
const architecture: Architecture = {
  bits: { parts: [] },
  format: { parts: [] },
  text: { parts: [] },
  losses: { parts: [], packages },
  statistics: { parts: [], packages: ['jstat'] },
  study: { parts: [], packages },
  // The file picture.ts and the folder that draws what it describes.
  picture: { parts: [], packages: ['uplot'] },
  laboratory: { parts: [], packages },
  subject: { parts: ['laboratory'], packages },
  samples: { parts: ['laboratory'], packages },
  memory: { parts: ['laboratory'] },
  'side-by-side': { parts: ['laboratory'] },
  masks: { parts: ['laboratory'], packages },
  run: { parts: ['laboratory'], packages },
  predict: { parts: ['laboratory', 'run'], packages },
  train: { parts: ['laboratory', 'run'], packages },
  card: { parts: ['laboratory', 'picture'] },
  sources: { parts: ['card'] },
  result: { parts: ['card'] },
  finding: { parts: ['card', 'format'], packages },
  measurements: {
    parts: ['laboratory', 'memory', 'side-by-side', 'masks', 'run', 'predict', 'train'],
    packages,
  },
  convolution: { parts: '*', packages },
  cards: { parts: '*', packages },
  verify: { parts: ['card', 'laboratory'], packages },
  faults: { parts: ['card', 'laboratory', 'subject'], packages },
  index: { parts: '*' },
  node: {
    parts: ['laboratory', 'samples', 'subject'],
    packages: ['node:', 'onnxruntime-node', 'thinnet'],
  },
};

it('the table lets a part import only from parts above it', () => {
  expect(upward(architecture)).toEqual([]);
});

it('the sources of the deck import only what the table allows: Node in node/ alone, jstat in statistics/ alone', () => {
  const sources = withoutTests(sourcesOf('deck/src'));
  expect(sources.size).toBeGreaterThan(50);
  expect([...sources].flatMap(([file, source]) => violations(architecture, file, source))).toEqual([]);
});
