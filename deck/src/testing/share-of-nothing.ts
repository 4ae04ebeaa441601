/** @file The R² of a linear fit, judged on new rows, where nothing can be explained. */

/**
 * For independent predictors and targets, n rows to fit to and n others to judge by. Of targets of variance 1 each of the
 * `width` slopes is off by w ~ N(0, 1/n), and so is its covariance e on the new rows: it adds 2 w e − w² to R², of mean
 * −1/n and variance 6/n². The difference d ~ N(0, 2/n) of the two sets' means adds −d², of mean −2/n and variance 8/n².
 */
export const shareOfNothing = (
  n: number,
  width: number,
): { readonly mean: number; readonly error: number } => ({
  mean: -(width + 2) / n,
  error: Math.sqrt(6 * width + 8) / n,
});
