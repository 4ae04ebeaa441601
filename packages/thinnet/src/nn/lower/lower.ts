/** @file Operators of imported models that have no gradient, or not in what Thinnet writes, as others that have. */
import type { Graph } from '../../onnx/model.js';
import { expandNodes } from './expand.js';
import { recurrentExpansions } from './recurrent.js';
import { RMSNormalization } from './rms-normalization.js';

/** The graph with LSTM, GRU, RNN and RMSNormalization written out; forms of them that are not understood stay. */
export const lowerSequences = (graph: Graph): Graph =>
  expandNodes(graph, { ...recurrentExpansions, RMSNormalization });
