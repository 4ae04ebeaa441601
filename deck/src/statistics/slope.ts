/** @file The least-squares slope of points whose errors have a known size. */

export interface Slope {
  readonly slope: number;
  /** Its standard error. */
  readonly error: number;
}

/** Slope of y against x, where each y has an independent error of standard deviation `std`. */
export function slopeOf(x: readonly number[], y: readonly number[], std: number): Slope {
  const n = x.length;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const [xMean, yMean] = [mean(x), mean(y)];
  let [sxx, sxy] = [0, 0];
  for (let i = 0; i < n; i++) {
    const dx = (x[i] as number) - xMean;
    sxx += dx * dx;
    sxy += dx * ((y[i] as number) - yMean);
  }
  return { slope: sxy / sxx, error: std / Math.sqrt(sxx) };
}
