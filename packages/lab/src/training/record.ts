/** @file The run in the database while it trains; a browser that keeps nothing trains all the same. */
import type { CheckpointStore, Epoch } from 'thinnet';
import type { ArmRecord, RunRecord, RunStatus } from '../store/database.js';
import { checkpointStore, deleteCheckpoints, getRun, saveRun } from '../store/runs.js';

type Arms = readonly ArmRecord[];

export class Keeper {
  #record: RunRecord;
  readonly #warn: (words: string) => void;
  #keeps = true;

  /** @param warn told once, when nothing can be kept */
  constructor(record: RunRecord, warn: (words: string) => void) {
    this.#record = record;
    this.#warn = warn;
  }

  /** Takes up the record of a run that goes on. */
  async restore(): Promise<void> {
    const kept = await getRun(this.#record.id).catch(() => undefined);
    if (kept) this.#record = { ...this.#record, started: kept.started, arms: kept.arms };
  }

  /** Where an arm's trainer keeps its checkpoints; nowhere in a page that is not secure, which has no digests to check them by. */
  checkpoints(arm: number): CheckpointStore | undefined {
    if (!isSecureContext) return undefined;
    const store = checkpointStore(this.#record.id, arm);
    return {
      read: () => store.read(),
      write: (bytes) => this.#try(() => store.write(bytes)),
    };
  }

  async begin(): Promise<void> {
    if (!isSecureContext)
      this.#warn(
        'This page came without https: there are no checkpoints and no digest of the masks, and a reload loses the run.',
      );
    await this.#update({ status: 'running' });
  }

  /** The settings have changed: a rate was set. */
  async address(query: string): Promise<void> {
    await this.#update({ query });
  }

  async epochs(arm: number, history: readonly Epoch[]): Promise<void> {
    const arms = this.#record.arms.map((record, i) =>
      i === arm ? { ...record, history: [...history] } : record,
    );
    await this.#update({ arms });
  }

  /** Keeps what the run has come to; its checkpoints are not needed any more. */
  async end(status: RunStatus, arms: Arms): Promise<void> {
    await this.#update({ status, arms });
    await this.#try(() => deleteCheckpoints(this.#record.id));
  }

  async #update(change: Partial<RunRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change, updated: Date.now() };
    const record = this.#record;
    await this.#try(() => saveRun(record));
  }

  async #try(work: () => Promise<void>): Promise<void> {
    if (!this.#keeps) return;
    try {
      await work();
    } catch (error) {
      this.#keeps = false;
      const why = error instanceof Error ? error.message : String(error);
      this.#warn(`This browser keeps nothing (${why}): the run goes on, but a reload would lose it.`);
    }
  }
}
