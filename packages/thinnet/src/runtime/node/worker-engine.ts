/** @file An engine in a worker thread, so that the main thread keeps progress bars and Ctrl-C alive. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ThinnetError } from '../../error.js';
import type { Engine } from '../../train/engine.js';
import type { TrainingPlan } from '../../train/plan.js';
import type { TrainingData } from '../../train/trainer-types.js';
import type { CallName, Calls, Response } from './protocol.js';

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Starts a worker and compiles the plan there. Datasets on SharedArrayBuffer are shared, others are copied. */
export async function workerEngine(plan: TrainingPlan, data: TrainingData): Promise<Engine> {
  const file = createRequire(import.meta.url).resolve('thinnet/node/worker');
  const worker = new Worker(pathToFileURL(file));
  const pending = new Map<number, Pending>();
  let next = 0;
  let gone: Error | undefined;

  worker.on('message', (response: Response) => {
    const call = pending.get(response.id);
    pending.delete(response.id);
    if ('error' in response) call?.reject(errorOf(response));
    else call?.resolve(response.result);
  });
  const fail = (error: Error) => {
    gone ??= error;
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`the training worker ended with code ${code}`)));

  const call = <K extends CallName>(name: K, argument: Calls[K]['argument']): Promise<Calls[K]['result']> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone);
      const id = next++;
      pending.set(id, { resolve: resolve as Pending['resolve'], reject });
      worker.postMessage({ id, call: name, argument });
    });

  const close = async () => {
    if (!gone) await call('close', undefined).catch(() => undefined);
    await worker.terminate();
  };
  try {
    await call('open', { plan, data });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    train: (run) => call('train', run),
    predict: (set, examples) => call('predict', examples ? { set, examples } : { set }),
    state: () => call('state', undefined),
    setState: async (state) => {
      await call('setState', state);
    },
    rollback: async () => {
      await call('rollback', undefined);
    },
    close,
  };
}

function errorOf({ error, expected, stack }: Extract<Response, { error: string }>): Error {
  if (expected) return new ThinnetError(error);
  const defect = new Error(error);
  if (stack !== undefined) defect.stack = stack;
  return defect;
}
