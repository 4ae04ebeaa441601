/** @file From what was asked for to complete settings: the defaults filled in, contradictions refused. */
import type { Given, ModelName, RateScheduleName, Settings, TrainingSettings } from 'thinnet-runs';
import { isDataName } from '../data/names.js';
import { UsageError } from '../usage-error.js';
import {
  commonDefaults,
  defaultModel,
  earlyStoppingValidation,
  modelDefaults,
  namedDataSubset,
} from './defaults.js';

/** The model that is asked for: texts have one of their own. */
export const modelOf = ({ model, text }: Given): ModelName =>
  model ?? (text === undefined || text === null ? defaultModel : 'text');

/** Complete settings; those of single arms are resolved with their arm. */
export function resolveSettings(given: Given): Settings {
  const model = modelOf(given);
  const { byOptimizer: _, ...ofModel } = modelDefaults[model];
  const data = given.data ?? commonDefaults.data;
  const epochs = given.epochs ?? ofModel.epochs;
  const earlyStopping = given.earlyStopping ?? null;
  const validation = given.validation ?? (earlyStopping === null ? 0 : earlyStoppingValidation);
  if (earlyStopping !== null && validation === 0) {
    throw new UsageError('--early-stopping needs validation examples, but --validation is 0');
  }
  const lastSeed = (given.seedFrom ?? commonDefaults.seedFrom) + (given.seeds ?? ofModel.seeds) - 1;
  if (!Number.isSafeInteger(lastSeed))
    throw new UsageError('--seed-from is too large: seeds end at 2^53 − 1');
  return {
    model,
    ...commonDefaults,
    ...ofModel,
    subset: isDataName(data) ? namedDataSubset : null,
    ...given,
    ...resolveTraining(given, {}, epochs),
    earlyStopping,
    validation,
  };
}

/** Epochs until a rate that changes has its last value, where none are given. */
const rateEpochs: Readonly<Record<RateScheduleName, (epochs: number) => number>> = {
  constant: (epochs) => epochs,
  linear: (epochs) => epochs,
  early: (epochs) => Math.ceil(epochs / 2),
  late: (epochs) => Math.ceil(epochs / 2),
  curriculum: (epochs) => epochs,
};

/**
 * An arm's training settings: its own first, then those given for all, then the defaults of the model, of its optimizer and of
 * all models. `arm` is how errors name the arm.
 */
export function resolveTraining(
  given: Given,
  own: Partial<TrainingSettings>,
  epochs: number,
  arm?: string,
): TrainingSettings {
  const said = (flag: string, ...keys: readonly (keyof TrainingSettings)[]) =>
    arm !== undefined && keys.some((key) => own[key] !== undefined) ? `${arm}: ${flag}` : `--${flag}`;
  const asked = { ...given, ...own };
  const ofModel = modelDefaults[modelOf(given)];
  const optimizer = asked.optimizer ?? ofModel.optimizer;
  const ofOptimizer = ofModel.byOptimizer[optimizer];
  const rateSchedule = asked.rateSchedule ?? commonDefaults.rateSchedule;
  const training: TrainingSettings = {
    inputRate: asked.inputRate ?? ofModel.inputRate,
    rateSchedule,
    rateEpochs: asked.rateEpochs ?? rateEpochs[rateSchedule](epochs),
    blockSize: asked.blockSize ?? commonDefaults.blockSize,
    optimizer,
    lr: asked.lr ?? ofOptimizer.lr,
    momentum: (optimizer === 'sgd' ? asked.momentum : own.momentum) ?? ofOptimizer.momentum,
    weightDecay: asked.weightDecay ?? ofOptimizer.weightDecay,
    maxNorm: asked.maxNorm === undefined ? commonDefaults.maxNorm : asked.maxNorm,
    clipNorm: asked.clipNorm === undefined ? commonDefaults.clipNorm : asked.clipNorm,
    labelSmoothing: asked.labelSmoothing ?? commonDefaults.labelSmoothing,
    schedule: asked.schedule ?? ofModel.schedule,
    stepEpochs: asked.stepEpochs ?? Math.ceil(epochs / 3),
    stepFactor: asked.stepFactor ?? commonDefaults.stepFactor,
    warmUp: asked.warmUp ?? commonDefaults.warmUp,
  };
  if (training.warmUp >= epochs && training.warmUp > 0) {
    throw new UsageError(
      `${said('warm-up', 'warmUp')} is ${training.warmUp} epochs, but the run has only ${epochs}`,
    );
  }
  const switches = rateSchedule === 'early' || rateSchedule === 'late';
  if (switches && training.rateEpochs >= epochs) {
    throw new UsageError(
      `${said('rate-epochs', 'rateEpochs', 'rateSchedule')} is ${training.rateEpochs}, but the run has only ${epochs} epochs: ` +
        'the rate would never change',
    );
  }
  return training;
}
