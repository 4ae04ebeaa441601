/** @file Gradients by central differences: what a gradient is, before anything is derived. */

/**
 * For each coordinate i of `at`, (f(at + h·eᵢ) − f(at − h·eᵢ)) / 2h. The error is O(h²) of f's third derivative plus
 * rounding of f divided by h: in double precision h = 1e-5 leaves about 1e-10, in single precision h = 1e-2 about 1e-4.
 * `f` may not keep the array it is given.
 */
export async function centralDifferences(
  f: (at: Float64Array) => number | Promise<number>,
  at: ArrayLike<number>,
  step = 1e-5,
): Promise<Float64Array> {
  const point = Float64Array.from(at);
  const gradient = new Float64Array(point.length);
  for (let i = 0; i < point.length; i++) {
    const center = point[i] as number;
    point[i] = center + step;
    const above = await f(point);
    point[i] = center - step;
    const below = await f(point);
    point[i] = center;
    gradient[i] = (above - below) / (2 * step);
  }
  return gradient;
}
