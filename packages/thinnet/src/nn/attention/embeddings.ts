/** @file What a transformer adds to a sequence before its blocks: positions, and a token for the class. */
import { int } from '../../onnx/attribute.js';
import type { KeysOf } from '../../options/check.js';
import { type Init, normalInit } from '../init.js';
import { checkLayer } from '../layer-options.js';
import type { Layer, LayerOptions } from '../scope.js';
import { sequenceOf } from '../sequence.js';

export interface LearnedTokenOptions extends LayerOptions {
  /** How it begins (default `normalInit(0.02)`). */
  readonly init?: Init;
}

const keys: KeysOf<LearnedTokenOptions> = { name: true, init: true };

/**
 * Adds a learned vector to each time step: y[n, t, :] = x[n, t, :] + P[t, :].
 *
 * x [N, T, width] → y [N, T, width]; parameter `name.weight` P [T, width], of the role `bias`: it is not decayed.
 * Gehring et al. 2017 (arXiv:1705.03122), section 3.1; Dosovitskiy et al. 2021 (arXiv:2010.11929), section 3.1.
 * Errors: x not [N, T, width] with known lengths after N.
 */
export function positionalEmbedding(options: LearnedTokenOptions = {}): Layer {
  checkLayer('positionalEmbedding', options, keys);
  return (x, scope) => {
    const name = scope.layerName('positionalEmbedding', options);
    const { time, features: width } = sequenceOf(`positionalEmbedding "${name}"`, x);
    const weight = scope.parameter({
      name: `${name}.weight`,
      shape: [time, width],
      role: 'bias',
      incomingAxes: [],
      init: options.init ?? normalInit(0.02),
      fans: { fanIn: 1, fanOut: width },
    });
    return scope.builder.op('Add', [x, weight], {}, { name });
  };
}

/**
 * Puts a learned token before a sequence: after the blocks, `atTime(0)` has gathered what a classifier needs.
 *
 * x [N, T, width] → y [N, 1 + T, width]; parameter `name.weight` [1, width], of the role `bias`: it is not decayed.
 * Devlin et al. 2019 (arXiv:1810.04805), section 3; Dosovitskiy et al. 2021 (arXiv:2010.11929), section 3.1.
 * Errors: x not [N, T, width] with known lengths after N.
 */
export function classToken(options: LearnedTokenOptions = {}): Layer {
  checkLayer('classToken', options, keys);
  return (x, scope) => {
    const name = scope.layerName('classToken', options);
    const { features: width } = sequenceOf(`classToken "${name}"`, x);
    const weight = scope.parameter({
      name: `${name}.weight`,
      shape: [1, width],
      role: 'bias',
      incomingAxes: [],
      init: options.init ?? normalInit(0.02),
      fans: { fanIn: 1, fanOut: width },
    });
    const { builder: b } = scope;
    const batch = b.op('Shape', [x], { start: int(0), end: int(1) }, { name: `${name}.batch` });
    const target = b.op('Concat', [batch, b.int64([1, width])], { axis: int(0) }, { name: `${name}.shape` });
    const tokens = b.op(
      'Expand',
      [weight, target],
      {},
      { name: `${name}.tokens`, shapes: [[x.shape[0] ?? 'N', 1, width]] },
    );
    return b.op('Concat', [tokens, x], { axis: int(1) }, { name });
  };
}
