/** @file A run in the worker: opened once, trained side by side, paused, changed, ended. */
import { ThinnetError, type Trainer } from 'thinnet';
import { messageOf } from '../components/message.js';
import { loadData } from '../data/load.js';
import { prepare } from '../experiment/plan.js';
import { openRuntime, whereOf } from '../runtime/open.js';
import type { ArmRun } from './arm-run.js';
import type {
  Changes,
  Ending,
  OpenArgument,
  Opened,
  Opening,
  TrainArgument,
  TrainingEvent,
} from './events.js';
import { whileLocked } from './lock.js';
import { openArms } from './open-arms.js';
import { Keeper, newRecord } from './record.js';
import { Turns } from './turns.js';
import { nextTask } from './yield.js';

/** A run of steps lasts about so many milliseconds: short enough to answer, long enough to waste nothing. */
const turnMilliseconds = 60;
/** Frames are drawn at most so often. */
const frameMilliseconds = 60;

type Emit = (event: TrainingEvent) => void;

export class Session {
  readonly opened: Opened;
  readonly #argument: OpenArgument;
  readonly #arms: readonly ArmRun[];
  readonly #milliseconds: number[];
  /** Steps that each arm has taken. */
  readonly #steps: number[];
  #emit: Emit = () => undefined;
  #turns: Turns | undefined;
  #keeper: Keeper | undefined;
  #drawn = 0;
  #drawnAt = 0;

  private constructor(argument: OpenArgument, arms: readonly ArmRun[], opened: Opened) {
    this.#argument = argument;
    this.#arms = arms;
    this.opened = opened;
    this.#milliseconds = arms.map(() => turnMilliseconds);
    this.#steps = arms.map(() => 0);
  }

  /** Fetches what is needed and compiles all arms. Errors: those of data, settings and runtime. */
  static async open(
    { table, ...argument }: OpenArgument,
    report: (opening: Opening) => void,
    signal: AbortSignal,
  ): Promise<Session> {
    const { settings } = argument;
    const stage = (words: string) => report({ type: 'stage', words });
    const reading = 'Reading the data';
    stage(reading);
    const onShare = (done: number) => report({ type: 'stage', words: reading, done });
    // Data first: what is wrong with them is known before anything large is downloaded.
    const prepared = prepare(
      settings,
      await loadData(settings, { signal, onShare, ...(table ? { table } : {}) }),
    );
    const runtime = await openRuntime(
      settings.backend,
      (download) => report({ type: 'download', download }),
      signal,
    );
    const arms = await openArms({ settings, prepared, runtime, stage, signal });
    const { train, test } = prepared.data;
    const { fellBack } = runtime.description;
    return new Session(argument, arms, {
      where: whereOf(runtime),
      ...(fellBack === undefined ? {} : { fellBack }),
      arms: arms.map(({ opened }) => opened),
      classNames: train.classNames ?? Array.from({ length: train.classes }, (_, i) => String(i)),
      stepsPerEpoch: Math.ceil(train.length / settings.batch),
      trainLength: train.length,
      testLength: test.length,
    });
  }

  /** Trains until all epochs are done, or until it is stopped. An arm that fails leaves the others to go on. */
  train(argument: TrainArgument, emit: Emit, signal: AbortSignal): Promise<Ending> {
    return whileLocked(this.#argument.run, () => this.#train(argument, emit, signal));
  }

  async #train({ resume, paused, drawn }: TrainArgument, emit: Emit, signal: AbortSignal): Promise<Ending> {
    this.#emit = emit;
    this.#drawn = drawn;
    const turns = new Turns(this.#arms.length, {
      paused,
      chunk: (arm) => Math.floor(turnMilliseconds / (this.#milliseconds[arm] as number)),
      onLevel: (step) => {
        void this.#drawNow();
        emit({ type: 'level', step });
      },
    });
    this.#turns = turns;
    const keeper = new Keeper(newRecord(this.#argument, this.opened), (words) =>
      emit({ type: 'warning', words }),
    );
    this.#keeper = keeper;
    if (resume) await keeper.restore();
    await keeper.begin();
    const stop = () => turns.stop(signal.reason);
    signal.addEventListener('abort', stop);
    const trainers = await Promise.all(this.#arms.map((arm) => this.#trainerOf(arm, turns)));
    const fits = trainers.map((trainer, arm) => this.#fit(trainer, arm, { keeper, turns, resume, signal }));
    const failure = (await Promise.allSettled(fits)).find(({ status }) => status === 'rejected');
    signal.removeEventListener('abort', stop);
    if (failure !== undefined && !signal.aborted) throw (failure as PromiseRejectedResult).reason;
    const ending: Ending = signal.aborted ? 'stopped' : 'finished';
    await keeper.end(ending, await Promise.all(this.#arms.map((arm) => arm.result())));
    return ending;
  }

  async #trainerOf(arm: ArmRun, turns: Turns): Promise<Trainer> {
    const { number } = arm;
    const trainer: Trainer = await arm.trainer({
      turns,
      stepsPerEpoch: this.opened.stepsPerEpoch,
      onFirst: () => this.#emit({ type: 'history', arm: number, history: trainer.history }),
      onSteps: async (last, losses, milliseconds) => {
        this.#steps[number] = last + 1;
        this.#milliseconds[number] = milliseconds;
        const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length;
        this.#emit({ type: 'steps', arm: number, step: last + 1, loss, milliseconds });
        if (number === this.#drawn && performance.now() - this.#drawnAt > frameMilliseconds)
          await this.#drawNow();
        // Messages from the page arrive between tasks only.
        await nextTask();
      },
    });
    return trainer;
  }

  async #fit(
    trainer: Trainer,
    number: number,
    { keeper, turns, resume, signal }: { keeper: Keeper; turns: Turns; resume: boolean; signal: AbortSignal },
  ): Promise<void> {
    const { epochs } = this.#argument.settings;
    try {
      const kept = keeper.checkpoints(number);
      const fit = trainer.fit({ epochs, signal, ...(kept ? { resume, checkpoints: kept } : {}) });
      for await (const epoch of fit) {
        // Kept before it is shown: a reload then goes on from what was seen.
        await keeper.epochs(number, trainer.history);
        this.#emit({ type: 'epoch', arm: number, epoch });
      }
      this.#steps[number] = epochs * this.opened.stepsPerEpoch;
      this.#emit({ type: 'history', arm: number, history: trainer.history });
    } catch (error) {
      if (signal.aborted || !(error instanceof ThinnetError)) {
        turns.stop(error);
        throw error;
      }
      const words = messageOf(error);
      this.#emit({ type: 'failed', arm: number, words });
      await keeper.failed(number, words);
    }
    turns.leave(number);
  }

  pause(): void {
    this.#turns?.pause();
  }

  step(): void {
    this.#turns?.step();
  }

  go(): void {
    this.#turns?.go();
  }

  /** Draws this arm from now on. */
  async draw(arm: number): Promise<void> {
    this.#drawn = arm;
    await this.#drawNow();
  }

  /** Sets an arm's rate from its next step on; gives the changes of all arms. */
  async setRate(arm: number, rate: number): Promise<Changes> {
    const run = this.#armOf(arm);
    const turns = this.#turns;
    await (turns ? turns.between(() => run.setRate(rate)) : run.setRate(rate));
    const changes = this.#arms
      .flatMap((other) => other.changes)
      .sort((a, b) => a.step - b.step || a.arm - b.arm);
    await this.#keeper?.changed({ ...this.#argument.settings, changes });
    return changes;
  }

  /** The mean program as it is now. */
  async export(arm: number): Promise<Uint8Array> {
    const run = this.#armOf(arm);
    return this.#turns ? this.#turns.between(() => run.model()) : run.model();
  }

  #armOf(arm: number): ArmRun {
    const run = this.#arms[arm];
    if (run === undefined) throw new Error(`there is no arm ${arm}`);
    return run;
  }

  async #drawNow(): Promise<void> {
    this.#drawnAt = performance.now();
    this.#emit(await this.#armOf(this.#drawn).frame(Math.max(0, (this.#steps[this.#drawn] as number) - 1)));
  }
}
