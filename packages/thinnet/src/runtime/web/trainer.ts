/** @file A trainer for pages: training in a Web Worker. */
import { ThinnetError } from '../../error.js';
import type { KeysOf } from '../../options/check.js';
import { checkPlan } from '../../train/check.js';
import type { TrainingPlan } from '../../train/plan.js';
import { trainerOver } from '../../train/trainer.js';
import type { Trainer, TrainingData } from '../../train/trainer-types.js';
import { RemoteCalls, remoteEngine } from '../worker/remote-engine.js';
import {
  checkWebOptions,
  type WebRuntimeDescription,
  type WebRuntimeOptions,
  webRuntimeKeys,
} from './ort.js';

export interface WebTrainerOptions extends WebRuntimeOptions {
  /**
   * A worker that runs `thinnet/web/worker`, for set-ups that start workers in a way of their own. It stays the caller's:
   * closing the trainer leaves it running, ready for another trainer, but one at a time.
   */
  readonly worker?: Worker;
}

const keys: KeysOf<WebTrainerOptions> = { ...webRuntimeKeys, worker: true };

/** A trainer, and what executes it. */
export interface WebTrainer extends Trainer {
  readonly runtime: WebRuntimeDescription & { readonly name: string };
}

/**
 * A trainer on ONNX Runtime in a Web Worker of its own. Close it when done, which ends the worker. Threads are those of
 * `options`, or of the plan, or as `webRuntime` chooses.
 *
 * Errors: as `webRuntime`; a worker that cannot be started; a plan that does not fit the data or cannot be trained.
 */
export async function createTrainer(
  plan: TrainingPlan,
  data: TrainingData,
  options: WebTrainerOptions = {},
): Promise<WebTrainer> {
  checkWebOptions('createTrainer', options, keys);
  checkPlan(plan, data);
  const { worker: given, ...runtime } = options;
  const worker = given ?? new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  const calls = new RemoteCalls((request) => worker.postMessage(request));
  const heard = {
    message: (event: MessageEvent) => calls.receive(event.data),
    messageerror: () => calls.fail(new Error('an answer of the training worker could not be read')),
    error: (event: ErrorEvent) => calls.fail(failureOf(event)),
  };
  const listeners = Object.entries(heard) as [string, EventListener][];
  for (const [type, listener] of listeners) worker.addEventListener(type, listener);
  const end = () => {
    for (const [type, listener] of listeners) worker.removeEventListener(type, listener);
    if (given === undefined) worker.terminate();
  };
  const threads = runtime.threads ?? plan.threads;
  const { engine, description } = await remoteEngine(calls, end, plan, data, {
    ...runtime,
    ...(threads === undefined ? {} : { threads }),
    ...(runtime.wasm === undefined ? {} : { wasm: forWorker(runtime.wasm) }),
  });
  const trainer = trainerOver(engine, plan, data);
  return Object.assign(trainer, { runtime: description as WebTrainer['runtime'] });
}

type Wasm = NonNullable<WebRuntimeOptions['wasm']>;

/** Addresses as text, seen from the page: a URL object cannot be sent, and a worker resolves addresses by its own. */
function forWorker(wasm: Wasm): Wasm {
  if (wasm instanceof ArrayBuffer) return wasm;
  if (typeof wasm === 'string' || wasm instanceof URL) return new URL(wasm, location.href).href;
  const sources = Object.entries(wasm).map(([provider, source]) => [provider, forWorker(source)]);
  return Object.fromEntries(sources) as Wasm;
}

/** A script that cannot be loaded comes as an event without a message. */
const failureOf = ({ message, filename }: ErrorEvent): Error =>
  message
    ? new Error(`the training worker failed: ${message} (${filename})`)
    : new ThinnetError(
        'the training worker could not be started: its script cannot be loaded, or the page forbids workers',
      );
