/** @file Which samples of the noise predictions are made with. */
import { shown, ThinnetError } from '../error.js';
import { checkOptions, type KeysOf } from '../options/check.js';

/** Which passes to take: pass t has the noise of (seed, step = t), as `fillNoise` draws it. */
export interface ThinnedPasses {
  /** 0 to 2^53 − 1. Another seed than that of the training draws noise that training never saw. */
  readonly seed: number;
  /** The first pass's number (default 0). */
  readonly first?: number;
  readonly count: number;
  /**
   * Whether each example has a mask of its own in each pass (`'own'`, the default), or all examples share the pass's one
   * (`'shared'`), so that a pass is one sampled function. The shared mask is the first example's own. Noise without a
   * batch axis, as of batchwise dropout or DropConnect, is shared either way.
   */
  readonly masks?: 'own' | 'shared';
}

const keys: KeysOf<ThinnedPasses> = { seed: true, first: true, count: true, masks: true };

/** Fills in what is not said. Errors: numbers that are not whole or too small; another word for `masks`. */
export function checkPasses(passes: ThinnedPasses): Required<ThinnedPasses> {
  checkOptions('passes', passes, keys);
  const { seed, first = 0, count, masks = 'own' } = passes;
  const whole = (name: string, value: number, least: number): void => {
    if (!Number.isSafeInteger(value) || value < least)
      throw new ThinnetError(
        `passes: ${name} is ${shown(value)}; it must be a whole number, at least ${least}`,
      );
  };
  whole('seed', seed, 0);
  whole('first', first, 0);
  whole('count', count, 1);
  if (masks !== 'own' && masks !== 'shared')
    throw new ThinnetError(`passes: masks is "${masks}"; it must be 'own' or 'shared'`);
  return { seed, first, count, masks };
}
