/** @file The mean program: each noise input replaced by its expectation, and folded away. */
import { ThinnetError } from '../../error.js';
import type { Graph } from '../../onnx/model.js';
import { freshNames } from '../names.js';
import { subgraphsOf } from '../subgraph.js';
import { absorbScales } from './absorb-scales.js';
import type { PassOptions } from './facts.js';
import { foldConstants } from './fold-constants.js';
import { prune } from './prune.js';
import { simplify } from './simplify.js';
import { substituteUniform, type Uniform } from './uniform.js';

/**
 * The graph without the named noise inputs, each replaced by its expectation: the weight scaling rule (Srivastava et al.
 * 2014, JMLR 15, section 4). Multiplying by 1 vanishes; a factor k before a Gemm goes into its alpha; anywhere else one
 * multiplication by the scalar k is left. No initializer of the graph changes, and none is taken for a constant unless
 * `options` tell parameters from constants, so that parameters can be given other values afterwards.
 *
 * @throws ThinnetError where a name is no input, an expectation is not finite, the noise enlarges what it multiplies, or
 *   it goes into an operator that is not elementwise
 */
export function meanGraph(
  graph: Graph,
  expectations: ReadonlyMap<string, number>,
  options: PassOptions = { parameters: initializersOf(graph) },
): Graph {
  const uniforms = new Map<string, Uniform>();
  for (const [name, value] of expectations) {
    const input = graph.inputs.find((info) => info.name === name);
    if (!input)
      throw new ThinnetError(
        `graph "${graph.name}": there is no noise input "${name}"; its inputs are ${graph.inputs.map((x) => x.name).join(', ')}`,
      );
    if (!Number.isFinite(value))
      throw new ThinnetError(`noise "${name}": the expectation is ${value}; it must be finite`);
    uniforms.set(name, { scalar: value, type: input.type, source: name });
  }
  let current = prune(substituteUniform(graph, uniforms, freshNames(graph)));
  for (;;) {
    const next = prune(absorbScales(simplify(foldConstants(current, options), options), options));
    if (next === current) return current;
    current = next;
  }
}

/** Names of all initializers, those of subgraphs included. */
function initializersOf(graph: Graph): Set<string> {
  const names = new Set(graph.initializers.map((tensor) => tensor.name));
  for (const node of graph.nodes)
    for (const [, body] of subgraphsOf(node)) for (const name of initializersOf(body)) names.add(name);
  return names;
}
