/** @file Kinds that draw uniform numbers: their graph decides what is dropped. */
import type { NoiseRule } from './rule.js';

/** u ~ U(0, 1), strictly between. */
export const uniform: NoiseRule<'concrete' | 'standout'> = {
  fill: ({ id }, { seed, step }, out, offset, kernels) =>
    kernels.fillUniform(out, { seed, step, site: id, offset }),
};
