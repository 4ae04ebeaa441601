/** @file Reads config.json, and holds a resumed run to it. */
import { ThinnetError } from 'thinnet';
import { configFormat, type Given, type RunConfig, type Settings } from 'thinnet-runs';
import { settingsOfEarlierRuns } from '../options/defaults.js';
import type { OptionEntry } from '../options/table.js';
import { sharedOptions, trainingOptions } from '../options/table.js';
import { UsageError } from '../usage-error.js';
import { readJson } from './read.js';

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
  if (json.format !== configFormat)
    throw new ThinnetError(`${path} has format ${String(json.format)}, not ${configFormat}; ${remedy}`);
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
