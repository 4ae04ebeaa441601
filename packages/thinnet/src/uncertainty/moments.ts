/** @file Mean and variance of draws that come one after another. */

/** Welford 1962, "Note on a method for calculating corrected sums of squares": equal draws give their value and exactly 0. */
export class Moments {
  readonly mean: Float64Array;
  readonly #squares: Float64Array;
  #count = 0;

  constructor(length: number) {
    this.mean = new Float64Array(length);
    this.#squares = new Float64Array(length);
  }

  /** One draw of all numbers. */
  add(draw: ArrayLike<number>): void {
    this.#count++;
    for (let i = 0; i < this.mean.length; i++) {
      const before = (draw[i] as number) - (this.mean[i] as number);
      this.mean[i]! += before / this.#count;
      this.#squares[i]! += before * ((draw[i] as number) - (this.mean[i] as number));
    }
  }

  /** 1/T Σ (x − mean)², of the draws themselves: not an estimate for a larger population. */
  variance(): Float64Array {
    return this.#squares.map((sum) => sum / this.#count);
  }

  /** √ of the variance. */
  std(): Float64Array {
    return this.variance().map(Math.sqrt);
  }
}
