/** @file What the tests of `thinnet/web` run inside a browser. */
import { type Dataset, localEngine, ThinnetError, type Trainer, type TrainingData } from 'thinnet';
import {
  chooseProvider,
  createTrainer,
  type FetchWasmOptions,
  fetchWasm,
  type WebRuntimeOptions,
  type WebTrainerOptions,
  webRuntime,
} from 'thinnet/web';
import { passes, type WebPlan, webPlans } from './web-plans.js';

export interface TrainOptions extends Omit<WebTrainerOptions, 'worker'> {
  readonly epochs: number;
  /** A script for a worker of the page's own, which lives as long as the page: a test may still talk to it. */
  readonly own?: string;
  /** Where to fetch the WebAssembly for `wasm`. */
  readonly fetched?: string;
  /** Puts the examples into shared memory, which a page has where it is isolated. */
  readonly shared?: boolean;
}

/** Trains in a worker and says everything that is then known. */
async function train(name: WebPlan, { epochs, own, fetched, shared, ...options }: TrainOptions) {
  const { plan, data } = webPlans[name]();
  const worker = own === undefined ? undefined : new Worker(own, { type: 'module' });
  const trainer = await createTrainer(plan, shared ? toShared(data) : data, {
    ...options,
    ...(worker ? { worker } : {}),
    ...(fetched === undefined ? {} : { wasm: await fetchWasm(fetched) }),
  });
  const result = { runtime: trainer.runtime, ...(await resultOf(trainer, epochs)) };
  await trainer.close();
  return result;
}

/** Two trainers, one after the other, in one worker of the page's own: the losses of both. */
async function trainTwice(first: WebPlan, second: WebPlan, own: string) {
  const worker = new Worker(own, { type: 'module' });
  const losses: (readonly number[])[] = [];
  for (const name of [first, second]) {
    const { plan, data } = webPlans[name]();
    const trainer = await createTrainer(plan, data, { worker });
    losses.push((await resultOf(trainer, 1)).losses);
    await trainer.close();
  }
  worker.terminate();
  return losses;
}

async function resultOf(trainer: Trainer, epochs: number) {
  const losses: number[] = [];
  for await (const _ of trainer.fit({ epochs, onProgress: ({ loss }) => losses.push(loss) }));
  return {
    losses,
    outputs: [...(await trainer.predict('test'))],
    passes: [...(await trainer.thinned('test', passes))],
    model: [...(await trainer.export())],
  };
}

const toShared = ({ train, test }: TrainingData): TrainingData => {
  const copy = (set: Dataset): Dataset => {
    const features = new Float32Array(new SharedArrayBuffer(4 * set.features.length));
    features.set(set.features);
    return { ...set, features };
  };
  return { train: copy(train), test: copy(test) };
};

/** Steps in this thread, without a worker. */
async function steps(name: WebPlan, count: number, options: WebRuntimeOptions = {}) {
  const { plan, data } = webPlans[name]();
  const runtime = await webRuntime(options);
  const engine = await localEngine(plan, data, runtime);
  const losses = [...(await engine.train({ epoch: 0, first: 0, count }))];
  await engine.close();
  return { losses, name: runtime.name, ...runtime.description };
}

/** Stops a training after its first steps: what `fit` ends with, and what calls after closing do. */
async function abort(name: WebPlan) {
  const { plan, data } = webPlans[name]();
  const trainer = await createTrainer(plan, data);
  const stop = new AbortController();
  const fit = async () => {
    const onProgress = () => stop.abort(new Error('enough'));
    for await (const _ of trainer.fit({ epochs: 3, signal: stop.signal, onProgress }));
  };
  const aborted = await errorOf(fit);
  await trainer.close();
  return { aborted, closed: await errorOf(() => trainer.predict('test')) };
}

/** Everything that was reported of a download, and its size. */
async function download(url: string, options: FetchWasmOptions = {}) {
  const seen: { received: number; total?: number; cached: boolean }[] = [];
  const bytes = await fetchWasm(url, (progress) => seen.push(progress), options);
  return { size: bytes.byteLength, seen };
}

interface FakeAnswer {
  /** Parts of the body, so many bytes each; the first begins as WebAssembly does. */
  readonly parts: readonly number[];
  readonly headers?: Readonly<Record<string, string>>;
  /** What the connection breaks with after the parts. */
  readonly breaks?: string;
}

/** `download` of an answer that is made up here. */
async function downloadFake({ parts, headers = {}, breaks }: FakeAnswer, options: FetchWasmOptions = {}) {
  const real = globalThis.fetch;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const [i, length] of parts.entries()) {
        const part = new Uint8Array(length);
        if (i === 0) part.set([0, 97, 115, 109]);
        controller.enqueue(part);
      }
    },
    pull(controller) {
      if (breaks === undefined) controller.close();
      else controller.error(new TypeError(breaks));
    },
  });
  globalThis.fetch = async () => new Response(body, { headers });
  try {
    return await download('/fake.wasm', { cache: false, ...options });
  } finally {
    globalThis.fetch = real;
  }
}

/** The error that something ends with. */
async function errorOf(work: () => Promise<unknown>) {
  try {
    await work();
  } catch (error) {
    return { message: (error as Error).message, expected: error instanceof ThinnetError };
  }
  return undefined;
}

const tests = {
  ...{ train, trainTwice, steps, abort, download, downloadFake, errorOf },
  ...{ chooseProvider, createTrainer, fetchWasm, webRuntime, webPlans },
};
export type WebTests = typeof tests;
Object.assign(globalThis, { webTests: tests });
