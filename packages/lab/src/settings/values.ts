/** @file How each setting is written in the address and in a form, and read again; errors say what is expected. */
import { type ArmKind, dropKinds, kinds } from './kinds.js';
import type { Arm, ArmRateChange, CsvChoice } from './settings.js';

export interface Value<T> {
  readonly show: (value: T) => string;
  /** Errors: an Error that says what is expected instead. */
  readonly read: (text: string) => T;
}

const refuse = (text: string, expected: string): never => {
  throw new Error(`“${text}” is not ${expected}`);
};

/** Digits, a point, an exponent; nothing else that JavaScript would take for a number. */
const plainNumber = (text: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;

export const whole = (least: number, most: number): Value<number> => ({
  show: String,
  read(text) {
    const value = plainNumber(text);
    const fits = Number.isSafeInteger(value) && value >= least && value <= most;
    return fits ? value : refuse(text, `a whole number from ${least} to ${most}`);
  },
});

export const positive = (most: number): Value<number> => ({
  show: String,
  read(text) {
    const value = plainNumber(text);
    return value > 0 && value <= most ? value : refuse(text, `a number above 0, at most ${most}`);
  },
});

/** A rate from 0 to below 1. */
export const inputRate: Value<number> = {
  show: String,
  read(text) {
    const value = plainNumber(text);
    return value >= 0 && value < 1
      ? value
      : refuse(text, 'a rate: the probability to drop, from 0 to below 1');
  },
};

export const oneOf = <T extends string>(names: readonly T[]): Value<T> => ({
  show: (value) => value,
  read: (text) => names.find((name) => name === text) ?? refuse(text, `one of ${names.join(', ')}`),
});

/** One of several names, some of which are written shorter; they are read in full, too. */
export const shortened = <T extends string>(
  names: readonly T[],
  short: Readonly<Partial<Record<T, string>>>,
): Value<T> => ({
  show: (value) => short[value] ?? value,
  read: (text) => oneOf(names).read(names.find((name) => short[name] === text) ?? text),
});

export const orAll = (value: Value<number>): Value<number | 'all'> => ({
  show: String,
  read: (text) => (text.trim() === 'all' ? 'all' : value.read(text)),
});

export const listOf = <T>(
  value: Value<T>,
  separator: string,
  least: number,
  most: number,
): Value<readonly T[]> => ({
  show: (values) => values.map(value.show).join(separator),
  read(text) {
    const parts = text.split(separator).map((part) => part.trim());
    const values = text.trim() === '' ? [] : parts.map(value.read);
    return values.length >= least && values.length <= most
      ? values
      : refuse(text, `a list of ${least} to ${most}, separated by “${separator}”`);
  },
});

/** A rate of a kind: above 0, below what the kind allows. */
export const rateOf = (kind: ArmKind): Value<number> => ({
  show: String,
  read(text) {
    if (kind === 'none') return refuse(text, 'taken by an arm without dropout');
    const value = plainNumber(text);
    const { below } = kinds[kind];
    return value > 0 && value < below
      ? value
      : refuse(text, `a rate of ${kinds[kind].title}: the probability to drop, above 0 and below ${below}`);
  },
});

/** `none`, or `dropout:0.5`. */
export const arm: Value<Arm> = {
  show: ({ kind, rate }) => (kind === 'none' ? kind : `${kind}:${rate}`),
  read(text) {
    const [name = '', rate] = text.split(':');
    if (name === 'none' && rate === undefined) return { kind: 'none', rate: 0 };
    const kind = dropKinds.find((known) => known === name);
    if (kind === undefined || rate === undefined)
      return refuse(text, `an arm: none, or a kind and its rate, such as dropout:0.5`);
    return { kind, rate: rateOf(kind).read(rate) };
  },
};

/** `1@120:0.3`: arm 1 has rate 0.3 from step 120 on. */
export const change: Value<ArmRateChange> = {
  show: ({ arm, step, rate }) => `${arm}@${step}:${rate}`,
  read(text) {
    const [, arm = '', step = '', rate = ''] =
      /^(\d+)@(\d+):(.+)$/.exec(text) ?? refuse(text, 'a change of a rate');
    return {
      arm: whole(0, 99).read(arm),
      step: whole(0, 2 ** 32 - 1).read(step),
      rate: inputRate.read(rate),
    };
  },
};

/** Encoded parts, so that names may hold any character: `wine.csv~<SHA-256>~quality`, then columns that are left out. */
export const csv: Value<CsvChoice> = {
  show: ({ name, sha256, label, ignore = [] }) => [name, sha256, label, ...ignore].map(escaped).join('~'),
  read(text) {
    const [name, sha256, label, ...ignore] = text.split('~').map(unescaped);
    if (name === undefined || label === undefined || !/^[0-9a-f]{64}$/.test(sha256 ?? ''))
      return refuse(text, 'a CSV file’s name, digest and label');
    return { name, sha256: sha256 as string, label, ...(ignore.length > 0 ? { ignore } : {}) };
  },
};

const escaped = (text: string): string => text.replaceAll('%', '%25').replaceAll('~', '%7E');
const unescaped = (text: string): string => text.replaceAll('%7E', '~').replaceAll('%25', '%');
