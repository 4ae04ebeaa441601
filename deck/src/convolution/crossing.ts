/** @file When a falling loss passes a level, and what else was the case then. */

/**
 * The epoch, in fractions, at which a loss noted after epochs 1, 2, … first comes down to `level`: between the two epochs around
 * it the logarithm of the loss is taken to be straight. Undefined where it never does; 1 where it is below from the first on.
 */
export function crossing(level: number, losses: readonly number[]): number | undefined {
  const at = losses.findIndex((loss) => loss <= level);
  if (at < 0) return undefined;
  const [above, below] = [losses[at - 1], losses[at] as number];
  return above === undefined ? 1 : at + Math.log(above / level) / Math.log(above / below);
}

/** A quantity noted after epochs 1, 2, … at a fraction of an epoch: straight in between. */
export function valueAt(epoch: number, values: readonly number[]): number {
  const before = Math.floor(epoch);
  const from = values[before - 1] as number;
  const to = values[before] ?? from;
  return from + (epoch - before) * (to - from);
}
