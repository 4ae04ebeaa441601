/** @file The two programs that come out of a network without training it. */
import { meanGraph } from '../graph/passes/mean.js';
import { prune } from '../graph/passes/prune.js';
import { replaceValues } from '../graph/passes/replace.js';
import { byRunningStatistics } from '../graph/passes/running-statistics.js';
import { expectations, replacements } from '../noise/kinds.js';
import type { Graph } from '../onnx/model.js';
import type { Network } from './network.js';

/**
 * The mean program, inference without noise: each noise input is replaced by its expectation and folded away, and each
 * layer that computes with its noise by the value that its site names. Its inputs are the features alone, its outputs the
 * network's without penalties; batch normalisation goes by its running statistics; parameters that only the noise used are gone. For kinds that multiply by 0 or 1 / keep it
 * is the weight scaling rule (Srivastava et al. 2014, JMLR 15, section 4).
 */
export function meanProgram(network: Network): Graph {
  const { sites } = network;
  const gone = sites.flatMap((site) => ('mean' in site ? [site.input] : []));
  return meanGraph(replaceValues(inUse(network), replacements(sites), gone), expectations(sites));
}

/**
 * The thinned program: the noise inputs stay, to be fed from `fillNoise`. One draw is one sample of Monte Carlo dropout.
 * Batch normalisation goes by its running statistics, so that a sample does not depend on the rest of its batch.
 */
export const thinnedProgram = (network: Network): Graph => prune(inUse(network));

/** Without what only training needs: penalties, and the statistics of the batch. */
function inUse({ graph, penalties }: Network): Graph {
  if (penalties.length === 0) return byRunningStatistics(graph);
  return byRunningStatistics({
    ...graph,
    outputs: graph.outputs.filter(({ name }) => !penalties.includes(name)),
  });
}
