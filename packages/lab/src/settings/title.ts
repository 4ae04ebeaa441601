/** @file A run in one line, for lists. */
import { armLabels, type DataName, type Settings } from './settings.js';

const dataTitles: Readonly<Record<DataName, string>> = {
  mnist: 'MNIST',
  fashion: 'Fashion-MNIST',
  csv: 'CSV',
};

const networkTitle = ({ model, hidden, filters }: Settings): string =>
  model === 'mlp'
    ? `dense ${hidden.join('-') || 'without hidden layers'}`
    : `convolutional, ${filters} filters`;

/** `MNIST, 1000 examples, dense 256-256: none, dropout 0.5`. */
export function titleOf(settings: Settings): string {
  const { data, csv, images, arms } = settings;
  const source = data === 'csv' ? (csv?.name ?? 'CSV') : dataTitles[data];
  const examples = images === 'all' ? 'all examples' : `${images} examples`;
  return `${source}, ${examples}, ${networkTitle(settings)}: ${armLabels(arms).join(', ')}`;
}
