/** @file Scores of a network's outputs on a set of examples. */
import type { Dataset } from '../data/dataset.js';
import { binaryScore } from '../measure/binary.js';
import { classificationScore, type Score } from '../measure/classification.js';
import { regressionScore } from '../measure/regression.js';
import { gatherLabels } from './batch.js';
import type { Loss } from './loss.js';

type Scorer = (outputs: Float32Array, targets: Int32Array | Float32Array, width: number) => Score;

const scorers: { readonly [K in Loss['kind']]: Scorer } = {
  crossEntropy: classificationScore,
  binaryCrossEntropy: binaryScore,
  meanSquaredError: regressionScore,
};

/**
 * Loss and error of outputs [examples, width] for the examples named, all unless given. The loss is the plain one, without
 * label smoothing. The error is the share misclassified; for mean squared error, its root.
 */
export function scoreOf(loss: Loss, outputs: Float32Array, dataset: Dataset, examples?: Uint32Array): Score {
  const targets = examples ? labelsOf(dataset, examples) : dataset.labels;
  return scorers[loss.kind](outputs, targets, outputs.length / (examples?.length ?? dataset.length));
}

function labelsOf(dataset: Dataset, examples: Uint32Array): Int32Array | Float32Array {
  const { labels, length } = dataset;
  const size = (examples.length * labels.length) / length;
  const chosen = labels instanceof Int32Array ? new Int32Array(size) : new Float32Array(size);
  gatherLabels(dataset, examples, chosen);
  return chosen;
}
