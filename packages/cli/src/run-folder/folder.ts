/** @file The run folder: what lies where, and how it is begun and gone on with. */

import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CheckpointStore, Epoch } from 'thinnet';
import {
  configName,
  metricsLine,
  metricsName,
  type PairResult,
  type RunConfig,
  vocabularyName,
} from 'thinnet-runs';
import type { Arm } from '../arms/arm.js';
import { UsageError } from '../usage-error.js';
import { isFolder, makeFolder, writeAtomically } from './atomic.js';
import { deleteCheckpoint, fileCheckpoints } from './checkpoints.js';
import { readConfig } from './config.js';
import { lockFolder, takeoverName, type Unlock } from './lock.js';
import { MetricsFile } from './metrics.js';
import { lockName } from './names.js';
import { hasCode, readJson } from './read.js';
import { readResult } from './result.js';
import { isTemporaryOf, removeLeftOvers } from './temporary.js';
import { checkpointName, hasWork, removeEmptyFolders, resultName } from './work.js';

/** What a killed start may leave behind; a folder with nothing else is free. */
const isLeftOver = (name: string): boolean =>
  [lockName, takeoverName].includes(name) || [lockName, configName].some((base) => isTemporaryOf(name, base));

/** Whether a run may begin in the folder: it is absent or empty. */
export async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).every(isLeftOver);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    if (hasCode(error, 'ENOTDIR') && (await isThere(folder))) return false;
    throw error;
  }
}

/** Errors: UsageError where no run may begin in the folder. */
export async function refuseTaken(folder: string): Promise<void> {
  if (await isFree(folder)) return;
  const other = 'choose another folder with --out';
  if (await isThere(join(folder, configName)))
    throw new UsageError(`${folder} is taken; go on with the run in it by --resume, or ${other}`);
  const is = (await isFolder(folder)) ? 'holds other files, and no run' : 'is no folder';
  throw new UsageError(`${folder} ${is}; ${other}`);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A run's folder, held by this process until it is closed. */
export class RunFolder {
  readonly path: string;
  readonly config: RunConfig;
  readonly #metrics: MetricsFile;
  readonly #unlock: Unlock;
  /** Whether the folder was made for the run. */
  #isMade = false;

  private constructor(path: string, config: RunConfig, metrics: MetricsFile, unlock: Unlock) {
    this.path = path;
    this.config = config;
    this.#metrics = metrics;
    this.#unlock = unlock;
  }

  /** Begins a run. Error: the folder is taken. */
  static async create(path: string, config: RunConfig): Promise<RunFolder> {
    await refuseTaken(path);
    const isMade = !(await isThere(path));
    await makeFolder(path);
    const folder = await RunFolder.#open(path, async () => {
      // Another process may have been first.
      await refuseTaken(path);
      await writeAtomically(join(path, configName), `${JSON.stringify(config, undefined, 2)}\n`);
      return config;
    });
    folder.#isMade = isMade;
    return folder;
  }

  /** Goes on with the run in the folder. Errors: no run in it, or a damaged config.json. */
  static async resume(path: string): Promise<RunFolder> {
    await readConfig(join(path, configName));
    return RunFolder.#open(path, () => readConfig(join(path, configName)));
  }

  static async #open(path: string, config: () => Promise<RunConfig>): Promise<RunFolder> {
    const unlock = await lockFolder(path);
    try {
      await removeLeftOvers(join(path, configName));
      return new RunFolder(path, await config(), await MetricsFile.open(join(path, metricsName)), unlock);
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  /** An arm's and seed's own folder. */
  pair(arm: Arm, seed: number): PairFolder {
    return new PairFolder(this, this.#metrics, arm, seed);
  }

  /** Writes a file of the run. */
  async write(name: string, content: Uint8Array | string): Promise<void> {
    const path = join(this.path, name);
    await makeFolder(dirname(path));
    await writeAtomically(path, content);
  }

  async close(): Promise<void> {
    this.#metrics.close();
    await this.#unlock();
  }

  /** Closes it, and removes a run that has nothing to go on with; a folder that was there before, or that holds other files, stays. */
  async discard(): Promise<void> {
    if (await hasWork(this.path)) return this.close();
    this.#metrics.close();
    await removeEmptyFolders(this.path);
    for (const name of [metricsName, vocabularyName, configName])
      await rm(join(this.path, name), { force: true });
    await this.#unlock();
    // What is not empty holds what is not the run's.
    if (this.#isMade) await rmdir(this.path).catch(() => undefined);
  }
}

/** What is kept of one arm and seed: the checkpoint while it trains, the result once it is done. */
export class PairFolder {
  readonly #run: RunFolder;
  readonly #metrics: MetricsFile;
  readonly #arm: Arm;
  readonly #seed: number;
  readonly #folder: string;

  constructor(run: RunFolder, metrics: MetricsFile, arm: Arm, seed: number) {
    this.#run = run;
    this.#metrics = metrics;
    this.#arm = arm;
    this.#seed = seed;
    this.#folder = join(arm.folder, `seed-${seed}`);
  }

  /** The checkpoint's path. */
  get checkpoint(): string {
    return join(this.#run.path, this.#folder, checkpointName);
  }

  get checkpoints(): CheckpointStore {
    return fileCheckpoints(this.checkpoint);
  }

  /** The result, if this arm and seed are done. */
  async result(): Promise<PairResult | undefined> {
    const path = join(this.#run.path, this.#folder, resultName);
    const json = await readJson(path, 'delete it to run that seed again');
    if (json === undefined) return undefined;
    const result = readResult(json, path, this.#arm.label, this.#seed);
    await this.settle(result.epochs);
    await deleteCheckpoint(this.checkpoint);
    return result;
  }

  /** Adds an epoch to metrics.jsonl. */
  append(epoch: Epoch): void {
    this.#metrics.append(metricsLine(this.#arm.label, this.#seed, epoch));
  }

  /** Makes metrics.jsonl say exactly this of the arm and seed. */
  async settle(epochs: readonly Epoch[]): Promise<void> {
    const lines = epochs.map((epoch) => metricsLine(this.#arm.label, this.#seed, epoch));
    await this.#metrics.settle(this.#arm.label, this.#seed, lines);
  }

  /** Keeps the outcome. The result comes last but for the checkpoint, which goes once all else is on the disk. */
  async finish(
    result: PairResult,
    files: { readonly logits: Uint8Array; readonly model?: Uint8Array },
  ): Promise<void> {
    await this.settle(result.epochs);
    if (files.model) await this.#run.write(join(this.#arm.folder, 'model.onnx'), files.model);
    await this.#run.write(join(this.#folder, 'test-logits.npy'), files.logits);
    await this.#run.write(join(this.#folder, resultName), `${JSON.stringify(result)}\n`);
    await deleteCheckpoint(this.checkpoint);
  }
}
