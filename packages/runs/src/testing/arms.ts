/** @file Results of arms, made of their figures. */
import type { ArmResults, PairResult } from '../results.js';

export interface Figures {
  readonly testError: number;
  readonly testLoss: number;
  readonly trainLoss: number;
}

export function arm(label: string, seeds: readonly Figures[]): ArmResults {
  const results = seeds.map(
    ({ testError, testLoss, trainLoss }, i): PairResult => ({
      arm: label,
      seed: i + 1,
      epochs: [],
      train: { loss: trainLoss, error: 0.001 },
      test: { loss: testLoss, error: testError },
      calibration: { ece: 0.01 + i / 1000, bins: [] },
      examplesPerSecond: 21_234,
    }),
  );
  return { spec: label.replace(' ', '='), label, folder: label, results };
}

export const seeds = (errors: readonly number[], gap = 0.2): Figures[] =>
  errors.map((testError, i) => ({ testError, trainLoss: 0.01, testLoss: 0.01 + gap * (1 + i / 100) }));

export const five = [0.046, 0.047, 0.0455, 0.0463, 0.0467];
export const less = (by: number, jitter = 0.0004) =>
  five.map((error, i) => error - by + (i % 2 ? jitter : -jitter));
