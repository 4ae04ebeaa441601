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

/** Reads an address; what is missing, or no value that the page can have, is as at the start. */
export function readQuery(query: string): InsideState {
  const parameters = new URLSearchParams(query);
  const number = (name: keyof Question, highest: number, isWhole = true): number => {
    const text = parameters.get(name)?.trim();
    const value = text ? Number(text) : Number.NaN;
    const fits = value >= 0 && value <= highest && (!isWhole || Number.isInteger(value));
    return fits ? value : startState[name];
  };
  return {
    rate: number('rate', highestRate, false),
    seed: number('seed', highestSeed),
    step: number('step', highestStep),
    flower: number('flower', flowers.length - 1),
    mode: modes.find((mode) => mode === parameters.get('mode')) ?? startState.mode,
  };
}
