/** @file Settings from the command line and back. */
import type { Given, Settings } from 'thinnet-runs';
import { UsageError } from '../usage-error.js';
import { quoted } from './invocation.js';
import type { OptionEntry } from './table.js';
import { sharedOptions, trainingOptions } from './table.js';
import type { ArmLike } from './uses.js';
import { isSayable } from './uses.js';

const table = Object.entries({ ...sharedOptions, ...trainingOptions }) as unknown as readonly [
  keyof Settings,
  OptionEntry<never>,
][];

/** Reads the options that were given, `words` by flag without dashes. */
export function parseGiven(
  words: Readonly<Record<string, string>>,
  arms: readonly string[] | undefined,
): Given {
  const given: Record<string, unknown> = {};
  for (const [key, { flag, kind }] of table) {
    const text = words[flag];
    if (text !== undefined) given[key] = kind.parse(text, `--${flag}`);
  }
  if (arms !== undefined) {
    if (arms.length === 0) throw new UsageError('at least one --arm is needed');
    given.arms = arms;
  }
  return given as Given;
}

/** The command that asks for the settings, whatever the defaults of another version are. */
export function commandOf(settings: Settings, given: Given, arms: readonly ArmLike[]): string {
  const words = ['thinnet compare'];
  const say = (flag: string, text: string) => words.push(`--${flag} ${quoted(text)}`);
  say('data', settings.data);
  for (const spec of settings.arms) say('arm', spec);
  for (const [key, { flag, kind }] of table) {
    const value = settings[key];
    const isPlain = value !== null && isSayable(key, settings, arms);
    if (key !== 'data' && (given[key] !== undefined || isPlain)) say(flag, kind.format(value as never));
  }
  return words.join(' ');
}
