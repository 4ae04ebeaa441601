/** @file What the hidden units of a layer are like: how many are at rest, and how far they say the same. */
import { ThinnetError } from '../error.js';
import type { Numbers } from './check.js';

/**
 * The share of activations that are exactly 0, such as those of ReLU units at rest: how sparse a layer is (Srivastava et al. 2014,
 * section 7.2). Take them from the mean program, over many examples.
 *
 * @param activations of a layer, [n, units] or any shape
 * @returns 0 to 1
 *
 * Errors: no activations.
 */
export function inactiveShare(activations: Numbers): number {
  if (activations.length === 0)
    throw new ThinnetError('inactive share: no activations; at least 1 is needed');
  let zeros = 0;
  for (let i = 0; i < activations.length; i++) if (activations[i] === 0) zeros++;
  return zeros / activations.length;
}

export interface UnitCorrelations {
  /** Pearson's r of each two units, [units, units], row-major; 0 in the row and column of a unit that never varies. */
  readonly matrix: Float64Array;
  /** How many units vary at all. */
  readonly varying: number;
  /** The mean of |r| over all pairs of different units that vary, 0 to 1; null where fewer than two do. */
  readonly meanAbsolute: number | null;
}

/**
 * The correlations of a layer's units over examples, r_ij = Σ (a_i − ā_i)(a_j − ā_j) / √(Σ (a_i − ā_i)² · Σ (a_j − ā_j)²), as a measure
 * of co-adaptation, which dropout breaks (Srivastava et al. 2014, section 7.1): units that say the same have |r| near 1. Cogswell et
 * al. 2016, "Reducing overfitting in deep networks by decorrelating representations", look at the covariances. Takes
 * n · units² / 2 multiplications.
 *
 * @param activations [n, units], row-major; take them from the mean program
 * @param units an integer from 1 up
 *
 * Errors: units out of range; activations that aren't rows of so many; fewer than two rows; a value that isn't finite.
 */
export function unitCorrelations(activations: Numbers, units: number): UnitCorrelations {
  if (!Number.isInteger(units) || units < 1)
    throw new ThinnetError(`unit correlations: units is ${units}; it must be an integer from 1 up`);
  const examples = activations.length / units;
  if (!Number.isInteger(examples) || examples < 2)
    throw new ThinnetError(
      `unit correlations: ${activations.length} activations; they must be 2 or more rows of ${units} units`,
    );
  const scores = standardScores(activations, units, examples);
  const matrix = new Float64Array(units * units);
  let sum = 0;
  for (let i = 0; i < units; i++) {
    const a = scores[i];
    if (a === undefined) continue;
    matrix[i * units + i] = 1;
    for (let j = 0; j < i; j++) {
      const b = scores[j];
      if (b === undefined) continue;
      let r = 0;
      for (let n = 0; n < examples; n++) r += (a[n] as number) * (b[n] as number);
      matrix[i * units + j] = r;
      matrix[j * units + i] = r;
      sum += Math.abs(r);
    }
  }
  const varying = scores.filter((unit) => unit !== undefined).length;
  return { matrix, varying, meanAbsolute: varying < 2 ? null : sum / ((varying * (varying - 1)) / 2) };
}

/** Each unit's activations with mean 0 and length 1; undefined for one that never varies. */
function standardScores(
  activations: Numbers,
  units: number,
  examples: number,
): readonly (Float64Array | undefined)[] {
  return Array.from({ length: units }, (_, unit) => {
    const values = Float64Array.from({ length: examples }, (_, n) => activations[n * units + unit] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / examples;
    if (!Number.isFinite(mean))
      throw new ThinnetError(`unit correlations: an activation of unit ${unit} is not finite`);
    // By comparison: the differences to a mean that is rounded are not exactly 0.
    if (values.every((value) => value === values[0])) return undefined;
    const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    return values.map((value) => (value - mean) / length);
  });
}
