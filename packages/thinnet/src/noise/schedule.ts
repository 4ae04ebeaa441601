/** @file Rates that change over the training steps, as plain data. A rate is data too: a program serves all of them. */
import { ThinnetError } from '../error.js';
import { checkOptions } from '../options/check.js';
import { exponential } from './exponential.js';
import { checkRate } from './rate.js';

/** How a rate depends on the training step, counted from 0. */
export type RateSchedule =
  /** from + (to − from) · step / steps until `steps`, then `to`. */
  | { readonly kind: 'linear'; readonly from: number; readonly to: number; readonly steps: number }
  /** `rate` at steps 0 … until − 1, then 0. Liu et al. 2023, "Dropout reduces underfitting" (arXiv:2303.01500). */
  | { readonly kind: 'early'; readonly rate: number; readonly until: number }
  /** 0 at steps 0 … from − 1, then `rate`. Liu et al. 2023 (arXiv:2303.01500). */
  | { readonly kind: 'late'; readonly rate: number; readonly from: number }
  /**
   * rate · (1 − exp(−γ·step)), γ = 10 / steps: from 0 to within 5e-5 of `rate` at `steps`, and closer after it.
   * Morerio et al. 2017, "Curriculum dropout" (arXiv:1703.06229), whose schedule is of keep.
   */
  | { readonly kind: 'curriculum'; readonly rate: number; readonly steps: number };

/** The probability to drop: the same at all steps, or a schedule. */
export type Rate = number | RateSchedule;

type Schedules = { readonly [K in RateSchedule['kind']]: Schedule<Extract<RateSchedule, { kind: K }>> };

interface Schedule<S> {
  rate(schedule: S, step: number): number;
  /** Its fields that are rates, and those that are numbers of steps. */
  readonly rates: readonly (keyof S & string)[];
  readonly steps: keyof S & string;
}

const schedules: Schedules = {
  linear: {
    // Rounding must neither miss `to` at the end nor pass it before.
    rate: ({ from, to, steps }, step) => {
      if (step >= steps) return to;
      const rate = from + (to - from) * (step / steps);
      return from < to ? Math.min(rate, to) : Math.max(rate, to);
    },
    rates: ['from', 'to'],
    steps: 'steps',
  },
  early: { rate: ({ rate, until }, step) => (step < until ? rate : 0), rates: ['rate'], steps: 'until' },
  late: { rate: ({ rate, from }, step) => (step < from ? 0 : rate), rates: ['rate'], steps: 'from' },
  curriculum: {
    rate: ({ rate, steps }, step) => rate * (1 - exponential((-10 * step) / steps)),
    rates: ['rate'],
    steps: 'steps',
  },
};

/** The table's entry for a schedule, seen without its kind. */
const entryOf = (schedule: RateSchedule): Schedule<RateSchedule> =>
  schedules[schedule.kind] as unknown as Schedule<RateSchedule>;

/** The rate at a step; the same bits on every machine. */
export const rateAt = (rate: Rate, step: number): number =>
  typeof rate === 'number' ? rate : entryOf(rate).rate(rate, step);

/** The highest rate that a schedule can reach. */
export const highestRate = (rate: Rate): number =>
  typeof rate === 'number' ? rate : Math.max(...entryOf(rate).rates.map((field) => fieldOf(rate, field)));

/**
 * Checks a rate or each rate and number of steps of a schedule.
 *
 * @param place what it belongs to, such as `dropout "hidden2"`
 * Errors: a rate outside [0, 1]; steps that are no whole number of at least 1; an unknown kind of schedule.
 */
export function checkRateOrSchedule(rate: Rate, place: string): Rate {
  if (typeof rate !== 'object' || rate === null) return checkRate(rate, place);
  if (!Object.hasOwn(schedules, rate.kind))
    throw new ThinnetError(
      `${place}: its rate is a schedule of unknown kind "${rate.kind}"; known are ${Object.keys(schedules).join(', ')}`,
    );
  const { rates, steps } = entryOf(rate);
  checkOptions(place, rate, Object.fromEntries(['kind', ...rates, steps].map((key) => [key, true])));
  for (const field of rates) checkRate(fieldOf(rate, field), `${place}: ${field} of its ${rate.kind} rate`);
  const count = fieldOf(rate, steps);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new ThinnetError(
      `${place}: ${steps} of its ${rate.kind} rate is ${count}; it must be a whole number of steps, at least 1`,
    );
  return rate;
}

const fieldOf = (schedule: RateSchedule, field: string): number =>
  (schedule as unknown as Readonly<Record<string, number>>)[field] as number;

const checked = (schedule: RateSchedule): RateSchedule =>
  checkRateOrSchedule(schedule, 'rate schedule') as RateSchedule;

/** From one rate to another over `steps` steps, then constant. */
export const linearRate = (from: number, to: number, steps: number): RateSchedule =>
  checked({ kind: 'linear', from, to, steps });

/** Dropout in the first `until` steps only. */
export const earlyRate = (rate: number, until: number): RateSchedule =>
  checked({ kind: 'early', rate, until });

/** Dropout from step `from` on. */
export const lateRate = (rate: number, from: number): RateSchedule => checked({ kind: 'late', rate, from });

/** From 0 towards `rate`, fast at first: practically there after `steps` steps, the length of training in the paper. */
export const curriculumRate = (rate: number, steps: number): RateSchedule =>
  checked({ kind: 'curriculum', rate, steps });

/**
 * Rates that grow linearly with depth: block l of L gets (l / L) · last, so the first almost none and the last `last`.
 * Huang et al. 2016, "Deep networks with stochastic depth" (arXiv:1603.09382), equation 4, in terms of the rate.
 *
 * @param blocks L, at least 1
 * Errors: blocks not a whole number of at least 1; `last` outside [0, 1].
 */
export function linearDepthRates(blocks: number, last: number): readonly number[] {
  if (!Number.isSafeInteger(blocks) || blocks < 1)
    throw new ThinnetError(`linearDepthRates: blocks is ${blocks}; it must be a whole number, at least 1`);
  checkRate(last, 'linearDepthRates');
  return Array.from({ length: blocks }, (_, i) => ((i + 1) / blocks) * last);
}
