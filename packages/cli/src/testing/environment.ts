/** @file The command's surroundings in tests: output into strings, a fake trainer, small data. */
import type { Split } from 'thinnet';
import type { CompareEnvironment } from '../commands/compare.js';
import { compare } from '../commands/compare.js';
import type { FakeOptions } from './fake-trainer.js';
import { fakeSplit, fakeTrainers } from './fake-trainer.js';
import { requestOf } from './request.js';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings extends FakeOptions {
  readonly split?: Split;
}

/** Runs `thinnet compare` with these words in this process, with the fake trainer. */
export async function compareWith(
  words: readonly string[],
  surroundings: Surroundings = {},
): Promise<Outcome> {
  const [stdout, stderr] = [sink(), sink()];
  const environment: CompareEnvironment = {
    stdout,
    stderr,
    loadData: () => Promise.resolve(surroundings.split ?? fakeSplit()),
    createTrainer: () => Promise.resolve(fakeTrainers(surroundings)),
    trace: false,
  };
  const exitCode = await compare(await requestOf(...words), environment);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

function sink(): NodeJS.WriteStream & { text(): string } {
  const parts: string[] = [];
  const stream = {
    isTTY: false,
    write: (text: string) => parts.push(text) > 0,
    text: () => parts.join(''),
  };
  return stream as unknown as NodeJS.WriteStream & { text(): string };
}
