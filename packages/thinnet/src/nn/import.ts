/** @file Makes a network of an ONNX model. */
import { ThinnetError } from '../error.js';
import { lowerDropout } from '../graph/passes/lower-dropout.js';
import type { Model } from '../onnx/model.js';
import { checkOptions, type KeysOf } from '../options/check.js';
import { type WarnOptions, warned } from './advice/warn.js';
import { withBatchAxis } from './batch-axis.js';
import { followBatches, statisticsOf } from './follow-batches.js';
import { lowered, lowerSequences } from './lower/lower.js';
import type { Network } from './network.js';
import { checkOpset, checkWritten } from './opset.js';
import { trainableOf } from './trainable.js';

export interface ImportOptions extends WarnOptions {
  /**
   * Names of tensors that stay as they are, out of those that training would change. A BatchNormalization one of whose running
   * statistics is frozen normalises by both.
   */
  readonly freeze?: readonly string[];
}

const keys: KeysOf<ImportOptions> = { freeze: true, warn: true, silence: true };

/**
 * A network from an ONNX model of opset 13 or later, ready to be trained further.
 *
 * - Its Dropout nodes become noise sites, numbered from 0 in the order of the nodes (`lowerDropout`).
 * - The first axis of its one input becomes the batch axis `N`, where it is symbolic or 1 (`withBatchAxis`).
 * - Its float32 weights and biases of rank 1 or more become parameters (`trainableOf`), `freeze` excepted.
 * - The running statistics of BatchNormalization nodes with training_mode 1 become statistics, `freeze` excepted: they follow
 *   the batches of training as those of the layer `batchNorm` do. Nodes without training_mode normalise by theirs, which stay.
 * - Its LSTM, GRU, RNN, RMSNormalization and Swish nodes are written out with operators that have gradients (`lowerSequences`).
 *
 * `warn` hears of dropout that is likely misplaced (`adviseOn`).
 *
 * Errors: a model that one of these steps cannot take; a name in `freeze` of nothing that training would change; `silence`
 * with an unknown name or without `warn`.
 */
export function fromOnnx(model: Model, options: ImportOptions = {}): Network {
  checkOptions('fromOnnx', options, keys);
  checkOpset(model);
  checkWritten(model.graph, lowered);
  const thinned = lowerDropout(withBatchAxis(model.graph));
  const frozen = new Set(options.freeze);
  const { graph, statistics } = followBatches(thinned.graph, frozen);
  const trainable = trainableOf(graph);
  const changing = [...trainable.map(({ name }) => name), ...statisticsOf(thinned.graph)];
  for (const name of frozen)
    if (!changing.includes(name))
      throw new ThinnetError(
        `model "${graph.name}": freeze names "${name}", which training does not change; it changes ${changing.join(', ')}`,
      );
  const parameters = trainable.filter((parameter) => !frozen.has(parameter.name));
  const { sites } = thinned;
  const network = warned({ graph, sites, parameters, penalties: [], statistics }, options);
  const written = lowerSequences(graph);
  checkWritten(written);
  return { ...network, graph: written };
}
