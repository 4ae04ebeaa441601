/** @file A rate that looks like the probability to keep. */
import { highestRate } from '../../../noise/schedule.js';
import { type Check, called } from '../check.js';
import { preparesFeatures } from '../operators.js';

export const rateLikeKeepProbability: Check = {
  kinds: {
    dropout: true,
    standard: true,
    spatial: true,
    dropblock: true,
    gaussian: true,
    alpha: true,
    featureAlpha: true,
    dropconnect: true,
    batchwise: true,
    embedding: true,
    variational: true,
    depth: true,
    attention: true,
    concrete: true,
    variationalGaussian: true,
    standout: false, // its rate is no number that anyone chose
  },
  source: 'Srivastava et al. 2014 (JMLR 15), appendix A.4, where p is the probability to keep',
  find({ site, input }, flow) {
    const rate = highestRate(site.rate);
    const { nodes, boundary } = flow.back(input, (node) => preparesFeatures.has(node.op));
    const onFeatures = boundary && nodes.length === 0 && flow.isData(input);
    if (!(rate >= 0.8 || (onFeatures && rate > 0.5))) return undefined;
    const kept = Number((1 - rate).toPrecision(6));
    return {
      message: `${called(site)} has rate ${rate}${onFeatures ? ' on the features' : ''}, which looks like a probability to keep: the rate is the probability to drop, and ${rate} keeps ${kept === 0 ? 'nothing' : `${Number((100 * kept).toPrecision(6))} %`}`,
      remedy: kept === 0 ? 'lower it; 0.5 is usual' : `if ${rate} is what you want to keep, give ${kept}`,
    };
  },
};
