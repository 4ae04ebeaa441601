/** @file The laboratory of a browser: where a card's experiment runs, within a worker. */
import type { Split } from 'thinnet';
import type { WebRuntime } from 'thinnet/web';
import { type Laboratory, type SampleName, theLibrary } from 'thinnet-deck';
import { loadSample } from '../../../data/samples.js';
import { anotherWorker } from './another-worker.js';
import { trainers, trainingsAtOnce } from './trainers.js';

/** How the lab calls the deck's samples. */
const sampleNames = { mnist: 'mnist', 'fashion-mnist': 'fashion' } as const satisfies Record<
  SampleName,
  string
>;

/**
 * Programs on ONNX Runtime in this worker, training in workers beside it, the deck's samples from the page's files, and
 * another worker where one is called for. Experiments share what they remember.
 *
 * @param progress is told how far an experiment is, 0 to 1, and what it is doing
 */
export function webLaboratory(runtime: WebRuntime, progress: Laboratory['progress']): Laboratory {
  const samples = new Map<SampleName, Promise<Split>>();
  return {
    dropout: theLibrary,
    runtime,
    trainer: trainers(),
    atOnce: trainingsAtOnce(),
    sample(name) {
      const known = samples.get(name) ?? loadSample(sampleNames[name]).then(asChannels);
      samples.set(name, known);
      // What failed is asked for again.
      known.catch(() => samples.delete(name));
      return known;
    },
    elsewhere: (model, input) => anotherWorker({ model, ...input, threads: runtime.description.threads }),
    progress,
    memory: new Map(),
  };
}

/** The deck's images have a channel axis. */
const asChannels = ({ train, test }: Split): Split => ({
  train: { ...train, shape: [1, ...train.shape] },
  test: { ...test, shape: [1, ...test.shape] },
});
