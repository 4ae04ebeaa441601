/** @file The versions that are written and read. */
import type { Graph, Model } from './model.js';

/** Of this library; goes into files as the producer's version. */
export const VERSION = '0.1.0';

/** The IR version of the files that are written. */
export const IR_VERSION = 10;
/** The version of the standard operators in the files that are written. */
export const OPSET = 21;

/** The newest IR version that is read. */
export const MAX_IR_VERSION = 13;
/** The newest version of the standard operators that is read. */
export const MAX_OPSET = 26;

/**
 * A model of the versions above around a graph, produced by thinnet. `extra` replaces or adds what it names:
 * metadata, a doc text, opsets for further domains.
 */
export function standardModel(graph: Graph, extra: Partial<Omit<Model, 'graph'>> = {}): Model {
  return {
    irVersion: IR_VERSION,
    producer: { name: 'thinnet', version: VERSION },
    metadata: {},
    ...extra,
    opsets: { '': OPSET, ...extra.opsets },
    graph,
  };
}
