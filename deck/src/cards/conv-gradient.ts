/** @file Card: the gradient of a filter whose input is masked. */
import type { Card } from '../card.js';
import { filterExperiment } from '../convolution/filter-experiment.js';
import type { FilterSetting } from '../convolution/filter-study.js';

const setting: FilterSetting = {
  seeds: [1, 2, 3, 4, 5],
  images: 800,
  epochs: 5,
  batchSize: 25,
  lr: 0.003,
  widths: [8, 24, 64],
  units: 128,
  rate: 0.25,
  rates: [0.1, 0.25, 0.5, 0.75],
  highRate: 0.75,
  batches: 6,
  masks: 2,
  fitted: { maps: 500, units: 800 },
};

export const convGradient: Card = {
  id: 'conv-gradient',
  section: 'convolution',
  question: '',
  answer: '',
  sources: [],
  claim: '',
  method: '',
  cost: 15,
  experiment: (laboratory) => filterExperiment(laboratory, setting),
};
