/** @file Settings as an address, `data=mnist&images=1000&…`: a link is the whole run. */
import { firstLineOf } from '../components/message.js';
import { kinds, kindsOf, modelNames } from './kinds.js';
import {
  activationNames,
  backendNames,
  dataNames,
  defaults,
  maxArms,
  optimizerNames,
  type Settings,
} from './settings.js';
import * as values from './values.js';

/** One line a setting: its written form. All are written, so that a link means the same when defaults change. */
export const written: { readonly [K in keyof Required<Settings>]: values.Value<Required<Settings>[K]> } = {
  data: values.shortened(dataNames, { 'fashion-mnist': 'fashion' }),
  csv: values.csv,
  images: values.orAll(values.whole(10, 1_000_000)),
  model: values.oneOf(modelNames),
  hidden: values.listOf(values.whole(1, 4096), ',', 0, 8),
  activation: values.oneOf(activationNames),
  filters: values.whole(1, 64),
  arms: values.listOf(values.arm, ';', 1, maxArms),
  inputRate: values.inputRate,
  optimizer: values.oneOf(optimizerNames),
  lr: values.positive(100),
  batch: values.whole(1, 10_000),
  epochs: values.whole(1, 10_000),
  seed: values.whole(0, Number.MAX_SAFE_INTEGER),
  backend: values.oneOf(backendNames),
  changes: values.listOf(values.change, ';', 0, 10_000),
};

type Key = keyof Settings;
const keys = Object.keys(written) as Key[];
const isEmpty = (key: Key, settings: Settings): boolean =>
  settings[key] === undefined ||
  (key === 'changes' && settings.changes.length === 0) ||
  (key === 'csv' && settings.data !== 'csv');

/** The settings that a network has a use for. */
const unused: Readonly<Record<Settings['model'], readonly Key[]>> = {
  mlp: ['filters'],
  allconv: ['hidden', 'activation', 'inputRate'],
};

/** The query of a link to these settings. */
export function encode(settings: Settings): string {
  const left = keys.filter((key) => !isEmpty(key, settings) && !unused[settings.model].includes(key));
  return left
    .map((key) => `${key}=${readable(encodeURIComponent(written[key].show(settings[key] as never)))}`)
    .join('&');
}

/** What an address may hold as it is, after the `#`. */
const readable = (encoded: string): string =>
  encoded.replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';').replaceAll('%40', '@');

export interface Decoded {
  readonly settings: Settings;
  /** What in the address could not be read, a sentence each; the default stands in its place. */
  readonly problems: readonly string[];
}

/** Reads a query. What is missing takes its default; what cannot be read is a problem. */
export function decode(query: string): Decoded {
  const problems: string[] = [];
  const read: Partial<Record<Key, unknown>> = {};
  for (const [key, text] of new URLSearchParams(query.replaceAll('+', '%2B'))) {
    const known = keys.find((name) => name === key);
    if (known === undefined) problems.push(`The address has “${key}”, which is no setting; it is left out.`);
    else
      try {
        read[known] = written[known].read(text);
      } catch (error) {
        problems.push(`The address has ${key}=${text}: ${firstLineOf(error)}; the default is taken.`);
      }
  }
  return { ...fitted({ ...defaults, ...(read as Partial<Settings>) }, problems) };
}

/** Leaves out what contradicts the rest. */
function fitted(settings: Settings, problems: string[]): Decoded {
  const allowed = kindsOf(settings.model);
  const arms = settings.arms.filter(({ kind }) => allowed.includes(kind));
  for (const { kind } of settings.arms)
    if (!allowed.includes(kind))
      problems.push(`The network “${settings.model}” has no place for ${kind}; that arm is left out.`);
  const kept: Settings = {
    ...settings,
    arms: arms.length > 0 ? arms : [{ kind: 'none', rate: 0 }],
  };
  // Changes name arms by their place, which leaving out an arm moves.
  const isMoved = arms.length < settings.arms.length;
  const changes = isMoved ? [] : kept.changes.filter(isPossible(kept));
  if (changes.length < settings.changes.length)
    problems.push('The address changes the rate of an arm that has none to change; that is left out.');
  const { csv: _, ...withoutCsv } = kept;
  return { settings: { ...(kept.data === 'csv' ? kept : withoutCsv), changes }, problems };
}

/** A rate is that of the dropout behind hidden layers. */
const isPossible =
  ({ model, hidden, arms }: Settings) =>
  ({ arm, rate }: Settings['changes'][number]): boolean => {
    const kind = arms[arm]?.kind ?? 'none';
    if (kind === 'none' || (model === 'mlp' && hidden.length === 0)) return false;
    return kinds[kind].canChange && rate < kinds[kind].below;
  };
