/** @file The laboratory of a browser: where a card's experiment runs, within a worker. */
import type { Split } from 'thinnet';
import type { WebRuntime } from 'thinnet/web';
import { type Laboratory, type SampleName, theLibrary, withChannel } from 'thinnet-deck';
import { loadSample } from '../../../data/samples.js';
import { anotherWorker } from './another-worker.js';
import { trainers, trainingsAtOnce } from './trainers.js';

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
      const known = samples.get(name) ?? loadSample(name).then(withChannel);
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
