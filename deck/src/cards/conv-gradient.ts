/** @file Card: the gradient of a filter whose input is masked. */
import type { Card } from '../card.js';
import { filterExperiment } from '../convolution/filter-experiment.js';
import type { FilterSetting } from '../convolution/filter-study.js';
import { ghiasi, tompson } from '../sources.js';

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
  batches: 4,
  masks: 2,
  fitted: { maps: 250, units: 800 },
};

export const convGradient: Card = {
  id: 'conv-gradient',
  section: 'convolution',
  question:
    'Element-wise dropout takes the gradient from some positions of a feature map. Why does the gradient of the filter behind it hardly change?',
  answer:
    'A filter is used at every position, so its gradient is a sum over all positions, and all examples, of an error signal times an activation. A dropped position contributes exactly nothing. ' +
    'But its neighbours contribute nearly the same, since both the activations and the error signals of neighbours are correlated; what is kept, scaled by $1/(1-p)$, adds up to almost the same gradient.\n\n' +
    'Where the terms of the sum have little in common this fails: in a dense layer, where a weight gets a single term from each example, and with spatial dropout, which takes all terms of an example’s channel at once. ' +
    'At the same rate these gradients turn much further.',
  slip:
    'The argument takes the error signals as given. In truth dropout disturbs the forward pass too, and with it the error signals: the whole gradient turns further, little at rate 0.25 and far at 0.75. ' +
    'It turns much the same way under every mask, though: the objective has changed, but there are not many different thinned networks. ' +
    'Nor does element-wise dropout scale the learning rate by the probability to keep, as Tompson et al. have it, when it is inverted: the survivors’ scale makes up for that.',
  formula: String.raw`\frac{\partial L}{\partial W_{mc}} = \sum_n \sum_i \delta_{nmi}\, r_{nci}\, x_{nci}, \qquad r_{nci} \in \Bigl\{0, \frac{1}{1-p}\Bigr\}`,
  sources: [
    tompson('section 3.2: activations and gradients of neighbours are alike, so that the gradient remains'),
    ghiasi('section 1: information about the input still flows through neighbours'),
  ],
  claim:
    'At rate 0.25 a filter’s gradient keeps its direction under element-wise dropout; a dense layer’s, or a filter’s under spatial dropout, turns much further.',
  method:
    'Five pairs of networks are trained on 800 images of Fashion-MNIST: that of the card before with element-wise dropout at rate 0.25, and a dense one with as much between its hidden layers. ' +
    'On training batches the gradient of the weight behind the dropout is taken without masks and with them, once with the error signals of no dropout and once as it is; a cosine of 0.9, an angle of 26°, is the bound of “hardly”. ' +
    'Linear predictors guess activations from their 8 neighbours in the map, or from the 8 most similar units, and are judged on test images. Intervals are over the five pairs.',
  cost: 16,
  experiment: (laboratory) => filterExperiment(laboratory, setting),
};
