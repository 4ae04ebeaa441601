/** @file What recurrent layers take. */
import type { Rate } from '../../noise/schedule.js';
import type { KeysOf } from '../../options/check.js';
import type { Init } from '../init.js';
import type { LayerOptions } from '../scope.js';

export interface RecurrentOptions extends LayerOptions {
  /** Give the state after every time step, [N, T, units], instead of the last one, [N, units] (default false). */
  readonly returnSequences?: boolean;
  /**
   * Read from the last time step to the first (default false). The state after reading time step t is at t of the output,
   * and the last state is that of time step 0.
   */
  readonly goBackwards?: boolean;
  /** Add a bias (default true). */
  readonly bias?: boolean;
  /** How the weight of the inputs begins, gate by gate (default `glorotUniform()`). */
  readonly init?: Init;
  /** How the weight of the state begins, gate by gate (default `orthogonal()`). */
  readonly recurrentInit?: Init;
  /** The probability to drop an input feature, at all time steps of a sequence at once, or a schedule of it (default 0). */
  readonly dropout?: Rate;
  /** The probability to drop a unit of the state, at all time steps of a sequence at once, or a schedule of it (default 0). */
  readonly recurrentDropout?: Rate;
}

export const recurrentKeys: KeysOf<RecurrentOptions> = {
  name: true,
  returnSequences: true,
  goBackwards: true,
  bias: true,
  init: true,
  recurrentInit: true,
  dropout: true,
  recurrentDropout: true,
};
