/** @file The comparison itself: every seed with every arm, what is done already left out. */

import type { Dataset, Split, Trainer, TrainingData, TrainingPlan } from 'thinnet';
import { classificationScore, ThinnetError } from 'thinnet';
import type { Arm } from '../arms/arm.js';
import { armNetwork } from '../arms/network.js';
import { armPlan } from '../arms/plan.js';
import type { Settings } from '../options/settings.js';
import type { ProgressView } from '../progress/view.js';
import type { PairFolder, RunFolder } from '../run-folder/folder.js';
import { npyMatrix } from '../run-folder/npy.js';
import type { PreparedData } from './prepare.js';
import { prepareData } from './prepare.js';
import type { ArmResults, PairResult } from './results.js';
import { overallSpeed } from './results.js';
import { calibrationOf } from './score.js';

export type CreateTrainer = (plan: TrainingPlan, data: TrainingData) => Promise<Trainer>;

export interface Comparison {
  readonly settings: Settings;
  readonly arms: readonly Arm[];
  readonly split: Split;
  readonly folder: RunFolder;
  readonly createTrainer: CreateTrainer;
  readonly progress: ProgressView;
  readonly signal: AbortSignal;
}

/** The seeds of a comparison, in order. */
export const seedsOf = ({ seeds, seedFrom }: Pick<Settings, 'seeds' | 'seedFrom'>): readonly number[] =>
  Array.from({ length: seeds }, (_, i) => seedFrom + i);

/**
 * Runs what is not done yet, seed by seed and within each seed arm by arm, so that an interrupted comparison has whole pairs.
 * Throws the signal's reason when aborted; all that was computed is in the folder then.
 */
export async function runComparison(comparison: Comparison): Promise<readonly ArmResults[]> {
  const { settings, arms, split, folder, progress, signal } = comparison;
  const done = new Map<Arm, PairResult[]>(arms.map((arm) => [arm, []]));
  for (const [index, seed] of seedsOf(settings).entries()) {
    let prepared: PreparedData | undefined;
    for (const arm of arms) {
      const pair = folder.pair(arm, seed);
      let result = await pair.result();
      if (result) progress.finished({ arm: arm.label, seed, result, isFromBefore: true });
      else {
        signal.throwIfAborted();
        prepared ??= prepareData(split, settings, seed);
        result = await runPair(comparison, arm, { seed, isFirst: index === 0, pair, prepared });
        progress.finished({ arm: arm.label, seed, result, isFromBefore: false });
      }
      done.get(arm)?.push(result);
    }
  }
  return arms.map((arm) => ({
    spec: arm.spec,
    label: arm.label,
    folder: arm.folder,
    results: done.get(arm) ?? [],
  }));
}

interface Pair {
  readonly seed: number;
  readonly isFirst: boolean;
  readonly pair: PairFolder;
  readonly prepared: PreparedData;
}

async function runPair(
  comparison: Comparison,
  arm: Arm,
  { seed, isFirst, pair, prepared }: Pair,
): Promise<PairResult> {
  const { settings, createTrainer, signal } = comparison;
  const { data, input } = prepared;
  const plan = armPlan(arm, settings, armNetwork(arm, settings, input, seed), data.train.length, seed);
  const trainer = await createTrainer(plan, data);
  try {
    signal.throwIfAborted();
    await fit(comparison, trainer, arm.label, seed, pair);
    const result = await judge(trainer, data, arm.label, seed);
    const model = isFirst ? { model: await trainer.export() } : {};
    await pair.finish(result.pair, { logits: npyMatrix(result.logits, data.test.length), ...model });
    return result.pair;
  } catch (error) {
    if (error instanceof ThinnetError) throw new ThinnetError(`${arm.label}, seed ${seed}: ${error.message}`);
    throw error;
  } finally {
    await trainer.close();
  }
}

async function fit(
  { settings, progress, signal }: Comparison,
  trainer: Trainer,
  arm: string,
  seed: number,
  pair: PairFolder,
): Promise<void> {
  const past = await pair.checkpoints.read();
  const epochs = trainer.fit({
    epochs: settings.epochs,
    signal,
    checkpoints: { read: async () => past, write: (bytes) => pair.checkpoints.write(bytes) },
    resume: true,
    onProgress: (step) => progress.step({ arm, seed, step }),
    ...(settings.earlyStopping === null ? {} : { earlyStopping: { patience: settings.earlyStopping } }),
  });
  let isSettled = false;
  try {
    for await (const epoch of epochs) {
      // The checkpoint, not the file of metrics, says which epochs a resumed run has behind it.
      if (!isSettled) await pair.settle(trainer.history.filter((before) => before.epoch < epoch.epoch));
      isSettled = true;
      pair.append(epoch);
      progress.epoch({ arm, seed, epoch });
    }
  } catch (error) {
    const isRestored = trainer.history.length > 0;
    if (past === undefined || isRestored || !(error instanceof ThinnetError)) throw error;
    throw new ThinnetError(`${pair.checkpoint}: ${error.message}; delete the file to start this seed again`);
  }
}

async function judge(
  trainer: Trainer,
  data: TrainingData,
  arm: string,
  seed: number,
): Promise<{ readonly pair: PairResult; readonly logits: Float32Array }> {
  const logits = await trainer.predict('test');
  const labels = labelsOf(data.test);
  const pair: PairResult = {
    arm,
    seed,
    epochs: [...trainer.history],
    train: classificationScore(await trainer.predict('train'), labelsOf(data.train), data.train.classes),
    test: classificationScore(logits, labels, data.test.classes),
    calibration: calibrationOf(logits, labels),
    examplesPerSecond: overallSpeed(trainer.history),
  };
  return { pair, logits };
}

const labelsOf = ({ labels }: Dataset): Int32Array => labels as Int32Array;
