/** @file Concrete dropout: the rate is learned. */
import { ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/value.js';
import { checkRate } from '../../noise/rate.js';
import type { KeysOf } from '../../options/check.js';
import { sequential } from '../compose.js';
import { checkLayer } from '../layer-options.js';
import type { Layer, Scope } from '../scope.js';
import {
  checkLearned,
  type LearnedNoiseOptions,
  learnedNoiseKeys,
  total,
  trainedLogit,
  unitsOf,
} from './learned.js';
import { placeOf } from './multiply.js';
import { noiseShapeOf } from './noise-shape.js';

export interface ConcreteDropoutOptions extends LearnedNoiseOptions {
  /** l, the prior length scale of the weights behind (default 1e-4): the larger, the more weight decay and the lower the rate. */
  readonly lengthScale?: number;
  /** t, above 0 (default 0.1): how far z may be from 0 and 1. */
  readonly temperature?: number;
}

const keys: KeysOf<ConcreteDropoutOptions> = { ...learnedNoiseKeys, lengthScale: true, temperature: true };

/**
 * Dropout whose rate p is learned with the weights, by gradients through a continuous relaxation of the mask:
 *
 *     y = x ∗ (1 − z) / (1 − p),   z = sigmoid((log p − log(1 − p) + log u − log(1 − u)) / t),   u ~ U(0, 1)
 *
 * followed by `layers`, whose weights W it regularises; at inference y = x. It adds to the loss that training follows
 *
 *     (1/N) · (l² / 2 · ‖W‖² / (1 − p) − K · H(p)),   H(p) = −p·log p − (1 − p)·log(1 − p)
 *
 * K being the number of units it drops in an example, N = `examples`. The second term draws p towards ½, the loss and the
 * weights draw it down. (‖W‖² / (1 − p) is the paper's (1 − p)·‖M‖² for weights W = (1 − p)·M, as dropout is inverted here.)
 *
 * x [N, ...] → what `layers` make of it; parameter `name.logit` [1], p = 1 / (1 + exp(−logit)). All of `layers` after the
 * noise share p; usually it is one dense layer. Without layers the first term is missing.
 * Gal, Hron & Kendall 2017, "Concrete dropout" (arXiv:1705.07832), section 3.
 *
 * @param rate where p begins, strictly between 0 and 1
 * Errors: a rate of 0 or 1 or outside; options out of range; a noise shape that does not broadcast to x, or whose size is
 *   not known.
 */
export function concreteDropout(
  rate: number,
  options: ConcreteDropoutOptions,
  ...layers: readonly Layer[]
): Layer {
  checkLayer('concreteDropout', options, keys);
  const { temperature = 0.1, lengthScale = 1e-4 } = options;
  const place = placeOf('concreteDropout', options);
  checkRate(rate, place);
  checkLearned(place, options);
  if (rate === 0 || rate === 1)
    throw new ThinnetError(`${place}: rate is ${rate}; a learned rate must begin strictly between 0 and 1`);
  if (!(temperature > 0 && Number.isFinite(temperature)))
    throw new ThinnetError(`${place}: temperature is ${temperature}; it must be above 0`);
  if (!(lengthScale >= 0 && Number.isFinite(lengthScale)))
    throw new ThinnetError(`${place}: lengthScale is ${lengthScale}; it must be 0 or more`);
  return (x, scope) => {
    const b = scope.builder;
    const name = scope.layerName('concreteDropout', options);
    const shape = noiseShapeOf(`concreteDropout "${name}"`, options, x.shape);
    const units = unitsOf(`concreteDropout "${name}"`, shape);
    const logit = trainedLogit(scope, name, rate, [1]);
    const keep = b.op('Sigmoid', [b.op('Neg', [logit])], {}, { name: `${name}.keep` });
    const write = (u: Value): Value => {
      const odds = b.op('Sub', [b.op('Log', [b.op('Sub', [b.scalar(1), u])]), b.op('Log', [u])]);
      const sharpened = b.op('Mul', [b.op('Sub', [odds, logit]), b.scalar(1 / temperature)]);
      const kept = b.op('Sigmoid', [sharpened], {}, { name: `${name}.kept` });
      return b.op('Mul', [x, b.op('Div', [kept, keep])], {}, { name });
    };
    const thinned = scope.replacedNoise({ name, kind: 'concrete', rate, shape }, x, write) as Value;
    const before = scope.parameters.length;
    const output = sequential(...layers)(thinned, scope);
    const weights = scope.parameters.slice(before).filter(({ role }) => role === 'weight');
    const squares = weights.map((weight) => squaredNorm(b, b.value(weight.name)));
    const terms = squares.map((square) =>
      b.op('Div', [b.op('Mul', [square, b.scalar(lengthScale ** 2 / 2)]), keep]),
    );
    const entropy = b.op('Mul', [entropyOf(b, logit, keep), b.scalar(-units)]);
    penalise(scope, name, b.op('Sum', [entropy, ...terms]), options);
    return output;
  };
}

const squaredNorm = (b: GraphBuilder, weight: Value): Value => total(b, b.op('Mul', [weight, weight]));

/** H(p) by logarithms that do not overflow: −log p = softplus(−logit), −log(1 − p) = softplus(logit). */
function entropyOf(b: GraphBuilder, logit: Value, keep: Value): Value {
  const dropped = b.op('Mul', [b.op('Sigmoid', [logit]), b.op('Softplus', [b.op('Neg', [logit])])]);
  return b.op('Add', [dropped, b.op('Mul', [keep, b.op('Softplus', [logit])])]);
}

function penalise(
  scope: Scope,
  name: string,
  divergence: Value,
  { examples, penaltyScale = 1 }: LearnedNoiseOptions,
): void {
  const b = scope.builder;
  const scale = b.scalar(penaltyScale / examples);
  scope.penalty(b.op('Mul', [total(b, divergence), scale], {}, { name: `${name}.penalty` }));
}
