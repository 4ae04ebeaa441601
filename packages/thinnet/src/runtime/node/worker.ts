/** @file The training worker: a local engine behind messages. A run blocks its thread, so training has its own. */
import { parentPort } from 'node:worker_threads';
import { ThinnetError } from '../../error.js';
import type { Engine } from '../../train/engine.js';
import { localEngine } from '../../train/local-engine.js';
import { nodeRuntime } from './ort.js';
import type { CallName, Calls, Request, Response } from './protocol.js';

let engine: Engine | undefined;

const opened = (): Engine => {
  if (!engine) throw new Error('the worker was asked to work before it was opened');
  return engine;
};

const handlers: {
  readonly [K in CallName]: (argument: Calls[K]['argument']) => Promise<Calls[K]['result']>;
} = {
  open: async ({ plan, data }) => {
    engine = await localEngine(plan, data, nodeRuntime);
    return undefined;
  },
  train: (run) => opened().train(run),
  predict: ({ set, examples }) => opened().predict(set, examples),
  state: () => opened().state(),
  setState: async (state) => {
    await opened().setState(state);
    return undefined;
  },
  rollback: async () => {
    await opened().rollback();
    return undefined;
  },
  close: async () => {
    await engine?.close();
    return undefined;
  },
};

const port = parentPort;
if (!port) throw new Error('thinnet/node/worker runs as a worker thread only');

let last = Promise.resolve();
port.on('message', ({ id, call, argument }: Request) => {
  const handler = handlers[call] as (argument: unknown) => Promise<unknown>;
  last = last.then(async () => {
    try {
      port.postMessage({ id, result: await handler(argument) } satisfies Response);
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      port.postMessage({
        id,
        error: message,
        expected: error instanceof ThinnetError,
        stack,
      } satisfies Response);
    }
  });
});
