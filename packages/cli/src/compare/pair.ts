/** @file One run of a comparison: an arm with a seed, trained, judged and kept. */

import type { Dataset, Trainer, TrainingData, TrainingPlan } from 'thinnet';
import { classificationScore, ThinnetError } from 'thinnet';
import { overallSpeed, type PairResult, type Settings } from 'thinnet-runs';
import type { Arm } from '../arms/arm.js';
import { armNetwork } from '../arms/network.js';
import { armPlan } from '../arms/plan.js';
import type { ProgressView } from '../progress/view.js';
import type { PairFolder } from '../run-folder/folder.js';
import { npyMatrix } from '../run-folder/npy.js';
import type { Crew } from './at-once.js';
import type { PreparedData } from './prepare.js';
import { calibrationOf } from './score.js';

export type CreateTrainer = (plan: TrainingPlan, data: TrainingData) => Promise<Trainer>;

/** What all runs of a comparison have in common. */
export interface Surroundings {
  readonly settings: Settings;
  readonly crew: Crew;
  readonly createTrainer: CreateTrainer;
  readonly progress: ProgressView;
}

export interface Pair {
  readonly arm: Arm;
  readonly seed: number;
  /** Whether its network is the one to keep of its arm. */
  readonly isFirst: boolean;
  readonly folder: PairFolder;
}

/** Trains, judges and keeps; throws the signal's reason when aborted, with all that was computed in the folder. */
export async function runPair(
  surroundings: Surroundings,
  { arm, seed, isFirst, folder }: Pair,
  { data, input }: PreparedData,
  signal: AbortSignal,
): Promise<PairResult> {
  const { settings, crew, createTrainer } = surroundings;
  const network = armNetwork(arm, settings, input, seed);
  const { threads } = crew;
  const trainer = await createTrainer(
    armPlan(arm, { ...settings, threads }, network, data.train.length, seed),
    data,
  );
  try {
    signal.throwIfAborted();
    await fit(surroundings, trainer, arm.label, seed, folder, signal);
    const judged = await judge(trainer, data, arm.label, seed);
    const result = crew.atOnce === 1 ? judged.result : { ...judged.result, atOnce: crew.atOnce };
    const model = isFirst ? { model: await trainer.export() } : {};
    await folder.finish(result, { logits: npyMatrix(judged.logits, data.test.length), ...model });
    return result;
  } catch (error) {
    if (error instanceof ThinnetError) throw new ThinnetError(`${arm.label}, seed ${seed}: ${error.message}`);
    throw error;
  } finally {
    await trainer.close();
  }
}

async function fit(
  { settings, progress }: Surroundings,
  trainer: Trainer,
  arm: string,
  seed: number,
  folder: PairFolder,
  signal: AbortSignal,
): Promise<void> {
  const past = await folder.checkpoints.read();
  const epochs = trainer.fit({
    epochs: settings.epochs,
    signal,
    checkpoints: { read: async () => past, write: (bytes) => folder.checkpoints.write(bytes) },
    resume: true,
    onProgress: (step) => progress.step({ arm, seed, step }),
    ...(settings.earlyStopping === null ? {} : { earlyStopping: { patience: settings.earlyStopping } }),
  });
  let isSettled = false;
  try {
    for await (const epoch of epochs) {
      // The checkpoint, not the file of metrics, says which epochs a resumed run has behind it.
      if (!isSettled) await folder.settle(trainer.history.filter((before) => before.epoch < epoch.epoch));
      isSettled = true;
      folder.append(epoch);
      progress.epoch({ arm, seed, epoch });
    }
  } catch (error) {
    const isRestored = trainer.history.length > 0;
    if (past === undefined || isRestored || !(error instanceof ThinnetError)) throw error;
    throw new ThinnetError(
      `${folder.checkpoint}: ${error.message}; delete the file to start this seed again`,
    );
  }
}

async function judge(
  trainer: Trainer,
  data: TrainingData,
  arm: string,
  seed: number,
): Promise<{ readonly result: PairResult; readonly logits: Float32Array }> {
  const logits = await trainer.predict('test');
  const labels = labelsOf(data.test);
  const result: PairResult = {
    arm,
    seed,
    epochs: [...trainer.history],
    train: classificationScore(await trainer.predict('train'), labelsOf(data.train), data.train.classes),
    test: classificationScore(logits, labels, data.test.classes),
    calibration: calibrationOf(logits, labels),
    examplesPerSecond: overallSpeed(trainer.history),
  };
  return { result, logits };
}

const labelsOf = ({ labels }: Dataset): Int32Array => labels as Int32Array;
