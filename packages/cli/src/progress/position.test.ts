import type { Epoch } from 'thinnet';
import type { PairResult } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { progressLines } from './lines.js';
import { duration, Position } from './position.js';

const extent = { arms: ['none', 'dropout 0.5'], seeds: [1, 2], epochs: 4, examples: 'images' };

const epoch = (number: number): Epoch => ({
  epoch: number,
  step: number * 10,
  thinnedLoss: 1,
  train: { loss: 1, error: 0.1 },
  test: { loss: 1, error: 0.0421 },
  seconds: 1,
  examplesPerSecond: 12_345,
});
const result = (arm: string, seed: number, epochs: number): PairResult => ({
  arm,
  seed,
  epochs: Array.from({ length: epochs }, (_, i) => epoch(i + 1)),
  train: { loss: 1, error: 0.1 },
  test: { loss: 1, error: 0.0421 },
  calibration: { ece: 0, bins: [] },
  examplesPerSecond: 12_345,
});

function clock() {
  let time = 0;
  const pass = (seconds: number) => {
    time += seconds;
  };
  return { now: () => time, pass };
}

describe('the position of a run', () => {
  it('estimates the rest from what each arm took so far, and from the others where an arm has not begun', () => {
    const { now, pass } = clock();
    const position = new Position(extent, now);
    position.begin({ arm: 'none', seed: 1 });
    expect(position.remaining()).toBeUndefined();
    for (let n = 1; n <= 4; n++) {
      pass(2);
      position.epoch({ arm: 'none', seed: 1, epoch: epoch(n) });
    }
    position.finished({ arm: 'none', seed: 1, result: result('none', 1, 4), isFromBefore: false });
    expect(position.remaining()).toBeCloseTo(4 * 2 + 8 * 2);
    position.begin({ arm: 'dropout 0.5', seed: 1 });
    pass(6);
    position.step({
      arm: 'dropout 0.5',
      seed: 1,
      step: { epoch: 1, step: 5, stepsPerEpoch: 10, loss: 1, examplesPerSecond: 1 },
    });
    pass(6);
    position.epoch({ arm: 'dropout 0.5', seed: 1, epoch: epoch(1) });
    expect(position.remaining()).toBeCloseTo(4 * 2 + 7 * 12);
  });

  it('takes no time of what was done before or resumed, and none for what early stopping left out', () => {
    const { now, pass } = clock();
    const position = new Position(extent, now);
    position.finished({ arm: 'none', seed: 1, result: result('none', 1, 2), isFromBefore: true });
    expect(position.of('none')).toMatchObject({ done: 2, total: 6, timed: 0 });
    position.begin({ arm: 'dropout 0.5', seed: 1 });
    pass(1);
    position.epoch({ arm: 'dropout 0.5', seed: 1, epoch: epoch(3) });
    pass(5);
    position.epoch({ arm: 'dropout 0.5', seed: 1, epoch: epoch(4) });
    expect(position.of('dropout 0.5')).toMatchObject({ done: 4, timed: 1, seconds: 5 });
    expect(position.remaining()).toBeCloseTo(5 * 4 + 5 * 4);
  });

  it('of runs side by side shares out the work that is left, but no run ends before it has done its own', () => {
    const { now, pass } = clock();
    const position = new Position(extent, now);
    const both = ['none', 'dropout 0.5'];
    for (const arm of both) position.begin({ arm, seed: 1 });
    for (const n of [1, 2]) {
      pass(3);
      for (const arm of both) position.epoch({ arm, seed: 1, epoch: epoch(n) });
    }
    // 6 epochs of each arm are left, of 3 s each, two arms at once.
    expect(position.remaining()).toBeCloseTo(6 * 3);
    pass(6);
    for (const arm of both)
      position.finished({ arm, seed: 1, result: result(arm, 1, 4), isFromBefore: false });
    position.begin({ arm: 'none', seed: 2 });
    position.begin({ arm: 'dropout 0.5', seed: 2 });
    pass(3);
    position.epoch({ arm: 'none', seed: 2, epoch: epoch(1) });
    pass(9);
    position.finished({ arm: 'none', seed: 2, result: result('none', 2, 4), isFromBefore: false });
    // The last run goes on alone; the other seed took 3 s for an epoch.
    expect(position.remaining()).toBeCloseTo(4 * 3);
  });

  it('tells of each arm the seeds at work in the order of their beginnings', () => {
    const position = new Position(extent, () => 0);
    position.begin({ arm: 'none', seed: 1 });
    position.begin({ arm: 'none', seed: 2 });
    position.epoch({ arm: 'none', seed: 2, epoch: epoch(1) });
    expect(position.of('none')).toMatchObject({ seeds: [1, 2], epochs: 0, done: 1 });
    expect(position.first).toBe('none');
    position.epoch({ arm: 'none', seed: 1, epoch: epoch(1) });
    position.finished({ arm: 'none', seed: 1, result: result('none', 1, 4), isFromBefore: false });
    expect(position.of('none')).toMatchObject({ seeds: [2], epochs: 1, done: 5 });
    position.finished({ arm: 'none', seed: 2, result: result('none', 2, 4), isFromBefore: false });
    expect(position.of('none')).toMatchObject({ seeds: [2], epochs: 4, done: 8 });
    expect(position.first).toBeUndefined();
  });

  it('shows durations in the units that fit', () => {
    expect([0.4, 59, 61, 3599.4, 3600, 7260].map(duration)).toEqual([
      '0 s',
      '59 s',
      '1 min 01 s',
      '59 min 59 s',
      '1 h 00 min',
      '2 h 01 min',
    ]);
  });
});

describe('progress without a terminal', () => {
  it('is a line a finished seed, and one for an epoch only after a silence', () => {
    const { now, pass } = clock();
    const lines: string[] = [];
    const view = progressLines(extent, { write: (line) => lines.push(line), interval: 15, now });
    view.begin({ arm: 'none', seed: 1 });
    for (let n = 1; n <= 4; n++) {
      pass(6);
      view.epoch({ arm: 'none', seed: 1, epoch: epoch(n) });
    }
    view.finished({ arm: 'none', seed: 1, result: result('none', 1, 4), isFromBefore: false });
    view.finished({ arm: 'dropout 0.5', seed: 1, result: result('dropout 0.5', 1, 4), isFromBefore: true });
    expect(lines).toEqual([
      'none, seed 1 of 2, epoch 3 of 4: test error 4.21 %, 12,300 images/s, about 1 min 18 s left',
      'none, seed 1 of 2: test error 4.21 % after 4 epochs, 12,300 images/s, about 1 min 12 s left',
      'dropout 0.5, seed 1 of 2: test error 4.21 % after 4 epochs (from before)',
    ]);
  });

  it('names the seed of each line, whichever run ends first', () => {
    const lines: string[] = [];
    const view = progressLines(extent, { write: (line) => lines.push(line), now: () => 0 });
    for (const seed of [1, 2]) view.begin({ arm: 'none', seed });
    for (const seed of [2, 1])
      view.finished({ arm: 'none', seed, result: result('none', seed, 4), isFromBefore: false });
    expect(lines.map((line) => line.slice(0, 19))).toEqual(['none, seed 2 of 2: ', 'none, seed 1 of 2: ']);
  });
});
