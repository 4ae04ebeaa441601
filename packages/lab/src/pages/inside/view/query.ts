/** @file The page's state as its address, `rate=0.3&seed=1&step=0&flower=0&mode=training`. */
import { flowers } from '../model/flowers.js';
import { type Mode, modes, type Question } from '../model/pass.js';

export interface InsideState extends Question {
  readonly mode: Mode;
}

export const highestRate = 0.9;
export const highestStep = 50;
export const highestSeed = 1000;

export const startState: InsideState = { rate: 0.3, seed: 5, step: 0, flower: 0, mode: 'training' };

export const writeQuery = ({ rate, seed, step, flower, mode }: InsideState): string =>
  `rate=${rate}&seed=${seed}&step=${step}&flower=${flower}&mode=${mode}`;

type Key = keyof InsideState;

interface Written {
  readonly read: (text: string) => InsideState[Key] | undefined;
  /** What it must be, in words. */
  readonly is: string;
}

const number = (highest: number, kind: 'number' | 'whole number' = 'whole number'): Written => ({
  is: `a ${kind} from 0 to ${highest}`,
  read(text) {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    const fits = value >= 0 && value <= highest && (kind === 'number' || Number.isInteger(value));
    return fits ? value : undefined;
  },
});

const written: Readonly<Record<Key, Written>> = {
  rate: number(highestRate, 'number'),
  seed: number(highestSeed),
  step: number(highestStep),
  flower: number(flowers.length - 1),
  mode: { is: modes.join(' or '), read: (text) => modes.find((mode) => mode === text) },
};

export interface ReadState {
  readonly state: InsideState;
  /** What of the address could not be read, a sentence each; it is as at the start. */
  readonly problems: readonly string[];
}

/** Reads an address; what is missing, or no value that the page can have, is as at the start. */
export function readQuery(query: string): ReadState {
  const problems: string[] = [];
  const read: Partial<Record<Key, InsideState[Key]>> = {};
  for (const [name, text] of new URLSearchParams(query)) {
    if (!Object.hasOwn(written, name)) {
      problems.push(`The address has “${name}”, which is no setting of this page; it is left out.`);
      continue;
    }
    const key = name as Key;
    const value = written[key].read(text);
    if (value !== undefined) read[key] = value;
    else
      problems.push(
        `The address has ${key}=${text}: the ${key} is ${written[key].is}; ${startState[key]} is taken.`,
      );
  }
  return { state: { ...startState, ...(read as Partial<InsideState>) }, problems };
}
