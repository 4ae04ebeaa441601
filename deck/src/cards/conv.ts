/** @file Card: dropout on feature maps. */
import type { Card } from '../card.js';
import { overfitting } from '../convolution/overfitting.js';
import type { Setting } from '../convolution/runs.js';
import { ghiasi, srivastava, tompson } from '../sources.js';

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
  question:
    'What does element-wise dropout on a convolutional feature map do ahead of a 1 × 1 convolution, and what is dropped instead?',
  answer:
    'It lengthens training and hardly prevents overfitting. Neighbouring activations of a map are correlated, by about 0.5 in the network here: where single ones are missing, their ' +
    'neighbours still hold much the same. So training comes down more slowly, but when it has fitted the training set as well as without dropout, it overfits as much.\n\n' +
    'What belongs together has to go together: whole channels (*spatial dropout*) or squares of a map (*DropBlock*). After equally many steps both leave a smaller gap and a lower test loss. ' +
    'Spatial dropout has a smaller gap even at equal training loss; for DropBlock, whose squares leave a part of each map, that does not show here.',
  slip:
    '“Dropout does not work in convolutional networks” says too much. The point is about layers that share their weights between places; where dense layers follow the maps, Srivastava et al. ' +
    'lowered the error on SVHN from 3.02 to 2.55 % by element-wise dropout in the convolutional layers. And a gap after equally many steps shrinks for a cheap reason too: every dropout holds the ' +
    'training loss up. So gaps are compared at equal training loss as well. Nor is a smaller gap the same as fewer errors: here the test loss falls, and the test error does not; ' +
    'with spatial dropout it was 1.2 points higher on ten further seeds (0.6 to 1.9).',
  formula: String.raw`\tilde x_{nci} = r_{nci}\, x_{nci} \ \text{(element-wise)}, \qquad \tilde x_{nci} = r_{nc}\, x_{nci} \ \text{(spatial)}`,
  sources: [
    tompson('section 3.2, where the claim and spatial dropout come from'),
    ghiasi('section 1, and section 3 with algorithm 1; here with the rate that counts overlaps of squares'),
    srivastava('section 6.1.2, and appendix B.2 for the rate: keep 0.75 in convolutional layers'),
    {
      text: 'Springenberg, Dosovitskiy, Brox, Riedmiller 2015, Striving for simplicity: the all convolutional net: table 1, the kind of network',
      url: 'https://arxiv.org/abs/1412.6806',
    },
    {
      text: 'Cohen 1988, Statistical power analysis for the behavioral sciences, 2nd ed.: a correlation of 0.5 is large',
    },
  ],
  claim:
    'At equal training loss element-wise dropout leaves the gap as it is and takes longer to get there; dropping channels or squares narrows the gap.',
  method:
    'One small network of 3 × 3 and 1 × 1 convolutions and a global mean, with dropout at rate 0.25 ahead of the first 1 × 1 convolution, is trained on 800 images of Fashion-MNIST for 960 steps: ' +
    'five seeds, each with weights, images and order common to all arms. Gaps, losses and errors are those of the network at inference; differences are taken seed by seed, with 95 % intervals. ' +
    'The rate, the training losses of the comparison and the bounds (a correlation of 0.5 is strong; less than a quarter of the gap is hardly any) were settled on other seeds.',
  cost: 140,
  experiment: (laboratory) => overfitting(laboratory, setting),
};
