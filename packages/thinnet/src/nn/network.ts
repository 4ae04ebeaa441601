/** @file A network: its graph, which of its tensors are trained, and its noise sites. */

import type { NoiseSite } from '../noise/site.js';
import type { Graph } from '../onnx/model.js';

/** A trained tensor: an initializer of the graph. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  /** A weight is decayed and norm-bounded; a bias is not. */
  readonly role: 'weight' | 'bias';
  /** The axes over which one unit's incoming weights run (max-norm): [0] for a dense weight [in, out]. */
  readonly incomingAxes: readonly number[];
}

/**
 * A model before it becomes a program. The graph's inputs are the features (first) and one input per noise site;
 * its outputs are the network's outputs, such as logits [N, classes]. The batch axis is the symbol `N`.
 */
export interface Network {
  readonly graph: Graph;
  readonly parameters: readonly Parameter[];
  readonly sites: readonly NoiseSite[];
}
