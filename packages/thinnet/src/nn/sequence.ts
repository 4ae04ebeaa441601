/** @file What layers of sequences ask of their input. */
import { ThinnetError } from '../error.js';
import { showShape } from '../graph/shape.js';
import type { Value } from '../graph/value.js';

/**
 * T and F of x [N, T, F].
 * Errors: another rank, lengths that are not known, no time step.
 */
export function sequenceOf(place: string, x: Value): { readonly time: number; readonly features: number } {
  const [, time, features] = x.shape;
  if (x.shape.length !== 3 || typeof time !== 'number' || typeof features !== 'number' || time < 1)
    throw new ThinnetError(
      `${place}: its input ${showShape(x.shape)} must be [N, time, features] with at least one time step and known lengths after N`,
    );
  return { time, features };
}

/**
 * T of x [N, T, ...].
 * Errors: a rank below 2, a length that is not known, no time step.
 */
export function timeOf(place: string, x: Value): number {
  const time = x.shape[1];
  if (typeof time !== 'number' || time < 1)
    throw new ThinnetError(
      `${place}: its input ${showShape(x.shape)} must be [N, time, ...] with at least one time step of known number`,
    );
  return time;
}
