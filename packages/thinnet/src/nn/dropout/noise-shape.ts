/** @file The option `noiseShape`: along which axes of an activation noise differs. */
import { shown, ThinnetError } from '../../error.js';
import { showShape } from '../../graph/shape.js';
import type { Shape } from '../../onnx/model.js';
import type { KeysOf } from '../../options/check.js';
import type { LayerOptions } from '../scope.js';

export interface NoiseShapeOptions extends LayerOptions {
  /**
   * One entry for each axis of the activation: `null`, or the axis's own length (`'N'` for the batch), for noise of its
   * own along the axis; 1 for one value shared by the whole axis. [null, 1, null] on [N, T, F] drops a feature at all
   * times at once. Default: noise of its own for every element.
   */
  readonly noiseShape?: readonly (number | string | null)[];
}

export const noiseShapeKeys: KeysOf<NoiseShapeOptions> = { name: true, noiseShape: true };

/** The noise's shape. Errors: one that does not broadcast to the activation's. */
export function noiseShapeOf(place: string, { noiseShape }: NoiseShapeOptions, activation: Shape): Shape {
  if (noiseShape === undefined) return activation;
  if (!Array.isArray(noiseShape))
    throw new ThinnetError(
      `${place}: noiseShape is ${shown(noiseShape)}; it must be a list with one entry for each axis of ${showShape(activation)}`,
    );
  const given = `noiseShape [${noiseShape.map(String).join(', ')}]`;
  if (noiseShape.length !== activation.length)
    throw new ThinnetError(
      `${place}: ${given} must have one entry for each axis of ${showShape(activation)}`,
    );
  return activation.map((dim, axis) => {
    const entry = noiseShape[axis];
    if (entry === null || entry === dim) return dim;
    if (entry === 1) return 1;
    throw new ThinnetError(
      `${place}: ${given} does not broadcast to ${showShape(activation)}: axis ${axis} is ${entry}; it may be null, 1 or ${dim}`,
    );
  });
}
