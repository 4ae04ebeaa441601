/** @file Linear prediction by least squares, judged on examples that it was not fitted to. */

/** Examples of a regression: rows of `width` predictors, and a target each. */
export interface Rows {
  readonly width: number;
  /** [rows, width], row-major. */
  readonly predictors: Float64Array;
  readonly targets: Float64Array;
}

/**
 * The coefficients w of ŷ = w₀ + Σ wᵢ xᵢ that minimise Σ (y − ŷ)² + ridge · v · Σ wᵢ², v being the mean of Σ (xᵢ − x̄ᵢ)² over i: by
 * the normal equations with x and y centred (Hoerl & Kennard 1970). A ridge keeps them solvable where predictors are constant or
 * copies of each other, and keeps those that hardly vary from large coefficients.
 *
 * @param ridge above 0; next to nothing unless given
 * @returns w₀, w₁, …, w of `width`
 */
export function fitLeastSquares({ width, predictors, targets }: Rows, ridge = 1e-9): Float64Array {
  const means = meansOf(predictors, width);
  const [targetMean = 0] = meansOf(targets, 1);
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width);
  const row = new Float64Array(width);
  for (let n = 0; n < targets.length; n++) {
    for (let i = 0; i < width; i++) row[i] = (predictors[n * width + i] as number) - (means[i] as number);
    const y = (targets[n] as number) - targetMean;
    for (let i = 0; i < width; i++) {
      right[i] = (right[i] as number) + (row[i] as number) * y;
      for (let j = 0; j <= i; j++)
        gram[i * width + j] = (gram[i * width + j] as number) + (row[i] as number) * (row[j] as number);
    }
  }
  let trace = 0;
  for (let i = 0; i < width; i++) trace += gram[i * width + i] as number;
  const added = trace > 0 ? (ridge * trace) / width : 1;
  for (let i = 0; i < width; i++) gram[i * width + i] = (gram[i * width + i] as number) + added;
  const slopes = solve(gram, right, width);
  const intercept = slopes.reduce((rest, w, i) => rest - w * (means[i] as number), targetMean);
  return Float64Array.of(intercept, ...slopes);
}

/** What a fit leaves unexplained, Σ (y − ŷ)², of Σ (y − ȳ)². */
export interface Residual {
  readonly left: number;
  readonly total: number;
}

/** Judges a fit on rows that it need not have seen. */
export function residualOf(coefficients: Float64Array, { width, predictors, targets }: Rows): Residual {
  const [mean = 0] = meansOf(targets, 1);
  let [left, total] = [0, 0];
  for (let n = 0; n < targets.length; n++) {
    let prediction = coefficients[0] as number;
    for (let i = 0; i < width; i++)
      prediction += (coefficients[i + 1] as number) * (predictors[n * width + i] as number);
    left += ((targets[n] as number) - prediction) ** 2;
    total += ((targets[n] as number) - mean) ** 2;
  }
  return { left, total };
}

/**
 * The share of the variance that is explained, of all targets together: R² = 1 − Σ left / Σ total. 1 is perfect, 0 no better than
 * each target's mean; it may be negative on rows that the fits have not seen. NaN where nothing varies.
 */
export function explainedShare(residuals: readonly Residual[]): number {
  const sum = (part: keyof Residual) => residuals.reduce((total, residual) => total + residual[part], 0);
  return sum('total') > 0 ? 1 - sum('left') / sum('total') : Number.NaN;
}

function meansOf(values: Float64Array, width: number): Float64Array {
  const means = new Float64Array(width);
  for (let at = 0; at < values.length; at++)
    means[at % width] = (means[at % width] as number) + (values[at] as number);
  return means.map((sum) => (sum * width) / values.length);
}

/** x of A x = b, A symmetric and positive definite with its lower triangle given: Cholesky's A = L Lᵀ, in place. */
function solve(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const at = (i: number, j: number): number => a[i * n + j] as number;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / at(j, j);
    }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - at(i, k) * (x[k] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - at(k, i) * (x[k] as number);
    x[i] = (x[i] as number) / at(i, i);
  }
  return x;
}
