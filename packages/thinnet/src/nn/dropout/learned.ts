/** @file What kinds that learn their noise share: the logit that is trained, and the weight of their penalty. */
import { ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import { isStatic, showShape, sizeOf } from '../../graph/shape.js';
import type { Value } from '../../graph/value.js';
import { int } from '../../onnx/attribute.js';
import type { Shape } from '../../onnx/model.js';
import type { KeysOf } from '../../options/check.js';
import { constantInit } from '../init.js';
import type { Scope } from '../scope.js';
import { type NoiseShapeOptions, noiseShapeKeys } from './noise-shape.js';

export interface LearnedNoiseOptions extends NoiseShapeOptions {
  /** Examples of the training set, N: the penalty counts once for all of them, as a prior does. */
  readonly examples: number;
  /**
   * What the penalty is multiplied by (default 1). 1 is right where the loss is a mean negative log-likelihood, such as
   * cross-entropy; for the mean squared error of a Gaussian of precision τ it is 2 / τ.
   */
  readonly penaltyScale?: number;
}

export const learnedNoiseKeys: KeysOf<LearnedNoiseOptions> = {
  ...noiseShapeKeys,
  examples: true,
  penaltyScale: true,
};

/** Errors: examples no positive integer; a penalty scale that is negative or not finite. */
export function checkLearned(place: string, { examples, penaltyScale = 1 }: LearnedNoiseOptions): void {
  if (!Number.isSafeInteger(examples) || examples < 1)
    throw new ThinnetError(
      `${place}: examples is ${examples}; it must be the number of training examples, a positive integer`,
    );
  if (!(penaltyScale >= 0 && Number.isFinite(penaltyScale)))
    throw new ThinnetError(`${place}: penaltyScale is ${penaltyScale}; it must be a number of 0 or more`);
}

/** The number of noise values of one example. Errors: a length that is not known. */
export function unitsOf(place: string, noiseShape: Shape): number {
  const example = noiseShape.slice(1);
  if (!isStatic(example))
    throw new ThinnetError(
      `${place}: the lengths of all axes of ${showShape(noiseShape)} after the first must be known, to weigh its penalty`,
    );
  return sizeOf(example);
}

/** A trained logit: its sigmoid begins as `start`, strictly between 0 and 1. It is neither decayed nor norm-bounded. */
export const trainedLogit = (scope: Scope, layer: string, start: number, shape: readonly number[]): Value =>
  scope.parameter({
    name: `${layer}.logit`,
    shape,
    role: 'bias',
    incomingAxes: [],
    init: constantInit(Math.log(start / (1 - start))),
    fans: { fanIn: 1, fanOut: 1 },
  });

/** Σ over all elements, a scalar. */
export const total = (b: GraphBuilder, x: Value): Value => b.op('ReduceSum', [x], { keepdims: int(0) });
