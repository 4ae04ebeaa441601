import type { Epoch } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { defaults } from '../settings/settings.js';
import { chartsOf, rowsOf, sentenceOf } from './curves.js';
import { epochsDone, stepsDone } from './done.js';
import { after, type RunState, shareDone, withChanges } from './state.js';

const epochOf = (epoch: number, loss: number, error: number): Epoch => ({
  ...{ epoch, step: 10 * epoch, thinnedLoss: 1, seconds: 1, examplesPerSecond: 1 },
  train: { loss: loss / 2, error: error / 2 },
  test: { loss, error },
});

const begun: RunState = {
  ...{ id: 'x', settings: { ...defaults, epochs: 2 }, phase: 'running', isPausing: false, warnings: [] },
  arms: ['none', 'dropout 0.5'].map((label) => ({ label, history: [], step: 0 })),
};
const opened = { where: '', arms: [], classNames: [], stepsPerEpoch: 10, trainLength: 1, testLength: 1 };
const of = (...events: Parameters<typeof after>[1][]) => events.reduce(after, { ...begun, opened });

describe("a run's state", () => {
  it('names arms by the rates that were set', () => {
    const arm = { parameters: 1, columns: [], canDraw: true, canChange: true };
    const arms = ['no dropout', 'dropout 0.5'].map((label) => ({ ...arm, label }));
    const { settings, ...state } = withChanges({ ...begun, opened: { ...opened, arms } }, [
      { arm: 1, step: 3, rate: 0.2 },
    ]);
    const labels = ['no dropout', 'dropout 0.5 (0.2 from step 3)'];
    expect(settings.changes).toHaveLength(1);
    expect(state.arms.map(({ label }) => label)).toEqual(labels);
    expect(state.opened?.arms.map(({ label }) => label)).toEqual(labels);
  });

  it('follows the events of its arms', () => {
    const state = of(
      { type: 'steps', arm: 1, step: 4, loss: 0.5, milliseconds: 10 },
      { type: 'epoch', arm: 0, epoch: epochOf(1, 0.4, 0.1) },
      { type: 'epoch', arm: 1, epoch: epochOf(1, 0.3, 0.2) },
    );
    expect(state.arms[1]).toMatchObject({ step: 4, loss: 0.5, milliseconds: 10 });
    expect(epochsDone(state.arms)).toBe(1);
    expect(stepsDone(state.arms)).toBe(0);
    expect(shareDone(state)).toBeCloseTo(0.1, 12);
  });

  it('is paused once all arms stand where they were to pause, unless it was let go on meanwhile', () => {
    const level = { type: 'level', step: 10 } as const;
    expect(after({ ...begun, isPausing: true }, level)).toMatchObject({ phase: 'paused', isPausing: false });
    expect(after({ ...begun, phase: 'paused' }, level).phase).toBe('paused');
    expect(after(begun, level).phase).toBe('running');
  });

  it('takes over the epochs of a checkpoint, and does not list an epoch twice', () => {
    const state = of(
      { type: 'history', arm: 0, history: [epochOf(1, 0.4, 0.1)] },
      { type: 'epoch', arm: 0, epoch: epochOf(2, 0.2, 0.1) },
      { type: 'history', arm: 0, history: [epochOf(1, 0.4, 0.1), epochOf(2, 0.2, 0.1)] },
    );
    expect(state.arms[0]?.history.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(state.arms[0]?.step).toBe(20);
  });

  it('waits for no arm that failed', () => {
    const state = of(
      { type: 'failed', arm: 0, words: 'the loss is NaN' },
      { type: 'history', arm: 1, history: [epochOf(1, 0.4, 0.1)] },
    );
    expect(epochsDone(state.arms)).toBe(1);
    expect(stepsDone(state.arms)).toBe(10);
    expect(shareDone(state)).toBe(0.5);
    expect(sentenceOf(state.arms, 1)).toBe('After epoch 1. dropout 0.5: test error 10.00 %, gap 0.200.');
  });

  it('stands where its arms failed once all of them have', () => {
    const state = of(
      { type: 'steps', arm: 0, step: 12, loss: 1, milliseconds: 1 },
      { type: 'failed', arm: 0, words: 'the loss is NaN' },
      { type: 'steps', arm: 1, step: 7, loss: 1, milliseconds: 1 },
      { type: 'failed', arm: 1, words: 'the loss is NaN' },
    );
    expect([epochsDone(state.arms), stepsDone(state.arms)]).toEqual([0, 7]);
    expect([epochsDone([]), stepsDone([])]).toEqual([0, 0]);
  });
});

describe('what is shown of it', () => {
  const { arms } = of(
    { type: 'epoch', arm: 0, epoch: epochOf(1, 0.4, 0.1) },
    { type: 'epoch', arm: 1, epoch: epochOf(1, 0.3, 0.08) },
    { type: 'epoch', arm: 0, epoch: epochOf(2, 0.5, 0.09) },
  );

  it('has lines as long as the arm that is ahead, with gaps where another is not yet', () => {
    const { loss, gap } = chartsOf(arms, 2);
    expect(loss.lines.map(({ name, y }) => [name, y])).toEqual([
      ['none, test', [0.4, 0.5]],
      ['none, training', [0.2, 0.25]],
      ['dropout 0.5, test', [0.3, null]],
      ['dropout 0.5, training', [0.15, null]],
    ]);
    expect(gap.lines[0]?.y).toEqual([0.2, 0.25]);
  });

  it('compares arms after the same epoch', () => {
    const [first, second] = rowsOf(arms, 1);
    expect(first?.cells.testError).toEqual({ value: 10 });
    expect(second?.cells.testError.value).toBe(8);
    expect(second?.cells.testError.difference).toBeCloseTo(-2, 12);
    expect(rowsOf(arms, 2)).toHaveLength(1);
    const moved = rowsOf([{ label: 'failed', history: [] }, ...arms], 1);
    expect(moved.map(({ arm, label }) => [arm, label])).toEqual([
      [1, 'none'],
      [2, 'dropout 0.5'],
    ]);
    expect(moved.map(({ cells }) => cells)).toEqual([first?.cells, second?.cells]);
    expect(sentenceOf(arms, 1)).toBe(
      'After epoch 1. none: test error 10.00 %, gap 0.200. dropout 0.5: test error 8.00 %, 2.00 points below none; gap 0.150.',
    );
    expect(sentenceOf(arms, 0)).toBe('');
  });
});
