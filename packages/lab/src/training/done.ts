/** @file How far a run is: as far as the slowest of the arms that can go on. */
import type { Epoch } from 'thinnet';

/** As much of an arm as says so. */
interface Arm {
  readonly history: readonly Epoch[];
  /** Why it could not go on. */
  readonly failed?: string;
}

/** Those that have not failed; all of them where none is left. */
export function goingOf<A extends Pick<Arm, 'failed'>>(arms: readonly A[]): readonly A[] {
  const going = arms.filter(({ failed }) => failed === undefined);
  return going.length > 0 ? going : arms;
}

const least = (numbers: readonly number[]): number => (numbers.length > 0 ? Math.min(...numbers) : 0);

/** Epochs that all arms have done that have not failed. */
export const epochsDone = (arms: readonly Arm[]): number =>
  least(goingOf(arms).map(({ history }) => history.length));

/** Steps that all arms have taken that have not failed. */
export const stepsDone = (arms: readonly (Pick<Arm, 'failed'> & { readonly step: number })[]): number =>
  least(goingOf(arms).map(({ step }) => step));
