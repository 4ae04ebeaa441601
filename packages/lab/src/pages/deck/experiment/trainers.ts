/** @file Trainings side by side, each in a worker of its own with one thread: pages that may not use threads have workers too. */

import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { createTrainer, fetchWasm } from 'thinnet/web';
import type { Laboratory } from 'thinnet-deck';

/** Each takes memory of its own, which a phone has little of. */
const mostAtOnce = 4;

/** How many trainings this device has room for. */
export const trainingsAtOnce = (): number => Math.min(navigator.hardwareConcurrency, mostAtOnce);

/** Makes trainers. A worker that is free again trains the next network: it has ONNX Runtime already. */
export function trainers(): Laboratory['trainer'] {
  const free: Worker[] = [];
  return async (plan, data) => {
    const known = free.pop();
    const worker = known ?? newWorker();
    try {
      const trainer = await createTrainer(plan, data, {
        ...{ worker, provider: 'wasm', threads: 1 },
        ...(known ? {} : { wasm: await fetchWasm(wasmUrl, () => undefined, { bytes: WASM_BYTES.wasm }) }),
      });
      const close = trainer.close.bind(trainer);
      return Object.assign(trainer, {
        async close() {
          await close();
          free.push(worker);
        },
      });
    } catch (error) {
      worker.terminate();
      throw error;
    }
  };
}

const newWorker = () => new Worker(new URL('./trainer-worker.ts', import.meta.url), { type: 'module' });
