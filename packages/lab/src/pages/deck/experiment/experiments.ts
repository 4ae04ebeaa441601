/** @file The experiments of the visit: one runs at a time, others wait; results are kept in the database. */
import type { CardId } from 'thinnet-deck';
import { messageOf } from '../../../components/message.js';
import { putValue, valuesUnder } from '../../../store/values.js';
import { type Connection, connect } from '../../../worker/connect.js';
import { isResultRecord, type ResultRecord } from './record.js';
import type { DeckServices, ExperimentProgress } from './worker.js';

/** What an experiment is doing, where it is doing anything. */
export type ExperimentState =
  | { readonly state: 'waiting'; readonly for: CardId }
  | { readonly state: 'running'; readonly progress: ExperimentProgress | undefined }
  | { readonly state: 'failed'; readonly message: string };

const prefix = 'deck.result.';

/** Runs experiments in a worker that they share, and tells its listeners whenever anything has changed. */
export class Experiments {
  readonly #states = new Map<CardId, ExperimentState>();
  readonly #records = new Map<CardId, ResultRecord>();
  readonly #listeners = new Set<() => void>();
  #queue: readonly CardId[] = [];
  #worker: Connection<DeckServices> | undefined;
  #problem: string | undefined;
  #loading: Promise<void> | undefined;

  /** Reads the results of earlier visits, once. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    try {
      for (const [id, value] of await valuesUnder(prefix))
        if (isResultRecord(value, id) && !this.#records.has(value.result.card))
          this.#records.set(value.result.card, value);
    } catch (error) {
      this.#problem = `Results cannot be kept: ${messageOf(error)}`;
    }
    this.#tell();
  }

  stateOf(id: CardId): ExperimentState | undefined {
    return this.#states.get(id);
  }

  recordOf(id: CardId): ResultRecord | undefined {
    return this.#records.get(id);
  }

  /** Why results are not kept, where they are not. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Runs a card's experiment, or lets it wait for the one that runs. */
  run(id: CardId): void {
    if (this.#queue.includes(id)) return;
    this.#queue = [...this.#queue, id];
    const [first] = this.#queue;
    if (first === id) void this.#begin(id);
    else this.#set(id, { state: 'waiting', for: first as CardId });
  }

  /** Ends it, at once: a run of ONNX Runtime hears no other message. */
  stop(id: CardId): void {
    const runs = this.#queue[0] === id;
    if (runs) {
      this.#worker?.close();
      this.#worker = undefined;
    }
    this.#end(id, undefined);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #begin(id: CardId): Promise<void> {
    this.#set(id, { state: 'running', progress: undefined });
    this.#worker ??= connect<DeckServices>(
      new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
    );
    const worker = this.#worker;
    // A worker that was ended says so of the experiment that it ran, which is no longer there.
    const isHere = () => worker === this.#worker;
    try {
      const ran = await worker.call('experiment', id, {
        onProgress: (progress) => isHere() && this.#set(id, { state: 'running', progress }),
      });
      if (!isHere()) return;
      await this.#keep({ ...ran, at: Date.now() });
      if (isHere()) this.#end(id, undefined);
    } catch (error) {
      if (!isHere()) return;
      this.#worker.close();
      this.#worker = undefined;
      this.#end(id, { state: 'failed', message: messageOf(error) });
    }
  }

  async #keep(record: ResultRecord): Promise<void> {
    const { card } = record.result;
    this.#records.set(card, record);
    try {
      await putValue(prefix + card, record);
    } catch (error) {
      this.#problem = `The result is not kept for the next visit: ${messageOf(error)}`;
    }
  }

  #end(id: CardId, state: ExperimentState | undefined): void {
    const [before] = this.#queue;
    this.#queue = this.#queue.filter((other) => other !== id);
    if (state === undefined) this.#states.delete(id);
    else this.#states.set(id, state);
    const [first] = this.#queue;
    if (first !== undefined && first !== before) void this.#begin(first);
    for (const waiting of this.#queue.slice(1))
      this.#states.set(waiting, { state: 'waiting', for: first as CardId });
    this.#tell();
  }

  #set(id: CardId, state: ExperimentState): void {
    this.#states.set(id, state);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
