/** @file Learning-rate schedules as data. Steps count from 0. */
import { shown, ThinnetError } from '../error.js';

/** How the learning rate depends on the step. */
export type Schedule =
  /** lr at every step. */
  | { readonly kind: 'constant'; readonly lr: number }
  /** lr · factor^⌊step / every⌋. */
  | { readonly kind: 'step'; readonly lr: number; readonly every: number; readonly factor: number }
  /** From lr to floor along half a cosine over `steps` steps, then floor (Loshchilov & Hutter 2017, eq. 5 without restarts). */
  | { readonly kind: 'cosine'; readonly lr: number; readonly steps: number; readonly floor: number }
  /** Linearly from 0 (exclusive) to the first rate of `then` over `steps` steps, then `then` from its beginning. */
  | { readonly kind: 'warmUp'; readonly steps: number; readonly then: Schedule };

/** The learning rate at a step. */
export function learningRate(schedule: Schedule, step: number): number {
  switch (schedule.kind) {
    case 'constant':
      return schedule.lr;
    case 'step':
      return schedule.lr * schedule.factor ** Math.floor(step / schedule.every);
    case 'cosine': {
      const done = Math.min(step / schedule.steps, 1);
      return schedule.floor + (schedule.lr - schedule.floor) * 0.5 * (1 + Math.cos(Math.PI * done));
    }
    case 'warmUp':
      if (step >= schedule.steps) return learningRate(schedule.then, step - schedule.steps);
      return (learningRate(schedule.then, 0) * (step + 1)) / schedule.steps;
  }
}

/** lr > 0 at every step. */
export const constant = (lr: number): Schedule => ({ kind: 'constant', lr: positive('lr', lr) });

/** Multiplies lr by `factor` every `every` steps. */
export const stepDecay = (lr: number, every: number, factor = 0.1): Schedule => ({
  kind: 'step',
  lr: positive('lr', lr),
  every: whole('every', every),
  factor: positive('factor', factor),
});

/** Half a cosine from lr to `floor` over `steps` steps. */
export const cosine = (lr: number, steps: number, floor = 0): Schedule => ({
  kind: 'cosine',
  lr: positive('lr', lr),
  steps: whole('steps', steps),
  floor: floor === 0 ? 0 : positive('floor', floor),
});

/** Climbs linearly over `steps` steps to the beginning of `then`. */
export const warmUp = (steps: number, then: Schedule): Schedule => ({
  kind: 'warmUp',
  steps: whole('steps', steps),
  then,
});

function positive(name: string, x: number): number {
  if (!(x > 0 && Number.isFinite(x)))
    throw new ThinnetError(`schedule: ${name} is ${shown(x)}; it must be a positive number`);
  return x;
}

function whole(name: string, x: number): number {
  if (!(Number.isSafeInteger(x) && x >= 1))
    throw new ThinnetError(
      `schedule: ${name} is ${shown(x)}; it must be a whole number of steps, at least 1`,
    );
  return x;
}
