import { balancedSubset, localEngine, trainerOver } from 'thinnet';
import { nodeRuntime } from 'thinnet/node';
import { describe, expect, it } from 'vitest';
import type { Finding, Result } from '../card.js';
import { faults } from '../faults/index.js';
import type { Laboratory } from '../laboratory.js';
import { type NodeLaboratoryOptions, nodeLaboratory } from '../node/index.js';
import { verdictOf } from '../result.js';
import { flawsOf } from '../testing/flaws.js';
import { filterExperiment } from './filter-experiment.js';
import type { FilterSetting } from './filter-study.js';
import { armNames } from './network.js';
import { overfitting } from './overfitting.js';
import type { Setting } from './runs.js';

/** Small enough for a few seconds: what comes out means nothing, but has its form. */
const setting: Setting = {
  seeds: [1, 2],
  images: 40,
  watched: 20,
  epochs: 3,
  batchSize: 20,
  lr: 0.01,
  rate: 0.25,
  widths: [2, 2, 4],
  limit: 2.25,
  levels: [2.5, 2.25],
  lags: 2,
};

const filterSetting: FilterSetting = {
  seeds: [1, 2],
  images: 60,
  epochs: 1,
  batchSize: 20,
  lr: 0.01,
  widths: [2, 2, 4],
  units: 12,
  rate: 0.25,
  rates: [0.25, 0.5],
  highRate: 0.5,
  batches: 1,
  masks: 2,
  fitted: { maps: 60, units: 60 },
};

/** Node's laboratory with few images, which trains in this thread: small networks are done before a worker has started. */
function smallLaboratory(options: NodeLaboratoryOptions = {}): Laboratory {
  const node = nodeLaboratory(options);
  return {
    ...node,
    trainer: async (plan, data) => trainerOver(await localEngine(plan, data, nodeRuntime), plan, data),
    sample: async (name) => {
      const { train, test } = await node.sample(name);
      return { train: balancedSubset(train, 200), test: balancedSubset(test, 100) };
    },
  };
}

function recorded(options: NodeLaboratoryOptions = {}) {
  const progress: number[] = [];
  const laboratory = smallLaboratory({ ...options, onProgress: (done) => progress.push(done) });
  return { laboratory, progress };
}

const finding = ({ findings }: Result, name: string): Finding => {
  const found = findings.find((one) => one.name.includes(name));
  if (found === undefined) throw new Error(`no finding is named "${name}"`);
  return found;
};

function expectWellFormed({ verdict, summary, findings, pictures, numbers }: Result): void {
  expect(verdict).toBe(verdictOf(findings));
  expect(summary).not.toMatch(/undefined|NaN/);
  expect(new Set(findings.map(({ name }) => name)).size).toBe(findings.length);
  for (const { name, measured, expected } of findings)
    for (const text of [name, measured, expected]) expect(text).toMatch(/\S/);
  expect(pictures.flatMap(flawsOf)).toEqual([]);
  for (const value of Object.values(numbers))
    expect([value].flat().every((x) => typeof x === 'number')).toBe(true);
}

const expectRising = (progress: readonly number[]): void => {
  expect(progress.length).toBeGreaterThan(0);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
};

const twice = async (run: (laboratory: Laboratory) => Promise<Result>) =>
  [await run(smallLaboratory()), await run(smallLaboratory())] as const;

describe('the experiment of `conv`, at a small size', () => {
  it('compares all arms seed by seed, and draws its pictures', async () => {
    const { laboratory, progress } = recorded();
    const seen = await overfitting(laboratory, setting);
    expectWellFormed(seen);
    expectRising(progress);
    expect(seen.card).toBe('conv');
    for (const arm of armNames)
      for (const name of ['gap', 'trainLoss', 'testLoss', 'testError'])
        expect(seen.numbers[`${name}.${arm}`]).toHaveLength(setting.seeds.length);
    expect(seen.pictures.map(({ type }) => type)).toEqual([
      'grid',
      'table',
      'lines',
      'lines',
      'bars',
      'bars',
      'lines',
    ]);
    expect(finding(seen, 'element-wise masks drop').verdict).toBe('holds');
    expect(finding(seen, 'that the trainer reported').verdict).toBe('holds');
  });

  it('gives the same result again', async () => {
    const [first, second] = await twice((laboratory) => overfitting(laboratory, { ...setting, seeds: [3] }));
    expect(second).toEqual(first);
  });

  it('says that a loss was not reached, instead of comparing', async () => {
    const seen = await overfitting(smallLaboratory(), { ...setting, seeds: [1, 2], epochs: 1, limit: 0.001 });
    expect(finding(seen, 'steps to training loss 0.001')).toMatchObject({
      measured: '4 of 4 runs ended before',
      verdict: 'inconclusive',
    });
    expectWellFormed(seen);
    expect(seen.summary).toContain('not every run');
  });

  it('finds out a program that goes on dropping at inference', async () => {
    const { laboratory } = recorded({ dropout: faults.noiseLeftOn.dropout });
    const seen = await overfitting(laboratory, setting);
    expect(finding(seen, 'that the trainer reported').verdict).toBe('does not hold');
    expect(seen.verdict).toBe('does not hold');
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const laboratory = smallLaboratory({
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(overfitting(laboratory, setting)).rejects.toThrow('enough');
  });
});

describe('the experiment of `conv-gradient`, at a small size', () => {
  it('compares convolution, channels and dense layer, and draws its pictures', async () => {
    const { laboratory, progress } = recorded();
    const seen = await filterExperiment(laboratory, filterSetting);
    expectWellFormed(seen);
    expectRising(progress);
    expect(seen.card).toBe('conv-gradient');
    for (const value of Object.values(seen.numbers))
      expect([value].flat().every((x) => Number.isFinite(x))).toBe(true);
    expect(finding(seen, 'gradient is exactly 0').verdict).toBe('holds');
    expect(seen.pictures.map(({ type }) => type)).toEqual(['lines', 'lines', 'lines', 'bars']);
  });

  it('gives the same result again', async () => {
    const [first, second] = await twice((laboratory) =>
      filterExperiment(laboratory, { ...filterSetting, seeds: [5, 6] }),
    );
    expect(second).toEqual(first);
  });

  it('finds out a gradient that goes past the masks, and survivors that are not scaled', async () => {
    const past = recorded({ dropout: faults.gradientNotMasked.dropout });
    const unmasked = await filterExperiment(past.laboratory, filterSetting);
    expect(finding(unmasked, 'gradient is exactly 0').verdict).toBe('does not hold');
    const unscaled = recorded({ dropout: faults.scaleForgotten.dropout });
    const short = await filterExperiment(unscaled.laboratory, filterSetting);
    expect(finding(short, 'length of the masked gradient').verdict).toBe('does not hold');
  });
});
