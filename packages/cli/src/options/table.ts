/** @file The table of options: for each setting its flag, its kind of value and its line of help. */

import {
  activationNames,
  modelNames,
  optimizerNames,
  rateScheduleNames,
  type SharedSettings,
  scheduleNames,
  type TrainingSettings,
} from 'thinnet-runs';
import type { ValueKind } from './values.js';
import {
  anyNumber,
  belowOne,
  layerWidths,
  nonNegativeInteger,
  nonNegativeNumber,
  oneOf,
  orWord,
  positiveInteger,
  positiveNumber,
  upTo,
  wholeUpTo,
  wordList,
  words,
} from './values.js';

export interface OptionEntry<T> {
  /** Without the dashes: `max-norm`. */
  readonly flag: string;
  /** What the help calls the value. */
  readonly value: string;
  readonly help: string;
  readonly kind: ValueKind<T>;
}

type Options<S> = { readonly [K in keyof S]: OptionEntry<S[K]> };

function entry<T>(flag: string, value: string, kind: ValueKind<T>, help: string): OptionEntry<T> {
  return { flag, value, kind, help };
}

export const dataOptions: Options<
  Pick<
    SharedSettings,
    'data' | 'label' | 'test' | 'ignore' | 'text' | 'words' | 'length' | 'subset' | 'validation'
  >
> = {
  data: entry('data', 'what', words, 'mnist, fashion, a folder of IDX or NPY files, or a CSV file'),
  label: entry('label', 'column', orWord('none', words), 'the CSV column that holds the class'),
  test: entry('test', 'file', orWord('none', words), 'a CSV file of test examples'),
  ignore: entry(
    'ignore',
    'columns',
    orWord('none', wordList),
    'CSV columns that are no features, such as id,date',
  ),
  text: entry(
    'text',
    'column',
    orWord('none', words),
    'the CSV column that holds texts, of which the model text is trained',
  ),
  words: entry(
    'words',
    'n',
    upTo(1_000_000),
    'how many words of the texts are known, the most frequent ones',
  ),
  length: entry(
    'length',
    'n|auto',
    orWord('auto', upTo(500, 'a step takes time and memory that grow faster than the length')),
    'how many words of a text are read, from its beginning',
  ),
  subset: entry(
    'subset',
    'n|all',
    orWord('all', positiveInteger),
    'training examples, as many of each class, drawn anew for each seed',
  ),
  validation: entry(
    'validation',
    'share',
    belowOne,
    'share of the training examples set apart for validation',
  ),
};

export const experimentOptions: Options<Omit<SharedSettings, keyof typeof dataOptions>> = {
  model: entry('model', 'name', oneOf(modelNames), `${modelNames.join(', ')}: see Models below`),
  hidden: entry(
    'hidden',
    'widths',
    layerWidths,
    'widths of the hidden layers of mlp, such as 1024,1024,1024, or none',
  ),
  activation: entry(
    'activation',
    'name',
    oneOf(activationNames),
    `activation of mlp: ${activationNames.join(', ')}`,
  ),
  epochs: entry('epochs', 'n', positiveInteger, 'passes over the training examples'),
  seeds: entry('seeds', 'n', upTo(10_000), 'number of repetitions, each with its own seed'),
  seedFrom: entry('seed-from', 'n', wholeUpTo(2 ** 53 - 1, '2^53 − 1'), 'the first seed'),
  batch: entry('batch', 'n', positiveInteger, 'examples a step'),
  earlyStopping: entry(
    'early-stopping',
    'epochs',
    orWord('none', positiveInteger),
    'stop after so many epochs without a better validation loss',
  ),
  threads: entry('threads', 'n|all', orWord('all', upTo(1024)), 'threads of ONNX Runtime, for each run'),
  atOnce: entry(
    'at-once',
    'n|auto',
    orWord('auto', upTo(64)),
    'runs (an arm with a seed) that are trained side by side; they share the processors unless --threads is given',
  ),
};

export const sharedOptions: Options<SharedSettings> = { ...dataOptions, ...experimentOptions };

/** These may also be given for one arm alone: `--arm dropout=0.5,lr=0.1`. */
export const trainingOptions: Options<TrainingSettings> = {
  inputRate: entry('input-rate', 'rate', anyNumber, 'dropout on the input of mlp, in arms that have dropout'),
  rateSchedule: entry(
    'rate-schedule',
    'name',
    oneOf(rateScheduleNames),
    `dropout rates over the epochs: ${rateScheduleNames.join(', ')}`,
  ),
  rateEpochs: entry(
    'rate-epochs',
    'n',
    positiveInteger,
    'epochs until the rates of linear and curriculum are reached, early ends or late begins',
  ),
  blockSize: entry(
    'block-size',
    'n',
    positiveInteger,
    'side of the squares of dropblock, in elements of a map',
  ),
  optimizer: entry('optimizer', 'name', oneOf(optimizerNames), optimizerNames.join(', ')),
  lr: entry('lr', 'rate', positiveNumber, 'learning rate'),
  momentum: entry('momentum', 'share', belowOne, 'momentum of sgd'),
  weightDecay: entry(
    'weight-decay',
    'rate',
    nonNegativeNumber,
    'L2 penalty of sgd, decoupled decay of adamw',
  ),
  maxNorm: entry('max-norm', 'norm', orWord('none', positiveNumber), "bound on each unit's incoming weights"),
  clipNorm: entry('clip-norm', 'norm', orWord('none', positiveNumber), 'bound on the norm of all gradients'),
  labelSmoothing: entry('label-smoothing', 'share', belowOne, 'share of each target spread over all classes'),
  schedule: entry('schedule', 'name', oneOf(scheduleNames), `learning rate: ${scheduleNames.join(', ')}`),
  stepEpochs: entry('step-epochs', 'n', positiveInteger, 'epochs between the steps of --schedule step'),
  stepFactor: entry('step-factor', 'factor', positiveNumber, 'factor of each step of --schedule step'),
  warmUp: entry(
    'warm-up',
    'epochs',
    nonNegativeInteger,
    'epochs in which the learning rate rises to its value',
  ),
};
