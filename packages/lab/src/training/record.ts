/** @file The run in the database while it trains; a browser that keeps nothing trains all the same. */
import type { CheckpointStore, Epoch } from 'thinnet';
import { firstLineOf } from '../components/message.js';
import { encode } from '../settings/codec.js';
import { armLabels, type Settings } from '../settings/settings.js';
import { titleOf } from '../settings/title.js';
import type { ArmRecord, RunRecord, RunStatus } from '../store/database.js';
import { checkpointStore, deleteCheckpoints, getRun, saveRun } from '../store/runs.js';
import type { OpenArgument, Opened } from './events.js';

/** The record of a run that begins. */
export function newRecord({ run, title, query, settings }: OpenArgument, opened: Opened): RunRecord {
  const now = Date.now();
  return {
    ...{ id: run, title, query, epochs: settings.epochs, where: opened.where },
    ...{ started: now, updated: now, status: 'running' },
    arms: opened.arms.map(({ label }) => ({ label, history: [] })),
  };
}

export class Keeper {
  #record: RunRecord;
  readonly #warn: (words: string) => void;
  #keeps = true;

  /** @param warn told once, when nothing can be kept */
  constructor(record: RunRecord, warn: (words: string) => void) {
    this.#record = record;
    this.#warn = warn;
  }

  /** Takes up the record of a run that goes on. An arm that failed goes on from its checkpoint, and may fail again. */
  async restore(): Promise<void> {
    const kept = await getRun(this.#record.id).catch(() => undefined);
    if (!kept) return;
    const arms = kept.arms.map(({ failed: _, ...arm }) => arm);
    this.#record = { ...this.#record, started: kept.started, arms };
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
  async changed(settings: Settings): Promise<void> {
    const labels = armLabels(settings);
    await this.#update({
      query: encode(settings),
      title: titleOf(settings),
      arms: this.#record.arms.map((arm, i) => ({ ...arm, label: labels[i] ?? arm.label })),
    });
  }

  epochs(arm: number, history: readonly Epoch[]): Promise<void> {
    return this.#updateArm(arm, { history: [...history] });
  }

  /** The arm cannot go on. */
  failed(arm: number, words: string): Promise<void> {
    return this.#updateArm(arm, { failed: words });
  }

  /** Keeps what the arms have come to; their checkpoints are not needed any more. */
  async end(status: RunStatus, results: readonly Partial<ArmRecord>[]): Promise<void> {
    const arms = this.#record.arms.map((record, i) => ({ ...record, ...results[i] }));
    await this.#update({ status, arms });
    await this.#try(() => deleteCheckpoints(this.#record.id));
  }

  #updateArm(arm: number, change: Partial<ArmRecord>): Promise<void> {
    const arms = this.#record.arms.map((record, i) => (i === arm ? { ...record, ...change } : record));
    return this.#update({ arms });
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
      this.#warn(
        `This browser keeps nothing (${firstLineOf(error)}): the run goes on, but a reload would lose it.`,
      );
    }
  }
}
