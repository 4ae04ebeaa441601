/** @file An engine in a worker thread, so that the main thread keeps progress bars and Ctrl-C alive. */
import './telemetry.js';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Engine } from '../../train/engine.js';
import type { TrainingPlan } from '../../train/plan.js';
import type { TrainingData } from '../../train/trainer-types.js';
import { RemoteCalls, remoteEngine } from '../worker/remote-engine.js';

/** Starts a worker and compiles the plan there. Datasets on SharedArrayBuffer are shared, others are copied. */
export async function workerEngine(plan: TrainingPlan, data: TrainingData): Promise<Engine> {
  const file = createRequire(import.meta.url).resolve('thinnet/node/worker');
  const worker = new Worker(pathToFileURL(file));
  const calls = new RemoteCalls((request) => worker.postMessage(request));
  worker.on('message', (response) => calls.receive(response));
  worker.on('error', (error) => calls.fail(error));
  worker.on('exit', (code) => calls.fail(new Error(`the training worker ended with code ${code}`)));
  const end = async () => void (await worker.terminate());
  return (await remoteEngine(calls, end, plan, data)).engine;
}
