/** @file The worker's side: a local engine behind messages. A run blocks its thread, so training has its own. */
import { ThinnetError } from '../../error.js';
import type { Engine } from '../../train/engine.js';
import { localEngine } from '../../train/local-engine.js';
import type { Runtime } from '../runtime.js';
import type { Request, Response } from './protocol.js';

/** Posts a message, handing over the buffers named. */
export type Post = (response: Response, transfer: readonly ArrayBuffer[]) => void;

/** A runtime, and what there is to say of it; plain data. */
export interface OpenedRuntime {
  readonly runtime: Runtime;
  readonly description: unknown;
}

/**
 * Answers requests in the order in which they come. After `close` the same worker can be opened again.
 *
 * @param openRuntime gets the options of `open`
 */
export function serve(
  post: Post,
  openRuntime: (options: unknown) => Promise<OpenedRuntime>,
): (request: Request) => void {
  let engine: Engine | undefined;

  const answer = async ({ call, values }: Request): Promise<unknown> => {
    if (call === 'open') {
      const [plan, data, options] = values as Request<'open'>['values'];
      await engine?.close();
      engine = undefined;
      const { runtime, description } = await openRuntime(options);
      engine = await localEngine(plan, data, runtime);
      return description;
    }
    if (!engine) throw new Error(`the worker was asked to "${call}" before it was opened`);
    const open = engine;
    if (call === 'close') engine = undefined;
    return (open[call] as (...values: readonly unknown[]) => Promise<unknown>)(...values);
  };

  let last = Promise.resolve();
  return (request) => {
    last = last.then(async () => {
      const { id } = request;
      try {
        const result = await answer(request);
        post({ id, result }, buffersOf(result));
      } catch (error) {
        const { message, stack } = error instanceof Error ? error : new Error(String(error));
        post({ id, error: message, expected: error instanceof ThinnetError, stack }, []);
      }
    });
  };
}

/** The buffers of a result, which are the caller's from then on: an engine gives fresh arrays. */
function buffersOf(result: unknown): ArrayBuffer[] {
  const values = result instanceof Object && !ArrayBuffer.isView(result) ? Object.values(result) : [result];
  const buffers = values.flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : []));
  return [...new Set(buffers)];
}
