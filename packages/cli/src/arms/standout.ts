/** @file Standout is told by its rate at preactivation 0, like other kinds, though the layer takes β. */
import { ThinnetError } from 'thinnet';

/**
 * β for which a unit of preactivation 0 is dropped with probability `rate`: 1 − sigmoid(β) = rate.
 * Errors: a rate that is not strictly between 0 and 1, where β is infinite.
 */
export function standoutBeta(rate: number): number {
  if (rate > 0 && rate < 1) return Math.log((1 - rate) / rate);
  throw new ThinnetError(
    `standout: rate is ${rate}; it is that of a unit whose preactivation is 0, strictly between 0 and 1`,
  );
}
