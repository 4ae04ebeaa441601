/** @file `thinnet-deck/node`: the laboratory in Node. */
import { availableParallelism } from 'node:os';
import type { Split } from 'thinnet';
import { createTrainer, nodeRuntime } from 'thinnet/node';
import type { DropoutUnderTest, Laboratory, SampleName } from '../laboratory.js';
import { readSample, withChannel } from '../samples.js';
import { theLibrary } from '../subject.js';
import { anotherProcess } from './another-process.js';
import { sampleFile } from './samples.js';

export interface NodeLaboratoryOptions {
  /** The dropout to examine; the library's own unless given. */
  readonly dropout?: DropoutUnderTest;
  /** Called as an experiment advances: its share done, 0 to 1, and what it is doing. */
  readonly onProgress?: (done: number, doing?: string) => void;
  /** Aborts the experiment. */
  readonly signal?: AbortSignal;
  /** Trained networks of another laboratory, to be shared with it; of its own unless given. */
  readonly memory?: Map<string, Promise<unknown>>;
}

/** Each takes memory of its own. */
const mostAtOnce = 4;

/**
 * Where experiments run in Node: programs on ONNX Runtime's CPU provider, training in worker threads that compute with one
 * thread each, as many side by side as there are processors but at most 4, the samples from the package's own files, and
 * another Node process where one is called for.
 */
export function nodeLaboratory(options: NodeLaboratoryOptions = {}): Laboratory {
  const { dropout = theLibrary, onProgress, signal, memory = new Map() } = options;
  const samples = new Map<SampleName, Promise<Split>>();
  return {
    dropout,
    runtime: nodeRuntime,
    trainer: (plan, data) => createTrainer({ ...plan, threads: 1 }, data),
    atOnce: Math.min(availableParallelism(), mostAtOnce),
    sample(name) {
      const known = samples.get(name) ?? readSample(name, sampleFile).then(withChannel);
      samples.set(name, known);
      return known;
    },
    elsewhere: anotherProcess,
    progress: (done, doing) => onProgress?.(done, doing),
    ...(signal ? { signal } : {}),
    memory,
  };
}
