import { describe, expect, it } from 'vitest';
import { defaults, type Settings } from './settings.js';
import { titleOf } from './title.js';

describe("a run's title", () => {
  it('says what is trained, for how long, and with which seed', () => {
    expect(titleOf(defaults)).toBe(
      'MNIST, 1000 examples, dense 256-256: no dropout, dropout 0.5; 20 epochs, seed 1',
    );
  });

  it('calls kinds as the form does, numbers equal arms, and says which rates were changed', () => {
    const arms: Settings['arms'] = [
      { kind: 'gaussian', rate: 0.5 },
      { kind: 'gaussian', rate: 0.5 },
      { kind: 'variational-gaussian', rate: 0.2 },
      { kind: 'dropout', rate: 0.5 },
    ];
    const changes = [
      { arm: 0, step: 3, rate: 0.2 },
      { arm: 3, step: 3, rate: 0.2 },
      { arm: 3, step: 7, rate: 0.1 },
    ];
    expect(titleOf({ ...defaults, arms, changes: [] })).toContain(
      ': Gaussian dropout 0.5, Gaussian dropout 0.5 (2), variational Gaussian dropout 0.2, dropout 0.5;',
    );
    expect(titleOf({ ...defaults, arms, changes })).toContain(
      ': Gaussian dropout 0.5 (0.2 from step 3), Gaussian dropout 0.5, variational Gaussian dropout 0.2, ' +
        'dropout 0.5 (rate changed 2 times);',
    );
  });

  it.each<[keyof Settings, Partial<Settings>]>([
    ['seed', { seed: 2 }],
    ['epochs', { epochs: 1 }],
    ['images', { images: 'all' }],
    ['changes', { changes: [{ arm: 1, step: 3, rate: 0.2 }] }],
    ['lr', { lr: 0.1 }],
    ['optimizer', { optimizer: 'adam' }],
    ['batch', { batch: 10 }],
    ['activation', { activation: 'selu' }],
    ['inputRate', { inputRate: 0 }],
  ])('tells runs apart that differ in %s alone', (_, change) => {
    expect(titleOf({ ...defaults, ...change })).not.toBe(titleOf(defaults));
  });
});
