/** @file Two recurrent layers over one sequence, in both directions. */
import { ThinnetError } from '../../error.js';
import { sameShape, showShape } from '../../graph/shape.js';
import { int } from '../../onnx/attribute.js';
import { checkLayer, layerKeys } from '../layer-options.js';
import type { Layer, LayerOptions } from '../scope.js';

/** What tells the two layers apart; spread it into their options. */
export interface Direction {
  readonly name: 'forward' | 'backward';
  readonly goBackwards: boolean;
}

/**
 * Two recurrent layers with parameters of their own, one of which reads backwards, side by side:
 *
 *     bidirectional((direction) => lstm(64, { ...direction, returnSequences: true }))
 *
 * x [N, T, F] → [N, T, 2·units], a time step's two states side by side, the forward one first; without
 * `returnSequences` [N, 2·units], each direction's last state (that of the backward layer has read time step 0 last).
 * Layers `name.forward` and `name.backward`. Schuster & Paliwal 1997, "Bidirectional recurrent neural networks".
 * Errors: layers whose outputs differ in shape.
 */
export function bidirectional(layerOf: (direction: Direction) => Layer, options: LayerOptions = {}): Layer {
  checkLayer('bidirectional', options, layerKeys);
  return (x, scope) => {
    const name = options.name;
    const part = scope.part('bidirectional', name === undefined ? {} : { name });
    const forward = layerOf({ name: 'forward', goBackwards: false })(x, part);
    const backward = layerOf({ name: 'backward', goBackwards: true })(x, part);
    if (!sameShape(forward.shape, backward.shape))
      throw new ThinnetError(
        `bidirectional${name === undefined ? '' : ` "${name}"`}: its layers make ${showShape(forward.shape)} and ${showShape(backward.shape)}; the shapes must be equal`,
      );
    return scope.builder.op(
      'Concat',
      [forward, backward],
      { axis: int(forward.shape.length - 1) },
      { name: part.layerName('both', { name: 'both' }) },
    );
  };
}
