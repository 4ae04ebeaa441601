/** @file Dropout after the last layer. */
import { type Check, called } from '../check.js';

export const afterLastLayer: Check = {
  kinds: [
    ...(['dropout', 'standard', 'spatial', 'dropblock', 'gaussian', 'alpha', 'featureAlpha'] as const),
    ...(['variational', 'concrete', 'variationalGaussian', 'standout'] as const),
  ],
  source: 'Srivastava et al. 2014 (JMLR 15), section 4',
  find({ site, output }, flow) {
    if (!flow.isLast(output)) return undefined;
    return {
      message: `${called(site)} comes after the last layer with weights: it drops the network's answers themselves, and nothing after it can learn to do without them`,
      remedy: 'move it before the last layer, or leave it out',
    };
  },
};
