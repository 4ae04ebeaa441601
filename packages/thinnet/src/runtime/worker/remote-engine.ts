/** @file The other side: an engine whose calls are messages to a worker. */
import { ThinnetError } from '../../error.js';
import type { Engine } from '../../train/engine.js';
import type { TrainingPlan } from '../../train/plan.js';
import type { TrainingData } from '../../train/trainer-types.js';
import type { CallName, Calls, Request, Response } from './protocol.js';

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Calls to a worker, and the promises that wait for their answers. */
export class RemoteCalls {
  readonly #post: (request: Request) => void;
  readonly #pending = new Map<number, Pending>();
  #next = 0;
  #gone: Error | undefined;

  constructor(post: (request: Request) => void) {
    this.#post = post;
  }

  /** A message of the worker. */
  receive(response: Response): void {
    const call = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    if ('error' in response) call?.reject(errorOf(response));
    else call?.resolve(response.result);
  }

  /** The worker will not answer any more: all that wait fail, and all that come. The first error counts. */
  fail(error: Error): void {
    this.#gone ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#gone);
    this.#pending.clear();
  }

  get gone(): Error | undefined {
    return this.#gone;
  }

  call<K extends CallName>(call: K, ...values: Parameters<Calls[K]>): ReturnType<Calls[K]> {
    const promise = new Promise((resolve, reject) => {
      if (this.#gone) return reject(this.#gone);
      const id = this.#next++;
      this.#pending.set(id, { resolve, reject });
      try {
        this.#post({ id, call, values });
      } catch (error) {
        this.#pending.delete(id);
        reject(error);
      }
    });
    return promise as ReturnType<Calls[K]>;
  }
}

/** Compiles the plan in the worker; `description` is what the worker says of its runtime. Errors end the worker. */
export async function remoteEngine(
  calls: RemoteCalls,
  end: () => Promise<void> | void,
  plan: TrainingPlan,
  data: TrainingData,
  options?: unknown,
): Promise<{ readonly engine: Engine; readonly description: unknown }> {
  const close = async () => {
    if (!calls.gone) await calls.call('close').catch(() => undefined);
    calls.fail(new Error('the training worker ended: it was closed'));
    await end();
  };
  try {
    const description = await calls.call('open', plan, data, options);
    return { engine: engineOver(calls, close), description };
  } catch (error) {
    await close();
    throw error;
  }
}

const engineOver = (calls: RemoteCalls, close: () => Promise<void>): Engine => ({
  train: (...values) => calls.call('train', ...values),
  predict: (...values) => calls.call('predict', ...values),
  thinned: (...values) => calls.call('thinned', ...values),
  setRate: (...values) => calls.call('setRate', ...values),
  rateChanges: () => calls.call('rateChanges'),
  setRateChanges: (...values) => calls.call('setRateChanges', ...values),
  state: () => calls.call('state'),
  setState: (...values) => calls.call('setState', ...values),
  rollback: () => calls.call('rollback'),
  close,
});

function errorOf({ error, expected, stack }: Extract<Response, { error: string }>): Error {
  if (expected) return new ThinnetError(error);
  const defect = new Error(error);
  if (stack !== undefined) defect.stack = stack;
  return defect;
}
