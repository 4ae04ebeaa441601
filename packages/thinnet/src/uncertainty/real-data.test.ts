/** @file On real images: a network is less sure of what it was not trained for. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../data/dataset.js';
import { gunzip } from '../data/gzip.js';
import { readIdx } from '../data/idx.js';
import { datasetFromIdx } from '../data/idx-dataset.js';
import { standardization } from '../data/standardize.js';
import { classificationError } from '../measure/classification.js';
import { type PairedTest, pairedComparison } from '../measure/paired.js';
import { relu } from '../nn/activations.js';
import { network } from '../nn/build.js';
import { dense } from '../nn/dense.js';
import { dropout } from '../nn/dropout.js';
import { flatten } from '../nn/reshape.js';
import { standardize } from '../nn/standardize.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { localEngine } from '../train/local-engine.js';
import { crossEntropy } from '../train/loss.js';
import { adam } from '../train/optimizer.js';
import type { TrainingPlan } from '../train/plan.js';
import { constant } from '../train/schedule.js';
import { trainerOver } from '../train/trainer.js';
import type { Trainer } from '../train/trainer-types.js';
import { type ClassUncertainty, type MonteCarlo, monteCarloOver } from './monte-carlo.js';

const folder = new URL('../../../../deck/data/', import.meta.url);

async function sample(name: string, part: 'train' | 't10k'): Promise<Dataset> {
  const file = async (rest: string) =>
    readIdx(await gunzip(readFileSync(new URL(`${name}/${part}-${rest}.gz`, folder))));
  return datasetFromIdx(await file('images-idx3-ubyte'), await file('labels-idx1-ubyte'), name);
}

/** Each image turned by a quarter: row r, column c comes from row c, column 27 − r. */
const turned = ({ features, length }: Dataset): Uint8Array =>
  Uint8Array.from({ length: length * 784 }, (_, i) => {
    const [image, row, column] = [Math.floor(i / 784), Math.floor((i % 784) / 28), i % 28];
    return features[image * 784 + column * 28 + 27 - row] as number;
  });

/** The probability that a number of `high` is above one of `low`, ties counting half: the area under the ROC curve. */
function auroc(high: Float64Array, low: Float64Array): number {
  const sorted = low.toSorted();
  const below = (x: number, equal: boolean): number => {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const y = sorted[middle] as number;
      if (y < x || (equal && y === x)) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  return high.reduce((sum, x) => sum + below(x, false) + below(x, true), 0) / (2 * high.length * low.length);
}

describe('a network trained on 2,000 digits', () => {
  let digits: Dataset;
  let trainer: Trainer;
  let mc: MonteCarlo;
  let onDigits: ClassUncertainty;
  beforeAll(async () => {
    const train = await sample('mnist', 'train');
    digits = await sample('mnist', 't10k');
    const { mean, std } = standardization(train);
    const plan: TrainingPlan = {
      network: network(
        { input: [28, 28], seed: 1 },
        ...[standardize(mean as number, std as number), flatten(), dense(256), relu(), dropout(0.5)],
        ...[dense(256), relu(), dropout(0.5), dense(10)],
      ),
      loss: crossEntropy(),
      optimizer: adam(),
      schedule: constant(0.001),
      batchSize: 50,
      seed: 1,
      threads: 1,
    };
    const data = { train, test: digits };
    trainer = trainerOver(await localEngine(plan, data, nodeRuntime), plan, data);
    for await (const _ of trainer.fit({ epochs: 20 }));
    mc = monteCarloOver(trainer, plan.network, { seed: 2, draws: 30 });
    onDigits = await mc.classify('test');
  });
  afterAll(() => trainer?.close());

  it('is unsure of clothes: the AUROC of entropy and of mutual information is above 0.8', async () => {
    const clothes = await sample('fashion-mnist', 't10k');
    const onClothes = await mc.classify(clothes.features);
    expect(auroc(onClothes.entropy, onDigits.entropy)).toBeGreaterThan(0.8);
    expect(auroc(onClothes.mutualInformation, onDigits.mutualInformation)).toBeGreaterThan(0.8);
  });

  it('is less sure of digits turned by a quarter: AUROC above 0.75', async () => {
    const onTurned = await mc.classify(turned(digits));
    expect(auroc(onTurned.entropy, onDigits.entropy)).toBeGreaterThan(0.75);
    expect(auroc(onTurned.mutualInformation, onDigits.mutualInformation)).toBeGreaterThan(0.75);
  });

  it('is less sure where it is wrong: AUROC of entropy above 0.85', () => {
    const isWrong = Array.from(digits.labels, (label, i) => {
      const row = onDigits.probabilities.subarray(10 * i, 10 * i + 10);
      return row.indexOf(Math.max(...row)) !== label;
    });
    const [wrong, right] = [true, false].map((is) => onDigits.entropy.filter((_, i) => isWrong[i] === is));
    expect(auroc(wrong as Float64Array, right as Float64Array)).toBeGreaterThan(0.85);
  });

  it('errs as often as its mean network, with a lower negative log-likelihood and less overconfidence: paired over the digits, at level 1e-3', () => {
    const [drawn, mean] = [onDigits.probabilities, onDigits.meanNetwork];
    const compared = (measure: (row: Float64Array, label: number) => number): PairedTest => {
      const ofEach = (p: Float64Array) =>
        Array.from(digits.labels, (label, i) => measure(p.subarray(10 * i, 10 * i + 10), label));
      return pairedComparison(ofEach(mean), ofEach(drawn)).test as PairedTest;
    };
    const isWrong = (row: Float64Array, label: number) => Number(row.indexOf(Math.max(...row)) !== label);
    expect(compared(isWrong).p).toBeGreaterThan(1e-3);
    const likelihood = compared((row, label) => -Math.log(row[label] as number));
    expect(likelihood.t).toBeLessThan(0);
    expect(likelihood.p / 2, 'one-sided').toBeLessThan(1e-3);
    const overconfidence = compared((row, label) => Math.max(...row) - 1 + isWrong(row, label));
    expect(overconfidence.t).toBeLessThan(0);
    expect(overconfidence.p / 2, 'one-sided').toBeLessThan(1e-3);
    expect(classificationError(drawn, digits.labels as Int32Array, 10)).toBeLessThan(0.15);
  });
});
