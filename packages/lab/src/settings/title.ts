/** @file A run in one line, for lists. */
import {
  activationTitles,
  armLabels,
  type DataName,
  defaults,
  modelDefaults,
  optimizerTitles,
  type Settings,
} from './settings.js';

const dataTitles: Readonly<Record<DataName, string>> = {
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
  csv: 'CSV',
};

const networkTitle = ({ model, hidden, filters }: Settings): string =>
  model === 'mlp'
    ? `dense ${hidden.join('-') || 'without hidden layers'}`
    : `convolutional, ${filters} filters`;

/** What is not as usual, so that runs which differ in nothing else are told apart. */
function unusual({ model, activation, inputRate, optimizer, lr, batch }: Settings): readonly string[] {
  const usual = modelDefaults[model];
  const isDense = model === 'mlp';
  return [
    ...(isDense && activation !== defaults.activation ? [activationTitles[activation]] : []),
    ...(isDense && inputRate !== defaults.inputRate ? [`rate ${inputRate} on the input`] : []),
    ...(optimizer !== usual.optimizer ? [optimizerTitles[optimizer]] : []),
    ...(optimizer !== usual.optimizer || lr !== usual.lr ? [`learning rate ${lr}`] : []),
    ...(batch !== defaults.batch ? [`batch ${batch}`] : []),
  ];
}

/** `MNIST, 1000 examples, dense 256-256: no dropout, dropout 0.5; 20 epochs, seed 1`. */
export function titleOf(settings: Settings): string {
  const { data, csv, images, epochs, seed } = settings;
  const source = data === 'csv' ? (csv?.name ?? 'CSV') : dataTitles[data];
  const examples = images === 'all' ? 'all examples' : `${images} examples`;
  const training = [...unusual(settings), `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`, `seed ${seed}`];
  const what = [source, examples, networkTitle(settings)].join(', ');
  return `${what}: ${armLabels(settings).join(', ')}; ${training.join(', ')}`;
}
