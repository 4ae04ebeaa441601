/** @file Dropout after the last layer. */
import { type Check, called } from '../check.js';

export const afterLastLayer: Check = {
  kinds: {
    dropout: true,
    standard: true,
    spatial: true,
    dropblock: true,
    gaussian: true,
    alpha: true,
    featureAlpha: true,
    dropconnect: false,
    batchwise: true,
    embedding: false,
    variational: true,
    depth: false,
    attention: false,
    concrete: true,
    variationalGaussian: true,
    standout: true,
  },
  source: 'Srivastava et al. 2014 (JMLR 15), section 4',
  find({ site, output }, flow) {
    if (!flow.isLast(output)) return undefined;
    return {
      message: `${called(site)} comes after the last layer with weights: it drops the network's answers themselves, and nothing after it can learn to do without them`,
      remedy: 'move it before the last layer, or leave it out',
    };
  },
};
