import fc from 'fast-check';
import type { Epoch } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { epochOf, metricsLine, parseMetricsLine } from './metrics.js';

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const score = fc.record({ loss: number, error: number });
const epochs: fc.Arbitrary<Epoch> = fc.record(
  {
    epoch: fc.nat(),
    step: fc.nat(),
    thinnedLoss: number,
    train: score,
    test: score,
    validation: score,
    seconds: number,
    examplesPerSecond: number,
  },
  { requiredKeys: ['epoch', 'step', 'thinnedLoss', 'train', 'test', 'seconds', 'examplesPerSecond'] },
);

describe('a line of metrics.jsonl', () => {
  it('is read back as the epoch that it was written of, but for its seconds', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), epochs, (arm, seed, epoch) => {
        const line = parseMetricsLine(JSON.stringify(metricsLine(arm, seed, epoch)));
        expect(line).toMatchObject({ arm, seed });
        expect(epochOf(line!)).toEqual({ ...epoch, seconds: 0 });
      }),
    );
  });

  it('that was cut off anywhere is none', () => {
    fc.assert(
      fc.property(epochs, fc.nat(), (epoch, cut) => {
        const text = JSON.stringify(metricsLine('none', 1, epoch));
        expect(parseMetricsLine(text.slice(0, cut % text.length))).toBeUndefined();
      }),
    );
  });

  it.each(['null', '1', '[]', '{}', '{"arm":"none","seed":1,"epoch":1,"step":1,"trainLoss":"0.5"}'])(
    'is not %s',
    (text) => {
      expect(parseMetricsLine(text)).toBeUndefined();
    },
  );
});
