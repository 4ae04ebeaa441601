/** @file The experiments of the quick cards: they hold, say the same twice, tell how far they are, and can be aborted. */
import { describe, expect, it } from 'vitest';
import { type CardId, cardIds } from '../card.js';
import { nodeLaboratory } from '../node/index.js';
import { flawsOf } from '../testing/flaws.js';
import { deck } from './index.js';

/** Without training. */
const quick: readonly CardId[] = ['training', 'masking', 'onward', 'resampled', 'inverted', 'why-inverted'];
/** These train small networks, for a second or two. */
const trained: readonly CardId[] = ['inference', 'scaling', 'gradient', 'why-scale', 'inverted-inference'];

const memory = new Map<string, Promise<unknown>>();
const cardOf = (id: CardId) => {
  const card = deck.find((one) => one.id === id);
  if (card === undefined) throw new Error(`no card ${id}`);
  return card;
};

it('the deck has every card once, in the order of cardIds', () => {
  expect(deck.map(({ id }) => id)).toEqual(cardIds);
});

describe.each([...quick, ...trained])('card %s', (id) => {
  it('holds, in every finding, and goes from 0 to 1', async () => {
    const progress: number[] = [];
    const laboratory = nodeLaboratory({ memory, onProgress: (done) => progress.push(done) });
    const { card, verdict, summary, findings, pictures, numbers } = await cardOf(id).experiment(laboratory);
    expect({ card, verdict }).toEqual({ card: id, verdict: 'holds' });
    expect(findings.filter((finding) => finding.verdict !== 'holds')).toEqual([]);
    expect(findings.length).toBeGreaterThan(1);
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.flatMap(flawsOf)).toEqual([]);
    expect(summary).toMatch(/^[A-Z].*\d.*\.$/);
    expect(Object.values(numbers).flat().every(Number.isFinite)).toBe(true);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect([progress.at(-1), Math.min(...progress) >= 0]).toEqual([1, true]);
  });

  it('does not begin under an aborted signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(cardOf(id).experiment(nodeLaboratory({ signal }))).rejects.toThrow('enough');
  });
});

it.each(quick)('card %s gives the same result twice', async (id) => {
  const results = [];
  for (let i = 0; i < 2; i++) results.push(await cardOf(id).experiment(nodeLaboratory()));
  expect(results[1]).toEqual(results[0]);
});

it('an experiment that is aborted while it trains ends by the reason, and training can begin anew', async () => {
  const controller = new AbortController();
  const shared = new Map<string, Promise<unknown>>();
  const aborted = nodeLaboratory({
    memory: shared,
    signal: controller.signal,
    onProgress: (_, doing) => {
      if (doing?.startsWith('training')) controller.abort(new Error('enough'));
    },
  });
  await expect(cardOf('scaling').experiment(aborted)).rejects.toThrow('enough');
  expect((await cardOf('scaling').experiment(nodeLaboratory({ memory: shared }))).verdict).toBe('holds');
});

it('the card on inference leaves out what needs another process where there is none, and says so', async () => {
  const { elsewhere: _, ...alone } = nodeLaboratory({ memory });
  const { verdict, summary, findings } = await cardOf('inference').experiment(alone);
  expect(verdict).toBe('holds');
  expect(findings.some(({ name }) => name.includes('another process'))).toBe(false);
  expect(summary).toContain('no other process was at hand');
});
