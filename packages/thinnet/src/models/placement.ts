/** @file What a model's option says about one place for dropout. */
import type { Layer } from '../nn/scope.js';
import type { Rate } from '../noise/schedule.js';

/**
 * Dropout at a place of a model: a rate, for the kind that is usual there, or a function from the name that its layer
 * takes to any other layer, such as `(name) => dropBlock(0.1, { blockSize: 5, name })`. Left out, nothing stands there.
 */
export type Placement = Rate | ((name: string) => Layer);

/** The layers at a place: none, or one. Errors: those of the layer, for a rate outside [0, 1]. */
export function placed(
  placement: Placement | undefined,
  name: string,
  usual: (rate: Rate, options: { readonly name: string }) => Layer,
): readonly Layer[] {
  if (placement === undefined) return [];
  return [typeof placement === 'function' ? placement(name) : usual(placement, { name })];
}
