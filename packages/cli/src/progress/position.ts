/** @file How much of a comparison is done, and how long the rest will take. */
import type { BeginEvent, EpochEvent, Extent, FinishedEvent, StepEvent } from './view.js';

interface ArmPosition {
  /** Epochs done, fractions included. */
  done: number;
  /** Epochs to be done in all. */
  total: number;
  /** Epochs done since the process began, and the seconds that its runs took for them. */
  timed: number;
  seconds: number;
  /** The seeds at work in the order in which they began, counted from 1; without any the last. */
  seeds: readonly number[];
  /** Epochs of the first of them. */
  epochs: number;
}

/** A run under way; times in seconds. */
interface Run {
  readonly arm: string;
  /** Counted from 1. */
  readonly seed: number;
  readonly began: number;
  /** Its last event. */
  since: number;
  epochs: number;
}

/** Counts epochs of each arm by the events of the runs, any number of which may go on at once. `now` is in seconds. */
export class Position {
  readonly #extent: Extent;
  readonly #now: () => number;
  readonly #arms: Map<string, ArmPosition>;
  /** In the order in which they began. */
  readonly #atWork: Run[] = [];
  #began: number | undefined;
  /** Seconds of the runs that have ended. */
  #ended = 0;

  constructor(extent: Extent, now: () => number = () => performance.now() / 1000) {
    this.#extent = extent;
    this.#now = now;
    const total = extent.seeds.length * extent.epochs;
    this.#arms = new Map(
      extent.arms.map((arm) => [arm, { done: 0, total, timed: 0, seconds: 0, seeds: [], epochs: 0 }]),
    );
  }

  of(arm: string): Readonly<ArmPosition> {
    return this.#get(arm);
  }

  /** A seed's number, from 1. */
  numberOf(seed: number): number {
    return this.#extent.seeds.indexOf(seed) + 1;
  }

  /** The arm whose run has been at work for longest, if any is. */
  get first(): string | undefined {
    return this.#atWork[0]?.arm;
  }

  begin({ arm, seed }: BeginEvent): void {
    this.#run(arm, seed);
    this.#show(arm);
  }

  step({ arm, seed, step }: StepEvent): void {
    const withinEpoch = step.step - (step.epoch - 1) * step.stepsPerEpoch;
    this.#advance(arm, seed, step.epoch - 1 + Math.min(1, withinEpoch / step.stepsPerEpoch));
  }

  epoch({ arm, seed, epoch }: EpochEvent): void {
    this.#advance(arm, seed, epoch.epoch);
  }

  finished({ arm, seed, result, isFromBefore }: FinishedEvent): void {
    const position = this.#get(arm);
    if (isFromBefore) {
      position.done += result.epochs.length;
      Object.assign(position, { seeds: [this.numberOf(seed)], epochs: result.epochs.length });
    } else {
      this.#advance(arm, seed, result.epochs.length);
      const run = this.#run(arm, seed);
      this.#atWork.splice(this.#atWork.indexOf(run), 1);
      this.#ended += run.since - run.began;
      this.#show(arm);
    }
    // What early stopping left out need not be done any more.
    position.total -= this.#extent.epochs - result.epochs.length;
  }

  /** Seconds left for everything, or undefined before anything was timed. */
  remaining(): number | undefined {
    const arms = [...this.#arms.values()];
    const timed = arms.reduce((sum, arm) => sum + arm.timed, 0);
    const seconds = arms.reduce((sum, arm) => sum + arm.seconds, 0);
    if (timed === 0) return undefined;
    const perEpoch = (arm: ArmPosition) => (arm.timed > 0 ? arm.seconds / arm.timed : seconds / timed);
    const work = arms.reduce((sum, arm) => sum + Math.max(0, arm.total - arm.done) * perEpoch(arm), 0);
    // However many go on at once, none ends before it has done its own.
    const own = this.#atWork.map((run) => (this.#extent.epochs - run.epochs) * perEpoch(this.#get(run.arm)));
    return Math.max(work / this.#atOnce(), ...own);
  }

  /** How many runs went on at once, on average, since the first began. */
  #atOnce(): number {
    const now = this.#now();
    const seconds = this.#atWork.reduce((sum, { began }) => sum + now - began, this.#ended);
    const passed = now - (this.#began ?? now);
    return passed > 0 ? Math.max(1, seconds / passed) : 1;
  }

  #get(arm: string): ArmPosition {
    const position = this.#arms.get(arm);
    if (position === undefined) throw new Error(`progress of an arm that is not compared: ${arm}`);
    return position;
  }

  /** The run under way, which begins with its first event. */
  #run(arm: string, seed: number): Run {
    const number = this.numberOf(seed);
    const known = this.#atWork.find((run) => run.arm === arm && run.seed === number);
    if (known !== undefined) return known;
    const now = this.#now();
    this.#began ??= now;
    const run = { arm, seed: number, began: now, since: now, epochs: 0 };
    this.#atWork.push(run);
    return run;
  }

  #advance(arm: string, seed: number, epochs: number): void {
    const position = this.#get(arm);
    const run = this.#run(arm, seed);
    const now = this.#now();
    const isResumed = run.epochs === 0 && epochs > 1;
    const gained = Math.max(0, epochs - run.epochs);
    position.done += gained;
    if (!isResumed) {
      position.timed += gained;
      position.seconds += now - run.since;
    }
    run.epochs = Math.max(run.epochs, epochs);
    run.since = now;
    this.#show(arm, run);
  }

  /** What there is to see of an arm: its runs at work, or the last that was. */
  #show(arm: string, last?: Run): void {
    const runs = this.#atWork.filter((run) => run.arm === arm);
    const [first = last] = runs;
    if (first === undefined) return;
    const seeds = runs.length === 0 ? [first.seed] : runs.map(({ seed }) => seed);
    Object.assign(this.#get(arm), { seeds, epochs: first.epochs });
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
