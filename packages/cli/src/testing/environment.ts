/** @file The command's surroundings in tests: output into strings, a fake trainer, small data. */
import type { Split } from 'thinnet';
import type { CompareEnvironment } from '../commands/compare.js';
import { compare } from '../commands/compare.js';
import type { FakeOptions } from './fake-trainer.js';
import { fakeSplit, fakeTrainers } from './fake-trainer.js';
import { requestOf } from './request.js';
import { sink } from './sink.js';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings extends FakeOptions {
  readonly split?: Split;
  /** One unless given, so that runs go on one at a time. */
  readonly processors?: number;
}

/** Runs `thinnet compare` with these words in this process, with the fake trainer. */
export async function compareWith(
  words: readonly string[],
  surroundings: Surroundings = {},
): Promise<Outcome> {
  const [stdout, stderr] = [sink(), sink()];
  const environment: CompareEnvironment = {
    stdout: stdout.stream,
    stderr: stderr.stream,
    loadData: () => Promise.resolve(surroundings.split ?? fakeSplit()),
    createTrainer: () => Promise.resolve(fakeTrainers(surroundings)),
    processors: surroundings.processors ?? 1,
    trace: false,
  };
  const exitCode = await compare(await requestOf(...words), environment);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}
