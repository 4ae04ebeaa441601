/** @file A run as the page holds it: its worker, its state, and what can be done with it. It outlives the page that started it. */
import { messageOf } from '../components/message.js';
import { heldTable } from '../data/held-table.js';
import { encode } from '../settings/codec.js';
import type { Settings } from '../settings/settings.js';
import { titleOf } from '../settings/title.js';
import { type Connection, connect, WorkerError } from '../worker/connect.js';
import { after, type RunState, withChanges } from './state.js';
import type { TrainingServices } from './worker.js';

export interface StartOptions {
  /** Go on with the run of this id. */
  readonly resume?: string;
  /** Stand still before the first step. */
  readonly paused?: boolean;
  /** The arm that is drawn. */
  readonly drawn: number;
}

const newId = (): string => `${Date.now().toString(36)}-${Math.floor(Math.random() * 2 ** 32).toString(36)}`;

export class Run {
  #state: RunState;
  readonly #worker: Connection<TrainingServices>;
  readonly #abort = new AbortController();
  readonly #listeners = new Set<() => void>();

  constructor(settings: Settings, options: StartOptions) {
    this.#state = {
      id: options.resume ?? newId(),
      settings,
      phase: 'opening',
      isPausing: false,
      arms: [],
      warnings: [],
    };
    this.#worker = connect(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
    void this.#train(options);
  }

  get state(): RunState {
    return this.#state;
  }

  /** Calls `listener` after every change; gives what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #train({ resume, paused = false, drawn }: StartOptions): Promise<void> {
    const { id, settings } = this.#state;
    const { signal } = this.#abort;
    try {
      const table = heldTable(settings.csv?.sha256);
      const argument = {
        ...{ settings, run: id, title: titleOf(settings), query: encode(settings) },
        ...(table ? { table } : {}),
      };
      const opened = await this.#worker.call('open', argument, {
        signal,
        onProgress: (opening) => this.#set({ opening }),
      });
      const arms = opened.arms.map(({ label }) => ({ label, history: [], step: 0 }));
      this.#set({ opened, arms, phase: 'running', isPausing: paused });
      const phase = await this.#worker.call(
        'train',
        { resume: resume !== undefined, paused, drawn },
        { signal, onProgress: (event) => this.#become(after(this.#state, event)) },
      );
      this.#set({ phase, isPausing: false });
    } catch (error) {
      if (error instanceof WorkerError && error.kind === 'aborted') {
        this.#set({ phase: 'stopped', isPausing: false });
        return;
      }
      const isDefect = !(error instanceof WorkerError && error.kind === 'expected');
      this.#set({ phase: 'failed', isPausing: false, error: { words: messageOf(error), isDefect } });
    }
  }

  pause(): void {
    if (this.#state.phase !== 'running') return;
    this.#set({ isPausing: true });
    this.#tell(this.#worker.call('pause', undefined));
  }

  step(): void {
    if (this.#state.phase === 'paused') this.#tell(this.#worker.call('step', undefined));
  }

  go(): void {
    if (this.#state.phase !== 'paused') return;
    this.#set({ phase: 'running', isPausing: false });
    this.#tell(this.#worker.call('go', undefined));
  }

  /** Ends the run; what it has come to is kept. */
  stop(): void {
    this.#abort.abort();
    // Nothing has been trained yet, and compiling hears no messages.
    if (this.#state.phase === 'opening') this.#worker.close();
  }

  draw(arm: number): void {
    if (this.#state.opened) this.#tell(this.#worker.call('draw', arm));
  }

  /** Errors: a rate that the kind does not take. */
  async setRate(arm: number, rate: number): Promise<void> {
    const changes = await this.#worker.call('setRate', { arm, rate });
    this.#become(withChanges(this.#state, changes));
  }

  /** The arm's network for inference as an ONNX file. */
  model(arm: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#worker.call('model', arm);
  }

  /** Ends the worker too. */
  close(): void {
    this.#worker.close();
  }

  /** What fails here also ends the training, which says so. */
  #tell(call: Promise<unknown>): void {
    call.catch(() => undefined);
  }

  #set(change: Partial<RunState>): void {
    this.#become({ ...this.#state, ...change });
  }

  #become(state: RunState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
