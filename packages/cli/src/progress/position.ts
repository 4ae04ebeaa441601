/** @file How much of a comparison is done, and how long the rest will take. */
import type { EpochEvent, Extent, FinishedEvent, StepEvent } from './view.js';

interface ArmPosition {
  /** Epochs done, fractions included. */
  done: number;
  /** Epochs to be done in all. */
  total: number;
  /** Epochs done since the process began, and the seconds they took. */
  timed: number;
  seconds: number;
  /** The seed at work, counted from 1, and its epochs so far. */
  seed: number;
  epochs: number;
}

/** Counts epochs of each arm by the events of a run. `now` is in seconds. */
export class Position {
  readonly #extent: Extent;
  readonly #now: () => number;
  readonly #arms: Map<string, ArmPosition>;
  #since: number;

  constructor(extent: Extent, now: () => number = () => performance.now() / 1000) {
    this.#extent = extent;
    this.#now = now;
    this.#since = now();
    const total = extent.seeds.length * extent.epochs;
    this.#arms = new Map(
      extent.arms.map((arm) => [arm, { done: 0, total, timed: 0, seconds: 0, seed: 0, epochs: 0 }]),
    );
  }

  of(arm: string): Readonly<ArmPosition> {
    return this.#get(arm);
  }

  step({ arm, seed, step }: StepEvent): void {
    const withinEpoch = step.step - (step.epoch - 1) * step.stepsPerEpoch;
    this.#advance(arm, seed, step.epoch - 1 + Math.min(1, withinEpoch / step.stepsPerEpoch));
  }

  epoch({ arm, seed, epoch }: EpochEvent): void {
    this.#advance(arm, seed, epoch.epoch);
  }

  finished({ arm, seed, result, isFromBefore }: FinishedEvent): void {
    if (isFromBefore) {
      const position = this.#begin(arm, seed);
      position.epochs = result.epochs.length;
      position.done += result.epochs.length;
      this.#since = this.#now();
    } else this.#advance(arm, seed, result.epochs.length);
    // What early stopping left out need not be done any more.
    this.#get(arm).total -= this.#extent.epochs - result.epochs.length;
  }

  /** Seconds left for everything, or undefined before anything was timed. */
  remaining(): number | undefined {
    const arms = [...this.#arms.values()];
    const timed = arms.reduce((sum, arm) => sum + arm.timed, 0);
    const seconds = arms.reduce((sum, arm) => sum + arm.seconds, 0);
    if (timed === 0) return undefined;
    return arms.reduce((sum, arm) => {
      const perEpoch = arm.timed > 0 ? arm.seconds / arm.timed : seconds / timed;
      return sum + Math.max(0, arm.total - arm.done) * perEpoch;
    }, 0);
  }

  #get(arm: string): ArmPosition {
    const position = this.#arms.get(arm);
    if (position === undefined) throw new Error(`progress of an arm that is not compared: ${arm}`);
    return position;
  }

  #begin(arm: string, seed: number): ArmPosition {
    const position = this.#get(arm);
    const number = this.#extent.seeds.indexOf(seed) + 1;
    if (position.seed !== number) {
      position.seed = number;
      position.epochs = 0;
    }
    return position;
  }

  #advance(arm: string, seed: number, epochs: number): void {
    const position = this.#begin(arm, seed);
    const now = this.#now();
    const isResumed = position.epochs === 0 && epochs > 1;
    const gained = Math.max(0, epochs - position.epochs);
    position.done += gained;
    position.epochs = Math.max(position.epochs, epochs);
    if (!isResumed) {
      position.timed += gained;
      position.seconds += now - this.#since;
    }
    this.#since = now;
  }
}

/** `42 s`, `3 min 20 s`, `1 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const two = (n: number) => String(n).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}
