/** @file The page's side: a worker as an object to call. */
import type {
  ArgumentOf,
  ErrorKind,
  FromWorker,
  ProgressOf,
  ResultOf,
  Services,
  ToWorker,
} from './protocol.js';

/** A call that failed in the worker. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly kind: ErrorKind;

  constructor(message: string, kind: ErrorKind) {
    super(message);
    this.kind = kind;
  }
}

export interface CallOptions<Progress> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly transfer?: Transferable[];
}

export interface Connection<S extends Services> {
  /** Calls a service. Errors: a WorkerError; of kind `aborted` after `signal` or `close`. */
  call<K extends keyof S & string>(
    name: K,
    argument: ArgumentOf<S[K]>,
    options?: CallOptions<ProgressOf<S[K]>>,
  ): Promise<ResultOf<S[K]>>;
  /** Ends the worker; calls under way are aborted. */
  close(): void;
}

interface Pending {
  readonly resolve: (result: never) => void;
  readonly reject: (error: WorkerError) => void;
  readonly onProgress: ((progress: never) => void) | undefined;
}

/**
 * Talks to a worker. A page starts its worker itself, so that the build sees its file:
 *
 *     connect<typeof services>(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
 */
export function connect<S extends Services>(worker: Worker): Connection<S> {
  const pending = new Map<number, Pending>();
  let next = 0;
  let gone: WorkerError | undefined;
  const end = (error: WorkerError) => {
    gone ??= error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  const post = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);

  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    const call = pending.get(data.id);
    if (call === undefined) return;
    if (data.type === 'progress') return call.onProgress?.(data.progress as never);
    pending.delete(data.id);
    if (data.type === 'result') call.resolve(data.result as never);
    else call.reject(new WorkerError(data.message, data.kind));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    // Without words it is the worker's code that did not come.
    end(
      event.message
        ? new WorkerError(`the worker failed: ${event.message}`, 'defect')
        : new WorkerError('the worker’s code did not load: check the connection, then try again', 'expected'),
    );
  };

  return {
    call: (name, argument, { signal, onProgress, transfer } = {}) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        if (signal?.aborted) return reject(new WorkerError('stopped', 'aborted'));
        const id = next++;
        pending.set(id, { resolve, reject, onProgress });
        signal?.addEventListener('abort', () => post({ type: 'abort', id }), { once: true });
        post({ type: 'call', id, name, argument }, transfer);
      }),
    close() {
      worker.terminate();
      end(new WorkerError('stopped', 'aborted'));
    },
  };
}
