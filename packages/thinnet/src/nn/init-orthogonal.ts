/** @file Orthogonal initial weights, and initial weights of layers with several gates. */
import { ThinnetError } from '../error.js';
import { fillNormal } from '../noise/random.js';
import type { Init } from './init.js';

/**
 * A random orthogonal matrix times `gain`: the rows or the columns, whichever are fewer, are orthonormal, uniformly
 * distributed over all such matrices. Repeated multiplication by it neither blows up nor shrinks a state.
 *
 * The matrix is [fanIn, fanOut] (a dense weight; a recurrent weight has one for each gate), or [filters, fanIn] where units
 * are rows (`Fans`), as the filters of a convolution, in groups or not. Saxe, McClelland & Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning in deep linear
 * neural networks" (arXiv:1312.6120). By Gram–Schmidt of normal numbers, in float64.
 * Errors: a gain that is not finite.
 */
export function orthogonal(gain = 1): Init {
  if (!Number.isFinite(gain))
    throw new ThinnetError(`orthogonal initialiser: gain is ${gain}; it must be a finite number`);
  return (out, { fanIn, fanOut, unit = 'column' }, seed, index) => {
    fillNormal(out, seed, index, 0, 1);
    const [rows, columns] = unit === 'row' ? [out.length / fanIn, fanIn] : [fanIn, fanOut];
    if (!Number.isSafeInteger(out.length / (rows * columns)) || !Number.isSafeInteger(rows))
      throw new ThinnetError(
        `orthogonal initialiser: ${out.length} elements are no matrix with ${fanIn} inputs; use another initialiser, or say in its fans that a unit is a row`,
      );
    for (let start = 0; start < out.length; start += rows * columns)
      orthogonalise(out.subarray(start, start + rows * columns), rows, columns, gain);
  };
}

/** Makes the shorter side's vectors of a row-major matrix orthogonal to one another, each of length `gain`. */
function orthogonalise(matrix: Float32Array, rows: number, columns: number, gain: number): void {
  const wide = rows <= columns;
  const [count, length] = wide ? [rows, columns] : [columns, rows];
  const place = (vector: number, i: number) => (wide ? vector * columns + i : i * columns + vector);
  const vectors = Array.from({ length: count }, (_, vector) =>
    Float64Array.from({ length }, (_, i) => matrix[place(vector, i)] as number),
  );
  for (const [n, v] of vectors.entries()) {
    for (const u of vectors.slice(0, n)) subtract(v, u, dot(u, v));
    const norm = Math.sqrt(dot(v, v));
    for (let i = 0; i < length; i++) v[i] = (v[i] as number) / norm;
    for (let i = 0; i < length; i++) matrix[place(n, i)] = gain * (v[i] as number);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function subtract(v: Float64Array, u: Float64Array, times: number): void {
  for (let i = 0; i < v.length; i++) v[i] = (v[i] as number) - times * (u[i] as number);
}

/**
 * An initialiser of a weight [rows, gates · units] that fills each gate's part [rows, units] by itself, from one stream:
 * `init` sees the parts one after another, and the fans of one of them.
 */
export const perGate =
  (gates: number, init: Init): Init =>
  (out, fans, seed, index) => {
    const parts = new Float32Array(out.length);
    init(parts, fans, seed, index);
    const { fanOut: units } = fans;
    const rows = out.length / (gates * units);
    for (let gate = 0; gate < gates; gate++)
      for (let row = 0; row < rows; row++) {
        const from = (gate * rows + row) * units;
        out.set(parts.subarray(from, from + units), (row * gates + gate) * units);
      }
  };
