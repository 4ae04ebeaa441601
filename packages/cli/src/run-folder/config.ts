/** @file config.json: all that it takes to repeat a run. */
import { ThinnetError } from 'thinnet';
import type { Arm } from '../arms/arm.js';
import { settingsOfEarlierRuns } from '../options/defaults.js';
import type { Given, Settings } from '../options/settings.js';
import type { OptionEntry } from '../options/table.js';
import { sharedOptions, trainingOptions } from '../options/table.js';
import { UsageError } from '../usage-error.js';
import { readJson } from './read.js';

export interface DataDescription {
  readonly name: string;
  /** `sha256:` and the digest of all features and labels. */
  readonly digest: string;
  readonly train: number;
  readonly test: number;
  readonly shape: readonly number[];
  readonly classes: number;
}

export interface Versions {
  readonly thinnet: string;
  readonly 'onnxruntime-node': string;
  readonly node: string;
  readonly platform: string;
}

export interface RunConfig {
  readonly format: 1;
  readonly versions: Versions;
  /** The command that repeats the run. */
  readonly command: string;
  readonly data: DataDescription;
  /** What was asked for, from which the arms' own settings follow. */
  readonly given: Given;
  /** Every setting, the defaults resolved. */
  readonly settings: Settings;
  /** The arms with their own settings resolved, for the reader: on resuming they are read from `settings` and `given`. */
  readonly arms: readonly Omit<Arm, 'own'>[];
}

const table: Readonly<Record<string, OptionEntry<never>>> = { ...sharedOptions, ...trainingOptions } as never;

/** Writes a setting as the command line would have it. */
export function formatSetting(key: string, value: unknown): string {
  return key === 'arms'
    ? (value as readonly string[]).join(' ')
    : (table[key]?.kind.format(value as never) ?? String(value));
}

/** Reads config.json. Errors: absent, damaged, written by a later version. */
export async function readConfig(path: string): Promise<RunConfig> {
  const remedy = 'start the run anew in another folder';
  const json = await readJson(path, remedy);
  if (json === undefined) throw new UsageError(`there is no ${path}; to start a run leave out --resume`);
  if (json.format !== 1)
    throw new ThinnetError(`${path} has format ${String(json.format)}, not 1; ${remedy}`);
  const { given, data } = json as unknown as RunConfig;
  const settings = { ...settingsOfEarlierRuns, ...(json.settings as Settings) };
  for (const [key, { flag, kind }] of Object.entries(table)) {
    if (!survives(kind, settings?.[key as keyof Settings])) {
      throw new ThinnetError(`${path} is damaged (settings.${key}, the option --${flag}); ${remedy}`);
    }
  }
  const specs = settings.arms;
  const armsAreTexts =
    Array.isArray(specs) && specs.length > 0 && specs.every((spec) => typeof spec === 'string');
  if (!armsAreTexts || typeof given !== 'object' || typeof data?.digest !== 'string') {
    throw new ThinnetError(`${path} is damaged (arms, given or data); ${remedy}`);
  }
  return { ...(json as unknown as RunConfig), settings };
}

/** Whether a value is one that the option could have: what it is written as is read back as the same. */
function survives(kind: OptionEntry<never>['kind'], value: unknown): boolean {
  try {
    return JSON.stringify(kind.parse(kind.format(value as never), '')) === JSON.stringify(value);
  } catch {
    return false;
  }
}

/** Refuses to go on with a run when an option asks for something else than the run began with. */
export function refuseDifferences(given: Given, { settings }: RunConfig, path: string): void {
  for (const [key, value] of Object.entries(given)) {
    const before = settings[key as keyof Settings];
    if (JSON.stringify(value) === JSON.stringify(before)) continue;
    const flag = key === 'arms' ? 'arm' : (table[key]?.flag ?? key);
    throw new UsageError(
      `--${flag} is ${formatSetting(key, value)}, but the run to resume has ${formatSetting(key, before)} (${path}); ` +
        'leave it out, or start a run in another folder',
    );
  }
}
