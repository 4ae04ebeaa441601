/** @file Whose turn it is: arms advance side by side, step by step, and pause together. */

interface Waiting {
  readonly arm: number;
  readonly steps: number;
  readonly resolve: (steps: number) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Hands out turns to arms. An arm that is behind goes first; none goes on while one that is behind has not come up. Paused
 * arms stand at the same step.
 */
export class Turns {
  /** Steps that each arm has taken; −1 until it has come up, infinite once it has left. */
  readonly #steps: number[];
  readonly #onLevel: (step: number) => void;
  readonly #chunk: (arm: number) => number;
  #waiting: Waiting[] = [];
  #turn: { readonly arm: number; readonly steps: number } | undefined;
  #until: number;
  #announced = -1;
  /** What is to be done when the turn under way is over. */
  #afterwards: (() => void)[] = [];
  /** Once all waiting has been ended: why. */
  #stopped: { readonly reason: unknown } | undefined;

  /**
   * @param chunk at most so many steps at a time
   * @param onLevel told once all arms wait at the step where they were to pause
   */
  constructor(
    arms: number,
    options: { paused?: boolean; chunk: (arm: number) => number; onLevel: (step: number) => void },
  ) {
    this.#steps = Array.from({ length: arms }, () => -1);
    this.#until = options.paused ? 0 : Number.POSITIVE_INFINITY;
    this.#chunk = options.chunk;
    this.#onLevel = options.onLevel;
  }

  get isPaused(): boolean {
    return this.#until !== Number.POSITIVE_INFINITY;
  }

  /** Waits for a turn; gives how many steps to take, at most `wanted`. Call `done` afterwards. Errors: the reason of `stop`. */
  take(arm: number, at: number, wanted: number): Promise<number> {
    if (this.#stopped) return Promise.reject(this.#stopped.reason);
    this.#steps[arm] = at;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ arm, steps: wanted, resolve, reject });
      this.#next();
    });
  }

  /** The turn is over, after so many steps. */
  done(arm: number, steps: number): void {
    this.#turn = undefined;
    this.#steps[arm] = (this.#steps[arm] as number) + steps;
    for (const work of this.#afterwards.splice(0)) work();
    this.#next();
  }

  /** The arm has no steps left. */
  leave(arm: number): void {
    this.#steps[arm] = Number.POSITIVE_INFINITY;
    this.#next();
  }

  /** Stops all arms at the step of the one that is ahead. */
  pause(): void {
    if (this.isPaused) return;
    this.#until = this.#ahead();
    this.#announced = -1;
    this.#next();
  }

  /** Lets paused arms take one more step each. */
  step(): void {
    if (!this.isPaused) return;
    this.#until = Math.max(this.#until, this.#ahead()) + 1;
    this.#next();
  }

  go(): void {
    this.#until = Number.POSITIVE_INFINITY;
    this.#next();
  }

  /** Does something while no arm is taking steps: at once, or when the turn under way is over. */
  between<T>(work: () => Promise<T>): Promise<T> {
    if (this.#turn === undefined) return work();
    return new Promise((resolve, reject) => {
      this.#afterwards.push(() => void work().then(resolve, reject));
    });
  }

  /** Ends all waiting; a turn that is asked for afterwards is refused. The first reason counts. */
  stop(reason: unknown): void {
    this.#stopped ??= { reason };
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }

  /** The step of the arm that is ahead; a turn under way counts, as it cannot be taken back. */
  #ahead(): number {
    const after = this.#steps.map((step, arm) => (arm === this.#turn?.arm ? step + this.#turn.steps : step));
    return Math.max(0, ...after.filter(Number.isFinite));
  }

  #next(): void {
    if (this.#stopped || this.#turn || this.#waiting.length === 0) return;
    const behind = Math.min(...this.#steps);
    const next = this.#waiting
      .filter(({ arm }) => this.#steps[arm] === behind)
      .sort((a, b) => a.arm - b.arm)[0];
    if (next === undefined) return;
    const left = this.#until - behind;
    if (left <= 0) {
      const allHere = this.#steps.every((step) => step === Number.POSITIVE_INFINITY || step >= this.#until);
      const waiting = this.#steps.filter(Number.isFinite).length;
      if (allHere && waiting === this.#waiting.length && this.#announced !== this.#until) {
        this.#announced = this.#until;
        this.#onLevel(behind);
      }
      return;
    }
    this.#waiting = this.#waiting.filter((other) => other !== next);
    const steps = Math.min(next.steps, left, Math.max(1, this.#chunk(next.arm)));
    this.#turn = { arm: next.arm, steps };
    next.resolve(steps);
  }
}
