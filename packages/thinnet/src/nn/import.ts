/** @file Makes a network of an ONNX model. */
import { ThinnetError } from '../error.js';
import { lowerDropout } from '../graph/passes/lower-dropout.js';
import type { Model } from '../onnx/model.js';
import { type WarnOptions, warned } from './advice/warn.js';
import { withBatchAxis } from './batch-axis.js';
import { lowerSequences } from './lower/lower.js';
import type { Network } from './network.js';
import { checkOpset } from './opset.js';
import { trainableOf } from './trainable.js';

export interface ImportOptions extends WarnOptions {
  /** Names of tensors that stay as they are, out of those that would be trained. */
  readonly freeze?: readonly string[];
}

/**
 * A network from an ONNX model of opset 13 or later, ready to be trained further.
 *
 * - Its Dropout nodes become noise sites, numbered from 0 in the order of the nodes (`lowerDropout`).
 * - The first axis of its one input becomes the batch axis `N`, where it is symbolic or 1 (`withBatchAxis`).
 * - Its float32 weights and biases of rank 1 or more become parameters (`trainableOf`), `freeze` excepted.
 * - Its LSTM, GRU, RNN and RMSNormalization nodes are written out with operators that have gradients (`lowerSequences`).
 *
 * `warn` hears of dropout that is likely misplaced (`adviseOn`).
 *
 * Errors: a model that one of these steps cannot take; a name in `freeze` that is no parameter; `silence` with an unknown
 * name or without `warn`.
 */
export function fromOnnx(model: Model, options: ImportOptions = {}): Network {
  checkOpset(model);
  const { graph, sites } = lowerDropout(withBatchAxis(model.graph));
  const trainable = trainableOf(graph);
  const frozen = new Set(options.freeze);
  for (const name of frozen)
    if (!trainable.some((parameter) => parameter.name === name))
      throw new ThinnetError(
        `model "${graph.name}": freeze names "${name}", which is no parameter; they are ${trainable.map((p) => p.name).join(', ')}`,
      );
  const parameters = trainable.filter((parameter) => !frozen.has(parameter.name));
  const network = warned({ graph, sites, parameters, penalties: [], statistics: [] }, options);
  return { ...network, graph: lowerSequences(graph) };
}
