/** @file `thinnet compare`, from the request to the report. */
import { join } from 'node:path';
import type { Split } from 'thinnet';
import { ThinnetError } from 'thinnet';
import type { Arm } from '../arms/arm.js';
import { parseArms } from '../arms/arm.js';
import { checkRates } from '../arms/network.js';
import { warningsOf } from '../compare/advice.js';
import { digestOf } from '../compare/digest.js';
import { versions } from '../compare/environment.js';
import { refuseOtherThanImages } from '../compare/images.js';
import type { ArmResults } from '../compare/results.js';
import type { CreateTrainer } from '../compare/run.js';
import { runComparison, seedsOf } from '../compare/run.js';
import { Interruption } from '../exit.js';
import { silenced } from '../inspect/silence.js';
import { commandOf } from '../options/command-line.js';
import type { CompareRequest } from '../options/compare-command.js';
import { refuseUnused } from '../options/refuse.js';
import { resolveSettings } from '../options/resolve.js';
import type { Given, Settings } from '../options/settings.js';
import { firstStepTrace } from '../progress/first-step.js';
import { progressLines } from '../progress/lines.js';
import type { ProgressView } from '../progress/view.js';
import { allOf, noProgress } from '../progress/view.js';
import type { RunConfig } from '../run-folder/config.js';
import { readConfig, refuseDifferences } from '../run-folder/config.js';
import { configName, isFree, RunFolder, reportName } from '../run-folder/folder.js';
import { folderName, freeFolder, latestFolder } from '../run-folder/name.js';
import { sentences } from '../summary/sentence.js';
import { summarise } from '../summary/summarise.js';
import { UsageError } from '../usage-error.js';
import { onInterrupt } from './interrupt.js';

/** What the command takes from outside; tests bring their own. */
export interface CompareEnvironment {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly loadData: (settings: Settings) => Promise<Split>;
  readonly createTrainer: () => Promise<CreateTrainer>;
  readonly trace: boolean;
}

const realEnvironment: CompareEnvironment = {
  stdout: process.stdout,
  stderr: process.stderr,
  async loadData({ data, label, test }) {
    const { loadData } = await import('../data/index.js');
    return loadData(data, { ...(label === null ? {} : { label }), ...(test === null ? {} : { test }) });
  },
  createTrainer: async () => (await import('thinnet/node')).createTrainer,
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
  const { path, settings, given, arms, before } = await planRun(request);
  const [split, createTrainer] = await Promise.all([
    environment.loadData(settings),
    environment.createTrainer(),
  ]);
  signal.throwIfAborted();
  refuseOtherThanImages(settings.model, split.train);
  const config = describe(settings, given, arms, split);
  if (before) refuseOtherData(before, config, say);
  const folder = before ? await RunFolder.resume(path) : await RunFolder.create(path, config);
  let progress = noProgress;
  try {
    if (!request.quiet)
      for (const line of [
        announcement(settings, split, path),
        ...warningsOf(arms, settings, split.train, silence),
      ])
        say(line);
    progress = await viewOf(request, environment, settings, arms);
    const results = await runComparison({ settings, arms, split, folder, createTrainer, progress, signal });
    progress.stop();
    await conclude(folder, before ?? config, results, request, environment);
    return 0;
  } catch (error) {
    progress.stop();
    if (!(error instanceof Interruption)) throw error;
    say(`Stopped; what was computed is kept. To go on: ${invocation()} --resume --out ${path}`);
    return error.exitCode;
  } finally {
    await folder.close();
  }
}

/** How the command was called, so that what is printed can be typed. */
const invocation = (): string =>
  process.env.npm_lifecycle_event === 'start' ? 'npm start --' : 'thinnet compare';

interface PlannedRun {
  readonly path: string;
  readonly settings: Settings;
  readonly given: Given;
  readonly arms: readonly Arm[];
  /** The configuration of the run that is gone on with. */
  readonly before: RunConfig | undefined;
}

async function planRun({ given, out, resume }: CompareRequest): Promise<PlannedRun> {
  if (resume) {
    const path = out ?? latestFolder(folderName(...namedBy(given)));
    const before = await readConfig(join(path, configName));
    refuseDifferences(given, before, join(path, configName));
    const arms = parseArms(before.settings.arms, before.given, before.settings.epochs);
    return { path, settings: before.settings, given: before.given, arms, before };
  }
  const [settings, arms] = namedBy(given);
  refuseUnused(given, settings, arms);
  checkRates(arms, settings);
  const path = out ?? (await freeFolder(folderName(settings, arms)));
  if (!(await isFree(path))) {
    throw new UsageError(
      `${path} is taken; go on with the run in it by --resume, or choose another folder with --out`,
    );
  }
  return { path, settings, given, arms, before: undefined };
}

function namedBy(given: Given): [Settings, readonly Arm[]] {
  const settings = resolveSettings(given);
  return [settings, parseArms(settings.arms, given, settings.epochs)];
}

function describe(settings: Settings, given: Given, arms: readonly Arm[], split: Split): RunConfig {
  const { length, shape, classes } = split.train;
  return {
    format: 1,
    versions: versions(),
    command: commandOf(settings, given, arms),
    data: {
      name: nameOf(split),
      digest: digestOf(split),
      train: length,
      test: split.test.length,
      shape,
      classes,
    },
    given,
    settings,
    arms: arms.map(({ own: _, ...arm }) => arm),
  };
}

/** What both sets are called: `mnist` of `mnist train`. */
const nameOf = ({ train }: Split): string => train.name.replace(/ train$/, '');

function refuseOtherData(before: RunConfig, now: RunConfig, say: (line: string) => void): void {
  if (before.data.digest !== now.data.digest) {
    throw new ThinnetError(
      `${before.settings.data} has changed since the run began (${before.data.digest.slice(0, 19)}… then, ` +
        `${now.data.digest.slice(0, 19)}… now); start a run in another folder`,
    );
  }
  for (const [name, version] of Object.entries(now.versions)) {
    const then = (before.versions as unknown as Readonly<Record<string, string>>)[name];
    if (then !== version) say(`Note: the run began with ${name} ${then} and goes on with ${version}.`);
  }
}

function announcement({ subset }: Settings, { train, test }: Split, path: string): string {
  const drawn = subset === null || subset === train.length ? '' : `${subset.toLocaleString('en-US')} of `;
  const [n, m] = [train.length, test.length].map((length) => length.toLocaleString('en-US'));
  return `${nameOf({ train, test })}: ${drawn}${n} training examples, ${m} test examples. Run folder: ${path}`;
}

async function viewOf(
  { quiet }: CompareRequest,
  { stderr, trace }: CompareEnvironment,
  settings: Settings,
  arms: readonly Arm[],
): Promise<ProgressView> {
  const extent = { arms: arms.map(({ label }) => label), seeds: seedsOf(settings), epochs: settings.epochs };
  const write = (line: string) => stderr.write(`${line}\n`);
  const views = trace ? [firstStepTrace(write)] : [];
  if (quiet) return allOf(...views);
  if (!stderr.isTTY) return allOf(progressLines(extent, { write }), ...views);
  const { progressBars } = await import('../progress/bars.js');
  return allOf(progressBars(extent, stderr), ...views);
}

async function conclude(
  folder: RunFolder,
  config: RunConfig,
  arms: readonly ArmResults[],
  { json }: CompareRequest,
  { stdout }: CompareEnvironment,
): Promise<void> {
  const [{ textTable }, { reportOf, reportAssets }] = await Promise.all([
    import('../summary/table.js'),
    import('../report/index.js'),
  ]);
  const summary = summarise(arms);
  const verdict = sentences(summary);
  const examples = config.data.shape.length > 1 ? 'images' : 'examples';
  const kept = {
    sentence: verdict.join(' '),
    ...summary,
    command: config.command,
    versions: config.versions,
    data: config.data,
  };
  const text = `${JSON.stringify(kept, undefined, 2)}\n`;
  await folder.write('summary.json', text);
  const report = join(folder.path, reportName);
  await folder.write(
    reportName,
    reportOf({ config, arms, summary, sentences: verdict, examples }, await reportAssets()),
  );
  if (json) stdout.write(text);
  else stdout.write(`\n${textTable(summary, examples)}\n\n${verdict.join('\n')}\n\nReport: ${report}\n`);
}
