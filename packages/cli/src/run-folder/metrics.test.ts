import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Epoch } from 'thinnet';
import { metricsLine } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary.js';
import { MetricsFile } from './metrics.js';

const epoch = (number: number): Epoch => ({
  epoch: number,
  step: 10 * number,
  thinnedLoss: 0.5,
  train: { loss: 0.25, error: 0.125 },
  test: { loss: 0.5, error: 0.25 },
  seconds: 1,
  examplesPerSecond: 1000,
});
const line = (arm: string, seed: number, number: number) => metricsLine(arm, seed, epoch(number));
const path = () => join(temporaryFolder(), 'metrics.jsonl');
const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((text) => JSON.parse(text));

describe('metrics.jsonl', () => {
  it('has a line an epoch with losses and errors of training and test set', async () => {
    const file = path();
    const metrics = await MetricsFile.open(file);
    metrics.append(line('none', 1, 1));
    metrics.append(metricsLine('none', 1, { ...epoch(2), validation: { loss: 0.1, error: 0.2 } }));
    metrics.close();
    const common = {
      arm: 'none',
      seed: 1,
      thinnedLoss: 0.5,
      trainLoss: 0.25,
      trainError: 0.125,
      testLoss: 0.5,
      testError: 0.25,
    };
    expect(linesOf(file)).toEqual([
      { ...common, epoch: 1, step: 10, examplesPerSecond: 1000 },
      { ...common, epoch: 2, step: 20, validationLoss: 0.1, validationError: 0.2, examplesPerSecond: 1000 },
    ]);
  });

  it('cut off at any byte is repaired on opening: whole lines stay, the torn one goes', async () => {
    const file = path();
    const whole = [1, 2, 3].map((number) => `${JSON.stringify(line('a "b"', 1, number))}\n`).join('');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (cut) => {
        writeFileSync(file, whole.slice(0, cut));
        (await MetricsFile.open(file)).close();
        const kept = whole.slice(0, cut).split('\n').length - 1;
        expect(readFileSync(file, 'utf8')).toBe(
          whole
            .split('\n')
            .slice(0, kept)
            .map((text) => `${text}\n`)
            .join(''),
        );
      }),
    );
  });

  it('never has an arm, seed and epoch twice, whatever is appended', async () => {
    const keys = fc.array(
      fc.tuple(
        fc.constantFrom('a', 'a,1', 'a"'),
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 1, max: 3 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(keys, keys, async (first, second) => {
        const file = path();
        for (const part of [first, second]) {
          const metrics = await MetricsFile.open(file);
          for (const [arm, seed, number] of part) metrics.append(line(arm, seed, number));
          metrics.close();
        }
        const found = linesOf(file).map(({ arm, seed, epoch: number }) =>
          JSON.stringify([arm, seed, number]),
        );
        expect(new Set(found).size).toBe(found.length);
        expect(new Set(found)).toEqual(new Set([...first, ...second].map((key) => JSON.stringify(key))));
      }),
      { numRuns: 30 },
    );
  });

  it('can be made to say exactly what is known of an arm and seed, the others untouched', async () => {
    const file = path();
    const metrics = await MetricsFile.open(file);
    for (const [arm, seed, number] of [
      ['a', 1, 1],
      ['a', 1, 2],
      ['a', 12, 1],
      ['b', 1, 1],
    ] as const) {
      metrics.append(line(arm, seed, number));
    }
    await metrics.settle('a', 1, [line('a', 1, 1)]);
    metrics.append(line('a', 1, 2));
    metrics.close();
    expect(linesOf(file).map(({ arm, seed, epoch: number }) => [arm, seed, number])).toEqual([
      ['a', 12, 1],
      ['b', 1, 1],
      ['a', 1, 1],
      ['a', 1, 2],
    ]);
  });

  it('loses no line and has none twice while runs side by side add and settle theirs', async () => {
    const file = path();
    const metrics = await MetricsFile.open(file);
    const run = async (arm: string, seed: number) => {
      metrics.append(line(arm, seed, 9));
      await metrics.settle(arm, seed, []);
      for (const number of [1, 2, 3, 4]) {
        metrics.append(line(arm, seed, number));
        await Promise.resolve();
      }
      await metrics.settle(
        arm,
        seed,
        [1, 2, 3].map((number) => line(arm, seed, number)),
      );
    };
    const runs = [
      ['a', 1],
      ['b', 1],
      ['a', 2],
      ['b', 2],
    ] as const;
    await Promise.all(runs.map(([arm, seed]) => run(arm, seed)));
    metrics.close();
    expect(
      linesOf(file)
        .map(({ arm, seed, epoch: number }) => `${arm} ${seed} ${number}`)
        .sort(),
    ).toEqual(runs.flatMap(([arm, seed]) => [1, 2, 3].map((number) => `${arm} ${seed} ${number}`)).sort());
  });
});
