/** @file `thinnet compare`, from the request to the report. */

import { availableParallelism } from 'node:os';
import { isTextDataset, vocabularyToJson } from 'thinnet';
import { examplesOf, type Settings, vocabularyName } from 'thinnet-runs';
import type { Arm } from '../arms/arm.js';
import { warningsOf } from '../compare/advice.js';
import { crewFor, crewInWords } from '../compare/at-once.js';
import { conclude } from '../compare/conclude.js';
import { constantColumns } from '../compare/constant-columns.js';
import { refuseOtherThanImages } from '../compare/images.js';
import type { CreateTrainer } from '../compare/pair.js';
import {
  announcement,
  configOf,
  inputInWords,
  planRun,
  refuseOtherData,
  vocabularyInWords,
} from '../compare/plan.js';
import { refuseUndrawable } from '../compare/prepare.js';
import { pairsIn, runComparison, seedsOf } from '../compare/run.js';
import type { LoadedData } from '../data/index.js';
import { Interruption } from '../exit.js';
import { silenced } from '../inspect/silence.js';
import type { CompareRequest } from '../options/compare-command.js';
import { invocation, quoted } from '../options/invocation.js';
import { firstStepTrace } from '../progress/first-step.js';
import { progressLines } from '../progress/lines.js';
import type { ProgressView } from '../progress/view.js';
import { allOf, noProgress } from '../progress/view.js';
import { RunFolder } from '../run-folder/folder.js';
import { onInterrupt } from './interrupt.js';

/** What the command takes from outside; tests bring their own. */
export interface CompareEnvironment {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly loadData: (settings: Settings) => Promise<LoadedData>;
  readonly createTrainer: () => Promise<CreateTrainer>;
  /** By which it decides how many runs go on at once. */
  readonly processors: number;
  readonly trace: boolean;
}

const realEnvironment: CompareEnvironment = {
  stdout: process.stdout,
  stderr: process.stderr,
  async loadData({ data, label, test, ignore, text, words, length }) {
    const { loadData } = await import('../data/index.js');
    return loadData(data, {
      ...(label === null ? {} : { label }),
      ...(test === null ? {} : { test }),
      ...(ignore === null ? {} : { ignore }),
      ...(text === null ? {} : { text, words, ...(length === null ? {} : { length }) }),
    });
  },
  createTrainer: async () => (await import('thinnet/node')).createTrainer,
  processors: availableParallelism(),
  trace: process.env.THINNET_TRACE === '1',
};

/** Runs the comparison; gives the exit status. */
export async function compare(request: CompareRequest, environment = realEnvironment): Promise<number> {
  const interrupt = onInterrupt(environment.stderr);
  try {
    return await compareUntil(interrupt.signal, request, environment);
  } catch (error) {
    if (error instanceof Interruption) return error.exitCode;
    throw error;
  } finally {
    interrupt.stop();
  }
}

async function compareUntil(
  signal: AbortSignal,
  request: CompareRequest,
  environment: CompareEnvironment,
): Promise<number> {
  const say = (line: string) => environment.stderr.write(`${line}\n`);
  const silence = silenced(request.silence);
  const run = await planRun(request);
  const { path, settings, given, arms, before } = run;
  const [split, createTrainer] = await Promise.all([
    environment.loadData(settings),
    environment.createTrainer(),
  ]);
  signal.throwIfAborted();
  refuseOtherThanImages(settings.model, split.train);
  refuseUndrawable(split, settings);
  const config = configOf(run, split);
  if (before) refuseOtherData(before, config, say);
  const { remarks = [] } = split;
  const folder = before ? await RunFolder.resume(path) : await RunFolder.create(path, config);
  let progress = noProgress;
  let hasFailed = false;
  try {
    if (isTextDataset(split.train))
      await folder.write(vocabularyName, vocabularyToJson(split.train.vocabulary));
    const pairs = await pairsIn(folder, settings, arms);
    const crew = crewFor(
      settings,
      given,
      { all: pairs.all.length, left: pairs.all.length - pairs.done.size },
      environment.processors,
    );
    if (!request.quiet) {
      const warnings = [
        ...warningsOf(arms, settings, split.train, silence),
        ...constantColumns(split.train, settings.ignore),
      ];
      const about = [
        announcement(run, split),
        ...remarks,
        ...vocabularyInWords(settings, split.train),
        ...inputInWords(settings.model, arms),
        ...crewInWords(crew),
      ];
      for (const line of [...about, ...warnings]) say(line);
    }
    progress = await viewOf(request, environment, settings, arms, examplesOf(config.data));
    const surroundings = { settings, crew, createTrainer, progress };
    const results = await runComparison({ ...surroundings, arms, split, pairs, signal });
    progress.stop();
    const look = { json: request.json, columns: environment.stdout.columns };
    environment.stdout.write(await conclude(folder, before ?? config, results, look));
    return 0;
  } catch (error) {
    progress.stop();
    hasFailed = !(error instanceof Interruption);
    if (!(error instanceof Interruption)) throw error;
    say(`Stopped; what was computed is kept. To go on: ${invocation()} --resume --out ${quoted(path)}`);
    return error.exitCode;
  } finally {
    // A start that failed would be in the way of the next, and of --resume.
    await (hasFailed && !before ? folder.discard() : folder.close());
  }
}

async function viewOf(
  { quiet }: CompareRequest,
  { stderr, trace }: CompareEnvironment,
  settings: Settings,
  arms: readonly Arm[],
  examples: string,
): Promise<ProgressView> {
  const { epochs } = settings;
  const extent = { arms: arms.map(({ label }) => label), seeds: seedsOf(settings), epochs, examples };
  const write = (line: string) => stderr.write(`${line}\n`);
  const views = trace ? [firstStepTrace(write)] : [];
  if (quiet) return allOf(...views);
  if (!stderr.isTTY) return allOf(progressLines(extent, { write }), ...views);
  const { progressBars } = await import('../progress/bars.js');
  return allOf(progressBars(extent, stderr), ...views);
}
