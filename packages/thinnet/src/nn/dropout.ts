/** @file Dropout: the layer that multiplies a noise input in. */
import { ThinnetError } from '../error.js';
import { showShape } from '../graph/shape.js';
import { checkRate } from '../noise/rate.js';
import type { NoiseKind } from '../noise/site.js';
import type { Shape } from '../onnx/model.js';
import type { Layer, LayerOptions } from './scope.js';

export interface DropoutOptions extends LayerOptions {
  /**
   * One entry for each axis of the activation: `null`, or the axis's own length (`'N'` for the batch), for noise of its
   * own along the axis; 1 for one value shared by the whole axis. [null, 1, null] on [N, T, F] drops a feature at all
   * times at once. Default: noise of its own for every element.
   */
  readonly noiseShape?: readonly (number | string | null)[];
}

/**
 * Inverted dropout: y = x ∗ r, r = 0 with probability `rate`, else 1 / (1 − rate); at inference y = x.
 *
 * x [N, ...] → y [N, ...]; a graph input `noise.name` takes r. Rate 0 is the identity and adds nothing to the graph;
 * rate 1 gives zeros. Hinton et al. 2012 (arXiv:1207.0580); Srivastava et al. 2014, JMLR 15, sections 4 and 10.
 * Errors: a rate outside [0, 1]; a noise shape that does not broadcast to x.
 */
export const dropout = (rate: number, options: DropoutOptions = {}): Layer =>
  noiseLayer('dropout', 'dropout', rate, options);

/**
 * Dropout as first published: y = x ∗ r, r = 0 with probability `rate`, else 1; at inference y = (1 − rate) · x.
 *
 * Shapes, edge cases and errors as `dropout`. Srivastava et al. 2014, JMLR 15, section 4 and figure 2.
 */
export const standardDropout = (rate: number, options: DropoutOptions = {}): Layer =>
  noiseLayer('standardDropout', 'standard', rate, options);

function noiseLayer(layer: string, kind: NoiseKind, rate: number, options: DropoutOptions): Layer {
  checkRate(rate, options.name === undefined ? layer : `${layer} "${options.name}"`);
  return (x, scope) => {
    const name = scope.layerName(layer, options);
    const shape = options.noiseShape
      ? noiseShapeOf(`${layer} "${name}"`, options.noiseShape, x.shape)
      : x.shape;
    const noise = scope.noise({ name, kind, rate, shape });
    return noise ? scope.builder.op('Mul', [x, noise], {}, { name }) : x;
  };
}

function noiseShapeOf(
  place: string,
  noiseShape: readonly (number | string | null)[],
  activation: Shape,
): Shape {
  const shown = `noiseShape [${noiseShape.map(String).join(', ')}]`;
  if (noiseShape.length !== activation.length)
    throw new ThinnetError(
      `${place}: ${shown} must have one entry for each axis of ${showShape(activation)}`,
    );
  return activation.map((dim, axis) => {
    const given = noiseShape[axis];
    if (given === null || given === dim) return dim;
    if (given === 1) return 1;
    throw new ThinnetError(
      `${place}: ${shown} does not broadcast to ${showShape(activation)}: axis ${axis} is ${given}; it may be null, 1 or ${dim}`,
    );
  });
}
