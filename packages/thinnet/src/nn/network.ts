/** @file A network: its graph, which of its tensors are trained, its noise sites and its penalties. */

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
 * its outputs are the network's outputs, such as logits [N, classes], and then its penalties. The batch axis is the
 * symbol `N`. The graph may hold values that only inference needs; programs leave out what they do not use.
 */
export interface Network {
  readonly graph: Graph;
  readonly parameters: readonly Parameter[];
  readonly sites: readonly NoiseSite[];
  /**
   * Outputs of the graph, each one number, that training adds to the loss whose gradient it follows: what layers that
   * learn their own noise ask for. The losses that training reports are those of the data alone.
   */
  readonly penalties: readonly string[];
  /** Carried through training beside the parameters; without optimizer slots, and no gradient reaches them. */
  readonly statistics: readonly Statistic[];
}

/** A tensor that training changes. */
export type Learned = Pick<Parameter, 'name' | 'shape'>;

/** Everything that training changes: what a program of the network is given, and what an export holds. */
export const learned = ({ parameters, statistics }: Network): readonly Learned[] => [
  ...parameters,
  ...statistics,
];
