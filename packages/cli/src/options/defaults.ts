/** @file The one table of defaults: what `thinnet compare` does when told nothing. */
import type { OptimizerName, Settings, TrainingSettings } from './settings.js';

type ByOptimizer = Pick<TrainingSettings, 'lr' | 'momentum' | 'weightDecay'>;

/** Defaults that depend on the optimizer. */
export const optimizerDefaults: Readonly<Record<OptimizerName, ByOptimizer>> = {
  sgd: { lr: 0.02, momentum: 0.9, weightDecay: 0 },
  adamw: { lr: 0.001, momentum: 0, weightDecay: 0.01 },
};

/** Examples drawn from the data sets that come by name; a file or folder is used whole. */
export const namedDataSubset = 2000;

/** Share of the training set that early stopping gets for validation. */
export const earlyStoppingValidation = 0.1;

export const defaults: Omit<Settings, keyof ByOptimizer | 'stepEpochs'> = {
  data: 'mnist',
  label: null,
  test: null,
  subset: null,
  validation: 0,
  arms: ['none', 'dropout=0.5'],
  inputRate: 0.2,
  hidden: [512, 512],
  activation: 'relu',
  epochs: 30,
  seeds: 5,
  seedFrom: 1,
  batch: 100,
  optimizer: 'sgd',
  maxNorm: null,
  clipNorm: null,
  labelSmoothing: 0,
  schedule: 'constant',
  stepFactor: 0.1,
  warmUp: 0,
  earlyStopping: null,
  threads: null,
};
