/** @file Kinds of option values: how each is read from a word of the command line and written back. */
import { UsageError } from '../usage-error.js';
import { didYouMean } from './nearest.js';

/** `parse(format(value))` is `value` again; `place` names the option in errors, such as `--lr`. */
export interface ValueKind<T> {
  parse(text: string, place: string): T;
  format(value: T): string;
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function finite(text: string): number | undefined {
  const value = decimal.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** A number for which `accepts` holds; `wanted` says what that is. */
function number(wanted: string, accepts: (value: number) => boolean): ValueKind<number> {
  return {
    parse(text, place) {
      const value = finite(text);
      if (value === undefined || !accepts(value)) {
        throw new UsageError(`${place} takes ${wanted}, not ${JSON.stringify(text)}`);
      }
      return value;
    },
    format: String,
  };
}

export const positiveInteger = number(
  'a whole number of at least 1',
  (v) => Number.isSafeInteger(v) && v >= 1,
);
/** A whole number from 1 to `most`; `why` says, where there is a reason, why no more. */
export const upTo = (most: number, why?: string): ValueKind<number> =>
  number(
    `a whole number from 1 to ${most.toLocaleString('en-US')}${why === undefined ? '' : ` (${why})`}`,
    (v) => Number.isSafeInteger(v) && v >= 1 && v <= most,
  );
/** A whole number from 0 to `most`, which `shown` writes. */
export const wholeUpTo = (most: number, shown = most.toLocaleString('en-US')): ValueKind<number> =>
  number(`a whole number from 0 to ${shown}`, (v) => Number.isSafeInteger(v) && v >= 0 && v <= most);
export const nonNegativeInteger = number(
  'a whole number of at least 0',
  (v) => Number.isSafeInteger(v) && v >= 0,
);
export const positiveNumber = number('a number above 0', (v) => v > 0);
export const nonNegativeNumber = number('a number of at least 0', (v) => v >= 0);
export const belowOne = number('a number of at least 0 and below 1', (v) => v >= 0 && v < 1);
/** A dropout rate; whether it is in range is for the library to say. */
export const anyNumber = number('a number', () => true);

/** Any text but the empty one. */
export const words: ValueKind<string> = {
  parse(text, place) {
    if (text.trim() === '') throw new UsageError(`${place} takes a value, not an empty one`);
    return text;
  },
  format: String,
};

/** Texts with commas between, none of them empty and none twice. */
export const wordList: ValueKind<readonly string[]> = {
  parse(text, place) {
    const parts = text.split(',').map((part) => part.trim());
    if (parts.includes(''))
      throw new UsageError(`${place} takes names such as a,b, not ${JSON.stringify(text)}`);
    const twice = parts.find((part, i) => parts.indexOf(part) !== i);
    if (twice !== undefined) throw new UsageError(`${place} has ${JSON.stringify(twice)} twice`);
    return parts;
  },
  format: (values) => values.join(','),
};

/** One of a few names. */
export function oneOf<T extends string>(names: readonly T[]): ValueKind<T> {
  return {
    parse(text, place) {
      const name = names.find((known) => known === text);
      if (name !== undefined) return name;
      throw new UsageError(
        `${place} takes one of ${names.join(', ')}, not ${JSON.stringify(text)}${didYouMean(text, names)}`,
      );
    },
    format: String,
  };
}

/** `kind`'s values, or `word` for null. */
export function orWord<T>(word: string, kind: ValueKind<T>): ValueKind<T | null> {
  return {
    parse: (text, place) => (text === word ? null : kind.parse(text, place)),
    format: (value) => (value === null ? word : kind.format(value)),
  };
}

/** Whole numbers of at least 1 with commas between; `wanted` says what they are. */
const positiveIntegers = (wanted: string): ValueKind<readonly number[]> => ({
  parse: (text, place) =>
    text.split(',').map((part) => {
      const value = finite(part);
      if (value !== undefined && Number.isSafeInteger(value) && value >= 1) return value;
      throw new UsageError(`${place} takes ${wanted}, not ${JSON.stringify(text)}`);
    }),
  format: (values) => values.join(','),
});

/** The lengths of a tensor's axes. */
export const axisLengths = positiveIntegers('lengths of axes such as 8,16,14,14');

const widths = positiveIntegers('layer widths such as 1024,1024 (or none)');

/** Widths of the hidden layers, `1024,1024`; `none` for a network without hidden layers. */
export const layerWidths: ValueKind<readonly number[]> = {
  parse: (text, place) => (text === 'none' ? [] : widths.parse(text, place)),
  format: (values) => (values.length === 0 ? 'none' : widths.format(values)),
};
