/** @file The worker's side: answers calls by its services. */
import { ThinnetError } from 'thinnet';
import { firstLineOf } from '../components/message.js';
import type { ErrorKind, FromWorker, Services, ToWorker } from './protocol.js';

/** What a worker's global scope is to this file. */
interface Scope {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

const transfers = new WeakMap<object, Transferable[]>();

/** Marks a result or a progress report whose buffers are handed over instead of copied. */
export function handOver<T extends object>(value: T, buffers: Transferable[]): T {
  transfers.set(value, buffers);
  return value;
}

const buffersOf = (value: unknown): Transferable[] =>
  typeof value === 'object' && value !== null ? (transfers.get(value) ?? []) : [];

/** Answers calls from now on. Calls run side by side; a service that must not says so itself. */
export function serve(services: Services): void {
  const scope = self as unknown as Scope;
  const running = new Map<number, AbortController>();
  const post = (message: FromWorker, value?: unknown) => scope.postMessage(message, buffersOf(value));
  scope.onmessage = async ({ data }) => {
    const { id } = data;
    if (data.type === 'abort') return running.get(id)?.abort();
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const service = services[data.name];
      if (service === undefined) throw new Error(`the worker has no service "${data.name}"`);
      const result = await service(data.argument, {
        signal: controller.signal,
        report: ((progress: unknown) => post({ type: 'progress', id, progress }, progress)) as never,
      });
      post({ type: 'result', id, result }, result);
    } catch (error) {
      post({ type: 'error', id, message: firstLineOf(error), kind: kindOf(error, controller.signal) });
    } finally {
      running.delete(id);
    }
  };
}

function kindOf(error: unknown, signal: AbortSignal): ErrorKind {
  if (signal.aborted) return 'aborted';
  return error instanceof ThinnetError ? 'expected' : 'defect';
}
