/** @file Card: dropout on feature maps. */
import type { Card } from '../card.js';
import { overfitting } from '../convolution/overfitting.js';
import type { Setting } from '../convolution/runs.js';

const setting: Setting = {
  seeds: [1, 2, 3, 4, 5],
  images: 800,
  watched: 500,
  epochs: 30,
  batchSize: 25,
  lr: 0.003,
  rate: 0.25,
  widths: [8, 24, 64],
  limit: 0.3,
  levels: [0.5, 0.45, 0.4, 0.35],
  lags: 5,
};

export const conv: Card = {
  id: 'conv',
  section: 'convolution',
  question: '',
  answer: '',
  sources: [],
  claim: '',
  method: '',
  cost: 200,
  experiment: (laboratory) => overfitting(laboratory, setting),
};
