/** @file The harmless passes together, until nothing changes. */
import type { Graph } from '../../onnx/model.js';
import { commonSubexpressions } from './common-subexpressions.js';
import type { PassOptions } from './facts.js';
import { foldConstants } from './fold-constants.js';
import { prune } from './prune.js';
import { simplify } from './simplify.js';

const passes = [foldConstants, simplify, commonSubexpressions, prune];

/** A smaller graph that computes the same outputs from the same inputs: fold, simplify, share, prune, to a fixed point. */
export function cleanUp(graph: Graph, options?: PassOptions): Graph {
  for (let current = graph; ; ) {
    const next = passes.reduce((g, pass) => pass(g, options), current);
    if (next === current) return current;
    current = next;
  }
}
