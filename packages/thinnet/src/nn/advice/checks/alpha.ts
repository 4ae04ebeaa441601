/** @file Alpha dropout of values that are not SELU's. */
import { type Check, called } from '../check.js';
import { passesSelu, preparesFeatures } from '../operators.js';

export const alphaWithoutSelu: Check = {
  kinds: {
    dropout: false,
    standard: false,
    spatial: false,
    dropblock: false,
    gaussian: false,
    alpha: true,
    featureAlpha: true,
    dropconnect: false,
    batchwise: false,
    embedding: false,
    variational: false,
    depth: false,
    attention: false,
    concrete: false,
    variationalGaussian: false,
    standout: false,
  },
  source: 'Klambauer et al. 2017 (arXiv:1706.02515), section 3',
  find({ site, input }, flow) {
    const { nodes } = flow.back(input, (node) => passesSelu.has(node.op));
    const other = nodes.find((node) => node.op !== 'Selu');
    if (other === undefined || flow.back(input, (node) => preparesFeatures.has(node.op)).nodes.length === 0)
      return undefined;
    return {
      message: `${called(site)} drops from the output of "${other.name}" (${other.op}), not of a Selu: it sets units to SELU's negative limit and rescales so that mean 0 and variance 1 stay, which other values do not have`,
      remedy: 'use selu() with lecunNormal weights before it, or another dropout',
    };
  },
};
