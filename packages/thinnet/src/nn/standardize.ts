/** @file The first layer of a network: brings raw features to mean 0 and standard deviation 1. */
import { shown, ThinnetError } from '../error.js';
import { isStatic, showShape, sizeOf } from '../graph/shape.js';
import { checkLayer, layerKeys } from './layer-options.js';
import type { Layer, LayerOptions } from './scope.js';

type Statistic = number | ArrayLike<number>;

/**
 * y = (x − mean) / std, with constants that are not trained: the network takes features as the data has them.
 *
 * x [N, ...shape] → y [N, ...shape]; `mean` and `std` are each one number for all features, or one for every feature
 * of an example in row-major order.
 * Errors: an array of another length; a value that is not finite; std of 0 or below.
 */
export function standardize(mean: Statistic, std: Statistic, options: LayerOptions = {}): Layer {
  checkLayer('standardize', options, layerKeys);
  for (const [what, statistic] of Object.entries({ mean, std }))
    if (typeof statistic !== 'number' && typeof statistic?.length !== 'number')
      throw new ThinnetError(
        `standardize: ${what} is ${shown(statistic)}; it must be a number or a list of numbers: standardize(mean, std)`,
      );
  return (x, scope) => {
    const name = scope.layerName('standardize', options);
    const example = x.shape.slice(1);
    const constantOf = (what: string, statistic: Statistic) => {
      const isScalar = typeof statistic === 'number';
      const data = isScalar ? Float32Array.of(statistic) : Float32Array.from(statistic);
      if (!isScalar && (!isStatic(example) || data.length !== sizeOf(example)))
        throw new ThinnetError(
          `standardize "${name}": ${what} has ${data.length} values for features of shape ${showShape(example)}; give one, or one a feature`,
        );
      for (const [i, value] of data.entries()) check(name, what, isScalar ? '' : ` of feature ${i}`, value);
      return scope.constant(`${name}.${what}`, isScalar ? [] : (example as readonly number[]), data);
    };
    const centred = scope.builder.op('Sub', [x, constantOf('mean', mean)], {}, { name: `${name}.centred` });
    return scope.builder.op('Div', [centred, constantOf('std', std)], {}, { name });
  };
}

function check(name: string, what: string, place: string, value: number): void {
  if (!Number.isFinite(value))
    throw new ThinnetError(`standardize "${name}": ${what}${place} is ${value}; it must be a finite number`);
  if (what === 'std' && value <= 0)
    throw new ThinnetError(
      `standardize "${name}": std${place} is ${value}; it must be above 0 (use 1 for a feature that never varies)`,
    );
}
