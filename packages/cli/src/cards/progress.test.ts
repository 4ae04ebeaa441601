import fc from 'fast-check';
import type { Outcome, Result } from 'thinnet-deck';
import { describe, expect, it } from 'vitest';
import { fakeCard } from '../testing/fake-deck.js';
import { barLine, CardsPosition, cardsLines, type Place } from './progress.js';

const cards = [
  { ...fakeCard('what', 'overview'), cost: 3 },
  { ...fakeCard('conv', 'convolution'), cost: 1 },
];
const [what, conv] = cards as [(typeof cards)[number], (typeof cards)[number]];
const done = (card: typeof what, seconds: number): Outcome => ({
  card,
  seconds,
  result: { verdict: 'holds' } as Result,
});

function clock() {
  let time = 0;
  const pass = (seconds: number) => {
    time += seconds;
  };
  return { now: () => time, pass };
}

const place: Place = {
  card: 'conv',
  number: 14,
  count: 15,
  share: 0.4,
  doing: 'DropBlock, seed 3',
  left: 75,
};

describe('the progress of a verification', () => {
  it('weighs the cards by their costs, and reckons the rest from the time so far', () => {
    const { now, pass } = clock();
    const position = new CardsPosition(cards, now);
    position.begin(what);
    expect(position.place).toMatchObject({ card: 'what', number: 1, share: 0, left: undefined });
    pass(30);
    position.advance(0.5, 'seed 1');
    expect(position.place).toMatchObject({ share: 0.375, doing: 'seed 1', left: 50 });
    position.advance(0.4, undefined);
    expect(position.place).toMatchObject({ share: 0.375, doing: 'seed 1' });
    pass(30);
    position.end(done(what, 60));
    expect(position.place).toMatchObject({ share: 0.75, left: 20 });
    position.begin(conv);
    expect(position.place).toMatchObject({ card: 'conv', number: 2, doing: undefined });
    position.end(done(conv, 20));
    expect(position.place).toMatchObject({ share: 1, left: 0 });
  });

  it('is a bar that fits into any width', () => {
    expect(barLine(place, 110)).toBe(
      `conv                ${'█'.repeat(13)}${'░'.repeat(19)}  card 14/15  1 min 15 s left  DropBlock, seed 3`,
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (columns, share) => {
          expect(barLine({ ...place, share }, columns).length).toBeLessThanOrEqual(Math.max(1, columns - 1));
        },
      ),
    );
  });

  it('is without a terminal a line a card, and one between only after a silence', () => {
    const { now, pass } = clock();
    const lines: string[] = [];
    const view = cardsLines(cards, { write: (line) => lines.push(line), interval: 15, now });
    view.begin(what);
    pass(10);
    view.advance(0.25, 'seed 1');
    pass(10);
    view.advance(0.5, 'seed 2');
    view.advance(0.6);
    pass(20);
    view.end(done(what, 40));
    view.begin(conv);
    view.end(done(conv, 1));
    expect(lines).toEqual([
      'what (1 of 2): 50 %, seed 2, about 33 s left',
      'what (1 of 2): holds, 40 s, about 13 s left',
      'conv (2 of 2): holds, 1 s',
    ]);
  });
});
