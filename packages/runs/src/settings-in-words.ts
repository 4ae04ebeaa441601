/** @file The settings of a run, in words. */
import type { RunConfig } from './config.js';
import { modelLayers } from './models.js';

/** What was counted, not rounded. */
const count = (value: number): string => value.toLocaleString('en-US');

/** Names and values, all of them plain text. */
export function settingsInWords(
  { settings, data, given, arms }: RunConfig,
  examples: string,
): readonly (readonly [string, string])[] {
  const { subset, validation, hidden, earlyStopping, schedule, warmUp, stepEpochs, stepFactor } = settings;
  const drawn =
    subset === null || subset === data.train
      ? `all ${count(data.train)} training ${examples}`
      : `${count(subset)} of ${count(data.train)} training ${examples}, drawn anew for each seed`;
  const isPart = validation > 0 || (subset !== null && subset !== data.train);
  const layers = hidden.length === 0 ? 'no hidden layer' : `hidden layers of ${hidden.join(', ')}`;
  const { model, activation, inputRate } = settings;
  const network = model === 'mlp' ? `${layers}; ${activation}` : `${model}: ${modelLayers[model]}`;
  const decay = settings.weightDecay === 0 ? '' : `, weight decay ${settings.weightDecay}`;
  const optimizer =
    settings.optimizer === 'sgd'
      ? `sgd, momentum ${settings.momentum}${decay}`
      : `${settings.optimizer}${decay}`;
  const steps = schedule === 'step' ? ` (× ${stepFactor} every ${stepEpochs} epochs)` : '';
  const rise = warmUp === 0 ? '' : `, after a rise over ${warmUp} epochs`;
  const hasDropBlock = arms.some(({ drops }) => drops?.some(({ kind }) => kind === 'dropblock'));
  const { rateSchedule, rateEpochs } = settings;
  const optional: readonly (readonly [string, string | null])[] = [
    [
      'Texts',
      data.words === undefined
        ? null
        : `column ${settings.text}; ${count(data.words)} words known, counted on ${isPart ? `all ${count(data.train)}` : 'the'} training texts; the first ${data.shape[0]} words of each text are read`,
    ],
    ['Input dropout', model === 'mlp' ? `${inputRate}, in arms that have dropout` : null],
    ['Block size', hasDropBlock ? `${settings.blockSize}, of dropblock` : null],
    ['Dropout rates', rateSchedule === 'constant' ? null : `${rateSchedule}, over ${rateEpochs} epochs`],
    ['Validation', validation === 0 ? null : `${100 * validation} % of the training ${examples}`],
    [
      'Early stopping',
      earlyStopping === null ? null : `after ${earlyStopping} epochs without a better validation loss`,
    ],
    ['Max-norm', settings.maxNorm === null ? null : String(settings.maxNorm)],
    ['Gradient norm', settings.clipNorm === null ? null : `at most ${settings.clipNorm}`],
    ['Label smoothing', settings.labelSmoothing === 0 ? null : String(settings.labelSmoothing)],
    ['Ignored columns', settings.ignore == null ? null : settings.ignore.join(', ')],
    ['Threads', given.threads == null ? null : `${given.threads} for each run`],
  ];
  return [
    ['Data', `${data.name}: ${drawn}; ${count(data.test)} test ${examples}; ${data.classes} classes`],
    ['Network', network],
    ['Arms', settings.arms.join('; ')],
    ['Seeds', `${settings.seedFrom} to ${settings.seedFrom + settings.seeds - 1}`],
    ['Epochs', `${settings.epochs}, ${settings.batch} ${examples} a step`],
    ['Optimizer', optimizer],
    ['Learning rate', `${settings.lr}, ${schedule}${steps}${rise}`],
    ...optional.flatMap(([name, value]) => (value === null ? [] : ([[name, value]] as const))),
  ];
}
