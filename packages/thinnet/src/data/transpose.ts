/** @file Column-major elements (Fortran, MATLAB) put into row-major order. */
import type { NumberArray } from './build.js';

/** Row-major copy of elements whose first axis varies fastest. */
export function toRowMajor<T extends NumberArray>(data: T, shape: readonly number[]): T {
  if (shape.length < 2) return data;
  const result = data.slice() as T;
  // Steps in `data` for each axis: 1 for the first, the product of the axes before for the others.
  const steps: number[] = [];
  let step = 1;
  for (const length of shape) {
    steps.push(step);
    step *= length;
  }
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    result[to] = data[from] as number & bigint;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis] as number;
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      from -= (steps[axis] as number) * (shape[axis] as number);
      index[axis] = 0;
    }
  }
  return result;
}
