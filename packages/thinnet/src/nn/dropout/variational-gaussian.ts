/** @file Variational Gaussian dropout: the variance of the noise is learned. */
import { ThinnetError } from '../../error.js';
import type { GraphBuilder } from '../../graph/builder.js';
import type { Value } from '../../graph/value.js';
import { checkRate } from '../../noise/rate.js';
import type { KeysOf } from '../../options/check.js';
import { checkLayer } from '../layer-options.js';
import type { Layer } from '../scope.js';
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

export interface VariationalGaussianOptions extends LearnedNoiseOptions {
  /** A variance of its own for each unit instead of one for the layer (default false). */
  readonly perUnit?: boolean;
}

const keys: KeysOf<VariationalGaussianOptions> = { ...learnedNoiseKeys, perUnit: true };

/** The paper's coefficients of α, α² and α³, section 3.3. */
const [c1, c2, c3] = [1.16145124, -1.50204118, 0.58629921];

/**
 * Gaussian dropout whose variance α is learned with the weights: y = x ∗ (1 + √α · ε), ε ~ N(0, 1); at inference y = x.
 * It adds to the loss that training follows the divergence of the noise from the scale-invariant log-uniform prior,
 *
 *     −(1/N) · Σ over units of (½·log α + c₁·α + c₂·α² + c₃·α³)      (up to a constant)
 *
 * c₁ = 1.16145124, c₂ = −1.50204118, c₃ = 0.58629921, N = `examples`: more noise costs less, so α grows until the loss
 * objects. The approximation holds for α ≤ 1, to which the paper confines α; here α = 1 / (1 + exp(−logit)) stays below 1.
 *
 * x [N, ...] → y [N, ...]; parameter `name.logit` [1], or one for each unit with `perUnit`. The rate r corresponds to
 * α = r / (1 − r). One ε multiplies a unit's activation for all units that read it: the paper's correlated weight noise,
 * B = (A ∗ ξ)·θ. Kingma, Salimans & Welling 2015, "Variational dropout and the local reparameterization trick"
 * (arXiv:1506.02557), sections 3.2 and 3.3.
 *
 * @param rate where r begins, above 0 and below ½ (α below 1)
 * Errors: another rate; options out of range; a noise shape that does not broadcast to x, or whose size is not known.
 */
export function variationalGaussianDropout(rate: number, options: VariationalGaussianOptions): Layer {
  checkLayer('variationalGaussianDropout', options, keys);
  const { examples, penaltyScale = 1, perUnit = false } = options;
  const place = placeOf('variationalGaussianDropout', options);
  checkRate(rate, place);
  checkLearned(place, options);
  if (rate === 0 || rate >= 0.5)
    throw new ThinnetError(
      `${place}: rate is ${rate}; it must begin above 0 and below 0.5, so that the variance rate / (1 - rate) is below 1`,
    );
  return (x, scope) => {
    const b = scope.builder;
    const name = scope.layerName('variationalGaussianDropout', options);
    const at = `variationalGaussianDropout "${name}"`;
    const shape = noiseShapeOf(at, options, x.shape);
    const units = unitsOf(at, shape);
    const logit = trainedLogit(
      scope,
      name,
      rate / (1 - rate),
      perUnit ? (shape.slice(1) as readonly number[]) : [1],
    );
    const alpha = b.op('Sigmoid', [logit], {}, { name: `${name}.alpha` });
    const write = (epsilon: Value): Value => {
      const deviation = b.op('Mul', [b.op('Sqrt', [alpha]), epsilon]);
      return b.op('Mul', [x, b.op('Add', [deviation, b.scalar(1)])], {}, { name });
    };
    const weight = ((perUnit ? 1 : units) * penaltyScale) / examples;
    scope.penalty(
      b.op(
        'Mul',
        [total(b, negativeDivergence(b, logit, alpha)), b.scalar(-weight)],
        {},
        { name: `${name}.penalty` },
      ),
    );
    return scope.replacedNoise({ name, kind: 'variationalGaussian', rate, shape }, x, write) as Value;
  };
}

/** ½·log α + c₁·α + c₂·α² + c₃·α³ of each α; log α = −softplus(−logit). */
function negativeDivergence(b: GraphBuilder, logit: Value, alpha: Value): Value {
  const log = b.op('Mul', [b.op('Softplus', [b.op('Neg', [logit])]), b.scalar(-0.5)]);
  const cubic = b.op('Mul', [alpha, b.scalar(c3)]);
  const square = b.op('Mul', [alpha, b.op('Add', [cubic, b.scalar(c2)])]);
  return b.op('Add', [log, b.op('Mul', [alpha, b.op('Add', [square, b.scalar(c1)])])]);
}
