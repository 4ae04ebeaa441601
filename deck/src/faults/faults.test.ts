/** @file Every fault is found by the cards whose claims it breaks, which hold for the library itself. */
import { describe, expect, it } from 'vitest';
import type { CardId } from '../card.js';
import { deck } from '../cards/index.js';
import type { DropoutUnderTest } from '../laboratory.js';
import { nodeLaboratory } from '../node/index.js';
import { theLibrary } from '../subject.js';
import { type FaultName, faults } from './index.js';

/** Training is the library's own in any case, so all may share the trained networks. */
const memory = new Map<string, Promise<unknown>>();

async function verdictOf(id: CardId, dropout: DropoutUnderTest): Promise<string> {
  const card = deck.find((one) => one.id === id);
  return (await card?.experiment(nodeLaboratory({ dropout, memory })))?.verdict ?? 'no such card';
}

const names = Object.keys(faults) as FaultName[];
const pairs = names.flatMap((name) => faults[name].cards.map((id): [FaultName, CardId] => [name, id]));

describe('a fault', () => {
  it.each(pairs)('%s: card %s does not hold', async (name, id) => {
    expect(await verdictOf(id, faults[name].dropout)).toBe('does not hold');
  });

  it.each([...new Set(pairs.map(([, id]) => id))])('card %s holds for the library itself', async (id) => {
    expect(await verdictOf(id, theLibrary)).toBe('holds');
  });

  it.each<CardId>(['onward', 'training'])('leaves card %s alone that claims nothing of it', async (id) => {
    expect(await verdictOf(id, faults.gradientNotMasked.dropout)).toBe('holds');
    expect(await verdictOf(id, faults.noiseLeftOn.dropout)).toBe('holds');
  });
});

it('a program for inference that still wants its noise as an input is found by cards on inference', async () => {
  const { thinnedProgram } = await import('thinnet');
  const dropout = { ...theLibrary, meanProgram: thinnedProgram };
  for (const id of ['inference', 'scaling', 'why-scale', 'inverted-inference'] as const)
    expect(await verdictOf(id, dropout), id).toBe('does not hold');
});
