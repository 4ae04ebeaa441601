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

/** A tensor that follows the data instead of a gradient, such as a running mean: an initializer of the graph. */
export interface Statistic {
  readonly name: string;
  readonly shape: readonly number[];
  /** Name of the graph's value that it becomes after a training step. */
  readonly next: string;
}

/**
 * A model before it becomes a program. The graph's inputs are the features (first) and one input per noise site;
 * its outputs are the network's outputs, such as logits [N, classes]. The batch axis is the symbol `N`.
 */
export interface Network {
  readonly graph: Graph;
  readonly parameters: readonly Parameter[];
  readonly sites: readonly NoiseSite[];
  /** Carried through training beside the parameters; without optimizer slots, and no gradient reaches them. */
  readonly statistics?: readonly Statistic[];
}

/** Everything that training changes: what a program of the network is given, and what an export holds. */
export const learned = ({
  parameters,
  statistics = [],
}: Network): readonly { readonly name: string; readonly shape: readonly number[] }[] => [
  ...parameters,
  ...statistics,
];
