import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barLine } from './bars.js';

const state = {
  arm: 'dropout 0.5',
  labelWidth: 11,
  fraction: 0.4,
  seed: '2',
  seeds: 5,
  epoch: 7,
  epochs: 30,
  loss: 0.0123,
  testError: 0.0421,
  speed: 21_234,
  remaining: 42,
};

describe('a progress bar', () => {
  it('shows seed, epoch, loss, test error, speed and the time left', () => {
    expect(barLine(state, 120)).toBe(
      `dropout 0.5  ${'█'.repeat(13)}${'░'.repeat(19)}  seed 2/5 epoch  7/30  loss 0.0123  test  4.21 %   21,200/s  42 s left`,
    );
  });

  it('fits into any width, and lets go of the least important first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (columns, fraction) => {
          expect(barLine({ ...state, fraction }, columns).length).toBeLessThanOrEqual(
            Math.max(1, columns - 1),
          );
        },
      ),
    );
    expect(barLine(state, 80)).toContain('test  4.21 %');
    expect(barLine(state, 80)).not.toContain('21,200/s');
    expect(barLine(state, 60)).toContain('seed 2/5');
  });
});
