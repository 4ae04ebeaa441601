/** @file The two programs that come out of a network without training it. */
import { meanGraph } from '../graph/passes/mean.js';
import { byRunningStatistics } from '../graph/passes/running-statistics.js';
import { expectations } from '../noise/kinds.js';
import type { Graph } from '../onnx/model.js';
import type { Network } from './network.js';

/**
 * The mean program: every noise input replaced by its expectation and folded away. Its inputs are the features alone;
 * batch normalisation goes by its running statistics; it is inference by the weight scaling rule (Srivastava et al. 2014, JMLR 15, section 4).
 */
export const meanProgram = ({ graph, sites }: Network): Graph =>
  meanGraph(byRunningStatistics(graph), expectations(sites));

/**
 * The thinned program: the noise inputs stay, to be fed from `fillNoise`. One draw is one sample of Monte Carlo dropout.
 * Batch normalisation goes by its running statistics, so that a sample does not depend on the rest of its batch.
 */
export const thinnedProgram = ({ graph }: Network): Graph => byRunningStatistics(graph);
