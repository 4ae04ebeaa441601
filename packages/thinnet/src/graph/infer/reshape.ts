/** @file The shape that Reshape gives: 0 copies, −1 takes what is left, symbols cancel. */
import { ThinnetError } from '../../error.js';
import type { Dim, Shape } from '../../onnx/model.js';
import { divideDims, floorDivideDims, productOf } from '../dim.js';
import { showShape } from '../shape.js';

/**
 * [N, 28, 28] to [0, 784] or [-1, 784] is [N, 784]; [N, T, F] to [-1, F] is [N*T, F], and that to [N, T, F] is [N, T, F] again.
 *
 * @throws ThinnetError where the element counts cannot agree
 */
export function reshapeShape(from: Shape, target: readonly Dim[], allowZero = false): Shape {
  const fail = (why: string): never => {
    throw new ThinnetError(`${showShape(from)} does not reshape to ${showShape(target)}: ${why}`);
  };
  const to = target.map((dim, i) =>
    dim === 0 && !allowZero ? (from[i] ?? fail(`0 at axis ${i} copies an axis that is not there`)) : dim,
  );
  const open = to.indexOf(-1);
  if (open !== to.lastIndexOf(-1)) fail('only one axis can be -1');
  if (to.some((dim) => typeof dim === 'number' && dim < -1)) fail('a length is negative');
  if (open < 0) {
    const [a, b] = [productOf(from), productOf(to)];
    if (typeof a === 'number' && typeof b === 'number' && a !== b) fail(`${a} elements against ${b}`);
    return to;
  }
  const [total, others] = [productOf(from), productOf(to.toSpliced(open, 1))];
  if (others === 0) return to.with(open, total === 0 ? 0 : fail('-1 beside a length of 0'));
  if (typeof total === 'number' && typeof others === 'number' && total % others !== 0)
    fail(`${total} elements are no multiple of ${others}`);
  return to.with(open, divideDims(total, others) ?? floorDivideDims(total, others));
}
