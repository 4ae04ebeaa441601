/** @file The one table of defaults: what `thinnet compare` does when told nothing but the model. */
import type { ModelName, OptimizerName, Settings, TrainingSettings } from 'thinnet-runs';

type ByOptimizer = Pick<TrainingSettings, 'lr' | 'momentum' | 'weightDecay'>;

/** Settings whose defaults depend on the model. */
type ByModel = Pick<
  Settings,
  'arms' | 'inputRate' | 'hidden' | 'epochs' | 'seeds' | 'batch' | 'optimizer' | 'schedule'
>;

/** Settings whose defaults follow from others. */
type Derived = 'subset' | 'stepEpochs' | 'rateEpochs';

/** Examples drawn from the data sets that come by name; a file or folder is used whole. */
export const namedDataSubset = 2000;

/** Share of the training set that early stopping gets for validation. */
export const earlyStoppingValidation = 0.1;

/** Runs that go on at once, unless more are asked for. */
export const mostAtOnce = 4;

/** What all models have in common. */
export const commonDefaults: Omit<Settings, keyof ByModel | keyof ByOptimizer | Derived | 'model'> = {
  data: 'mnist',
  label: null,
  test: null,
  ignore: null,
  text: null,
  words: 5000,
  length: null,
  validation: 0,
  rateSchedule: 'constant',
  blockSize: 5,
  activation: 'relu',
  seedFrom: 1,
  maxNorm: null,
  clipNorm: null,
  labelSmoothing: 0,
  stepFactor: 0.1,
  warmUp: 0,
  earlyStopping: null,
  threads: null,
  atOnce: null,
};

export const defaultModel: ModelName = 'mlp';

interface ModelDefaults extends ByModel {
  readonly byOptimizer: Readonly<Record<OptimizerName, ByOptimizer>>;
}

/** Of models of images: they have no input dropout and no hidden widths, and their steps take longer. */
const ofImages = { inputRate: 0, hidden: [], epochs: 20, seeds: 3, batch: 128, schedule: 'cosine' } as const;

export const modelDefaults: Readonly<Record<ModelName, ModelDefaults>> = {
  mlp: {
    arms: ['none', 'dropout=0.5'],
    inputRate: 0.2,
    hidden: [512, 512],
    epochs: 30,
    seeds: 5,
    batch: 100,
    optimizer: 'sgd',
    schedule: 'constant',
    byOptimizer: {
      sgd: { lr: 0.02, momentum: 0.9, weightDecay: 0 },
      adamw: { lr: 0.001, momentum: 0, weightDecay: 0.01 },
    },
  },
  cnn: {
    ...ofImages,
    arms: ['none', 'dropout=0.5'],
    optimizer: 'adamw',
    byOptimizer: {
      sgd: { lr: 0.02, momentum: 0.9, weightDecay: 0 },
      adamw: { lr: 0.001, momentum: 0, weightDecay: 0.01 },
    },
  },
  allconv: {
    ...ofImages,
    // So small that it needs many epochs to learn 2,000 images by heart.
    epochs: 40,
    arms: ['none', 'elementwise=0.2', 'spatial=0.2', 'dropblock=0.2'],
    optimizer: 'adamw',
    byOptimizer: {
      sgd: { lr: 0.02, momentum: 0.9, weightDecay: 0 },
      adamw: { lr: 0.005, momentum: 0, weightDecay: 0.01 },
    },
  },
  resnet20: {
    ...ofImages,
    arms: ['none', 'depth=0.2'],
    optimizer: 'adamw',
    byOptimizer: {
      sgd: { lr: 0.05, momentum: 0.9, weightDecay: 0.0001 },
      adamw: { lr: 0.003, momentum: 0, weightDecay: 0.01 },
    },
  },
  vit: {
    ...ofImages,
    epochs: 30,
    arms: ['none', 'dropout=0.1,attention=0.1', 'depth=0.1'],
    optimizer: 'adamw',
    byOptimizer: {
      sgd: { lr: 0.02, momentum: 0.9, weightDecay: 0 },
      adamw: { lr: 0.003, momentum: 0, weightDecay: 0.05 },
    },
  },
  text: {
    inputRate: 0,
    hidden: [],
    epochs: 12,
    seeds: 3,
    batch: 32,
    schedule: 'cosine',
    arms: ['none', 'words=0.1,inputs=0.25,recurrent=0.25', 'dropout=0.5'],
    optimizer: 'adamw',
    byOptimizer: {
      sgd: { lr: 0.05, momentum: 0.9, weightDecay: 0 },
      adamw: { lr: 0.003, momentum: 0, weightDecay: 0.01 },
    },
  },
};

/** Settings that later versions brought, as runs of earlier versions had them. */
export const settingsOfEarlierRuns: Pick<
  Settings,
  'model' | 'blockSize' | 'ignore' | 'atOnce' | 'text' | 'words' | 'length'
> = {
  model: 'mlp',
  blockSize: commonDefaults.blockSize,
  ignore: null,
  atOnce: 1,
  text: null,
  words: commonDefaults.words,
  length: null,
};
