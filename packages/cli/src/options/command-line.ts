/** @file Settings from the command line and back. */
import { takesSchedule } from '../arms/kinds.js';
import { UsageError } from '../usage-error.js';
import type { Given, Settings, TrainingSettings } from './settings.js';
import type { OptionEntry } from './table.js';
import { sharedOptions, trainingOptions } from './table.js';

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

interface ArmLike {
  readonly drops: readonly { readonly kind: string }[];
  readonly own: Partial<TrainingSettings>;
}

/** Settings with defaults of their own for some optimizers or schedules: said for all arms only where that is the same. */
const conditions: {
  readonly [K in keyof Settings]?: (settings: Settings, arms: readonly ArmLike[]) => boolean;
} = {
  lr: (_, arms) => haveOneOptimizer(arms),
  weightDecay: (_, arms) => haveOneOptimizer(arms),
  momentum: ({ optimizer }, arms) => optimizer === 'sgd' && haveOneOptimizer(arms),
  stepEpochs: ({ schedule }) => schedule === 'step',
  stepFactor: ({ schedule }) => schedule === 'step',
  rateSchedule: (_, arms) => haveKind(arms, takesSchedule),
  rateEpochs: ({ rateSchedule }, arms) =>
    rateSchedule !== 'constant' &&
    haveKind(arms, takesSchedule) &&
    arms.every(({ own }) => own.rateSchedule === undefined),
  blockSize: (_, arms) => haveKind(arms, (kind) => kind === 'dropblock'),
  hidden: ({ model }) => model === 'mlp',
  activation: ({ model }) => model === 'mlp',
  inputRate: ({ model }, arms) => model === 'mlp' && haveKind(arms, () => true),
};

const haveKind = (arms: readonly ArmLike[], isWanted: (kind: string) => boolean): boolean =>
  arms.some(({ drops }) => drops.some(({ kind }) => isWanted(kind)));

const haveOneOptimizer = (arms: readonly ArmLike[]): boolean =>
  arms.every(({ own }) => own.optimizer === undefined);

/** The command that asks for the settings, whatever the defaults of another version are. */
export function commandOf(settings: Settings, given: Given, arms: readonly ArmLike[]): string {
  const words = ['thinnet compare'];
  const say = (flag: string, text: string) => words.push(`--${flag} ${quoted(text)}`);
  say('data', settings.data);
  for (const spec of settings.arms) say('arm', spec);
  for (const [key, { flag, kind }] of table) {
    const value = settings[key];
    const isPlain = value !== null && (conditions[key]?.(settings, arms) ?? true);
    if (key !== 'data' && (given[key] !== undefined || isPlain)) say(flag, kind.format(value as never));
  }
  return words.join(' ');
}

/** A word as a shell takes it. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
