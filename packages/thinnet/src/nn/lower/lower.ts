/** @file Operators of imported models that have no gradient, or not in what Thinnet writes, as others that have. */
import type { Graph } from '../../onnx/model.js';
import { expandNodes } from './expand.js';
import { recurrentExpansions } from './recurrent.js';
import { RMSNormalization } from './rms-normalization.js';
import { Swish } from './swish.js';

const expansions = { ...recurrentExpansions, RMSNormalization, Swish };

/** The operators that `lowerSequences` writes out. */
export const lowered: readonly string[] = Object.keys(expansions);

/** The graph with LSTM, GRU, RNN, RMSNormalization and Swish written out; forms of them that are not understood stay. */
export const lowerSequences = (graph: Graph): Graph => expandNodes(graph, expansions);
