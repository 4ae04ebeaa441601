/** @file What is to be run, and in which folder: a new comparison, or one that is gone on with. */

import { join } from 'node:path';
import type { Dataset, Split } from 'thinnet';
import { isTextDataset, knownWords, ThinnetError } from 'thinnet';
import {
  configFormat,
  configName,
  type Given,
  type ModelName,
  type RunConfig,
  type Settings,
} from 'thinnet-runs';
import type { Arm } from '../arms/arm.js';
import { parseArms } from '../arms/arm.js';
import { checkRates } from '../arms/network.js';
import { commandOf } from '../options/command-line.js';
import type { CompareRequest } from '../options/compare-command.js';
import { refuseUnused } from '../options/refuse.js';
import { resolveSettings } from '../options/resolve.js';
import { readConfig, refuseDifferences } from '../run-folder/config.js';
import { refuseTaken } from '../run-folder/folder.js';
import { folderName, freeFolder, latestFolder } from '../run-folder/name.js';
import { digestOf } from './digest.js';
import { versions } from './versions.js';

export interface PlannedRun {
  readonly path: string;
  readonly settings: Settings;
  readonly given: Given;
  readonly arms: readonly Arm[];
  /** The configuration of the run that is gone on with. */
  readonly before: RunConfig | undefined;
}

/** Errors: UsageError. */
export async function planRun({ given, out, resume }: CompareRequest): Promise<PlannedRun> {
  if (resume) {
    const path = out ?? (await latestFolder(folderName(...namedBy(given))));
    const before = await readConfig(join(path, configName));
    refuseDifferences(given, before, join(path, configName));
    const arms = parseArms(before.settings.arms, before.given, before.settings.epochs);
    return { path, settings: before.settings, given: before.given, arms, before };
  }
  const [settings, arms] = namedBy(given);
  refuseUnused(given, settings, arms);
  checkRates(arms, settings);
  const path = out ?? (await freeFolder(folderName(settings, arms)));
  await refuseTaken(path);
  return { path, settings, given, arms, before: undefined };
}

function namedBy(given: Given): [Settings, readonly Arm[]] {
  const settings = resolveSettings(given);
  return [settings, parseArms(settings.arms, given, settings.epochs)];
}

/** The content of config.json. */
export function configOf({ settings, given, arms }: PlannedRun, split: Split): RunConfig {
  const { length, shape, classes, classNames } = split.train;
  return {
    format: configFormat,
    versions: versions(),
    command: commandOf(settings, given, arms),
    data: {
      name: nameOf(split),
      digest: digestOf(split),
      train: length,
      test: split.test.length,
      shape,
      classes,
      ...(classNames === undefined ? {} : { classNames }),
      ...(isTextDataset(split.train) ? { words: knownWords(split.train.vocabulary) } : {}),
    },
    given,
    settings,
    arms: arms.map(({ own: _, ...arm }) => arm),
  };
}

/** What both sets are called: `mnist` of `mnist train`. */
const nameOf = ({ train }: Split): string => train.name.replace(/ train$/, '');

/** Errors: the data have changed. Says which versions have. */
export function refuseOtherData(before: RunConfig, now: RunConfig, say: (line: string) => void): void {
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

/** What is run on what, for people. */
export function announcement({ path, settings: { subset } }: PlannedRun, { train, test }: Split): string {
  const drawn = subset === null || subset === train.length ? '' : `${subset.toLocaleString('en-US')} of `;
  const [n, m] = [train.length, test.length].map((length) => length.toLocaleString('en-US'));
  return `${nameOf({ train, test })}: ${drawn}${n} training examples, ${m} test examples. Run folder: ${path}`;
}

/** That words are known which a seed may not have in any of its training texts. */
export function vocabularyInWords(
  { subset, validation }: Pick<Settings, 'subset' | 'validation'>,
  train: Dataset,
): readonly string[] {
  const isPart = validation > 0 || (subset !== null && subset < train.length);
  if (!isTextDataset(train) || !isPart) return [];
  return [
    `The words are those of all ${train.length.toLocaleString('en-US')} training texts, of which each seed takes a part: ` +
      'known words that are in none of its texts keep the random vectors that they begin with.',
  ];
}

/** That arms of mlp drop of the input too, at a rate of its own; arms by that rate. */
export function inputInWords(model: ModelName, arms: readonly Arm[]): readonly string[] {
  const byRate = new Map<number, string[]>();
  for (const { label, drops, training } of model === 'mlp' ? arms : [])
    if (drops.length > 0 && training.inputRate > 0)
      byRate.set(training.inputRate, [...(byRate.get(training.inputRate) ?? []), label]);
  return [...byRate].map(
    ([rate, labels]) => `Dropout of the input (--input-rate): ${rate} in ${labels.join('; ')}.`,
  );
}
