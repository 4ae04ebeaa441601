/** @file Verifying a deck: one card after the other, none hidden by another. */
import { describe, expect, it } from 'vitest';
import type { Card, CardId, Result } from './card.js';
import { nodeLaboratory } from './node/index.js';
import { result } from './result.js';
import { type Outcome, verify } from './verify.js';

const holds = (id: CardId): Result =>
  result(id, {
    summary: 'seen',
    findings: [{ name: 'n', measured: '1', expected: '1', verdict: 'holds' }],
    pictures: [],
    numbers: {},
  });

const card = (id: CardId, experiment: Card['experiment']): Card => ({
  id,
  section: 'overview',
  question: '?',
  answer: '.',
  sources: [],
  claim: '',
  method: '',
  cost: 1,
  experiment,
});

const order: string[] = [];
const deck: readonly Card[] = [
  card('what', async () => {
    order.push('what begins');
    await Promise.resolve();
    order.push('what ends');
    return holds('what');
  }),
  card('training', async () => {
    order.push('training begins');
    throw new Error('the experiment broke');
  }),
  card('features', async () => holds('features')),
];

async function collect(outcomes: AsyncIterable<Outcome>): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all;
}

describe('verify', () => {
  it('gives every card’s outcome in order, a failure among them', async () => {
    const told: unknown[] = [];
    const outcomes = await collect(
      verify(deck, nodeLaboratory(), { onCard: ({ id }, place, count) => told.push([id, place, count]) }),
    );
    expect(outcomes).toMatchObject([
      { card: { id: 'what' }, result: { verdict: 'holds' } },
      { card: { id: 'training' }, error: { message: 'the experiment broke' } },
      { card: { id: 'features' }, result: { verdict: 'holds' } },
    ]);
    expect(told).toEqual([
      ['what', 0, 3],
      ['training', 1, 3],
      ['features', 2, 3],
    ]);
    expect(order).toEqual(['what begins', 'what ends', 'training begins']);
  });

  it('runs the cards that are asked for, in the deck’s order', async () => {
    const outcomes = await collect(verify(deck, nodeLaboratory(), { only: ['features', 'what'] }));
    expect(outcomes.map((outcome) => outcome.card.id)).toEqual(['what', 'features']);
  });

  it('refuses a card that is not in the deck, and says which there are', async () => {
    await expect(collect(verify(deck, nodeLaboratory(), { only: ['conv'] }))).rejects.toMatchObject({
      name: 'ThinnetError',
      message: 'there is no card "conv"; the cards are what, training, features',
    });
  });

  it('ends by the signal’s reason, whatever the experiment makes of an abort', async () => {
    const controller = new AbortController();
    const aborting = card('what', async () => {
      controller.abort(new Error('enough'));
      throw new Error('something else');
    });
    const outcomes = verify([aborting, ...deck], nodeLaboratory({ signal: controller.signal }));
    await expect(collect(outcomes)).rejects.toThrow('enough');
  });
});
