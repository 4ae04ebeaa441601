import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Turns } from './turns.js';

interface Played {
  /** Arm and step, in the order in which steps were taken. */
  readonly taken: (readonly [arm: number, step: number])[];
  readonly levels: number[];
  readonly turns: Turns;
  readonly end: Promise<unknown>;
}

/** Arms that take all their steps, `chunk` at a time, asking for up to 7 at once. */
function play(arms: number, steps: number, chunk: number, options: { paused?: boolean } = {}): Played {
  const taken: Played['taken'] = [];
  const levels: number[] = [];
  const turns = new Turns(arms, { ...options, chunk: () => chunk, onLevel: (step) => levels.push(step) });
  const arm = async (number: number) => {
    for (let at = 0; at < steps; ) {
      const count = await turns.take(number, at, Math.min(7, steps - at));
      await Promise.resolve();
      for (let k = 0; k < count; k++) taken.push([number, at + k]);
      at += count;
      turns.done(number, count);
    }
    turns.leave(number);
  };
  const end = Promise.all(Array.from({ length: arms }, (_, i) => arm(i)));
  return { taken, levels, turns, end };
}

/** Lets everything happen that can. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const stepsOf = ({ taken }: Played, arm: number) =>
  taken.filter(([other]) => other === arm).map(([, step]) => step);

describe('turns', () => {
  it('let every arm take every step once, in order, none ahead of another by more than a turn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 5 }),
        async (arms, steps, chunk) => {
          const played = play(arms, steps, chunk);
          await played.end;
          const standing = Array.from({ length: arms }, () => 0);
          for (const [arm, step] of played.taken) {
            expect(step).toBe(standing[arm]);
            standing[arm]! += 1;
            expect(Math.max(...standing) - Math.min(...standing)).toBeLessThanOrEqual(chunk);
          }
          expect(standing).toEqual(standing.map(() => steps));
        },
      ),
    );
  });

  it('begin paused, and give each arm one step at a time', async () => {
    const played = play(3, 10, 4, { paused: true });
    await settle();
    expect(played).toMatchObject({ taken: [], levels: [0] });
    for (let step = 0; step < 3; step++) {
      played.turns.step();
      await settle();
      for (const arm of [0, 1, 2]) expect(stepsOf(played, arm)).toHaveLength(step + 1);
    }
    expect(played.levels).toEqual([0, 1, 2, 3]);
    played.turns.go();
    await played.end;
    expect(stepsOf(played, 2)).toHaveLength(10);
  });

  it('level all arms at a pause, and say so once', async () => {
    const levels: number[] = [];
    const turns = new Turns(2, { chunk: () => 4, onLevel: (step) => levels.push(step) });
    const first = turns.take(0, 0, 9);
    expect(await Promise.race([first, settle()])).toBeUndefined();
    const second = turns.take(1, 0, 9);
    expect(await first).toBe(4);
    turns.pause();
    turns.done(0, 4);
    const rest = turns.take(0, 4, 5);
    expect(await second).toBe(4);
    turns.done(1, 4);
    expect(levels).toEqual([]);
    void turns.take(1, 4, 5);
    await settle();
    expect(levels).toEqual([4]);
    expect(await Promise.race([rest.then(() => 'went on'), settle()])).toBeUndefined();
    turns.go();
    expect(await rest).toBe(4);
  });

  it('let an arm that resumes behind the others come up first', async () => {
    const turns = new Turns(2, { chunk: () => 100, onLevel: () => undefined });
    const ahead = turns.take(0, 50, 10);
    const behind = turns.take(1, 40, 10);
    expect(await behind).toBe(10);
    expect(await Promise.race([ahead.then(() => 'went on'), settle()])).toBeUndefined();
    turns.done(1, 10);
    expect(await ahead).toBe(10);
  });

  it('do what has to happen between them after the turn under way', async () => {
    const turns = new Turns(1, { chunk: () => 1, onLevel: () => undefined });
    const order: string[] = [];
    const note = (word: string) => async () => void order.push(word);
    await turns.between(note('at once'));
    await turns.take(0, 0, 1);
    const waited = turns.between(note('afterwards'));
    await settle();
    order.push('turn');
    turns.done(0, 1);
    await waited;
    expect(order).toEqual(['at once', 'turn', 'afterwards']);
  });

  it('end with a reason for all who wait', async () => {
    const turns = new Turns(2, { paused: true, chunk: () => 1, onLevel: () => undefined });
    const waiting = [turns.take(0, 0, 1), turns.take(1, 0, 1)];
    turns.stop('stopped');
    expect(await Promise.allSettled(waiting)).toEqual(
      waiting.map(() => ({ status: 'rejected', reason: 'stopped' })),
    );
  });

  it('are refused to who asks after the stop, in the middle of a turn too', async () => {
    const turns = new Turns(2, { chunk: () => 1, onLevel: () => undefined });
    const first = turns.take(0, 0, 2);
    const second = turns.take(1, 0, 2);
    expect(await first).toBe(1);
    turns.stop('stopped');
    await expect(second).rejects.toBe('stopped');
    turns.done(0, 1);
    await expect(turns.take(0, 1, 1)).rejects.toBe('stopped');
    turns.stop('later');
    await expect(turns.take(1, 0, 2)).rejects.toBe('stopped');
  });
});
