/** @file result.json: what one arm did with one seed. */

import { ThinnetError } from 'thinnet';
import type { PairResult } from 'thinnet-runs';

/** Checks what was read. Error: a file that is not the result of this arm and seed. */
export function readResult(
  json: Record<string, unknown>,
  path: string,
  arm: string,
  seed: number,
): PairResult {
  const result = json as unknown as PairResult;
  const isWhole =
    result.arm === arm &&
    result.seed === seed &&
    Array.isArray(result.epochs) &&
    result.epochs.length > 0 &&
    result.epochs.every((epoch) => isScore(epoch?.train) && isScore(epoch?.test)) &&
    isScore(result.train) &&
    isScore(result.test) &&
    typeof result.calibration?.ece === 'number' &&
    Array.isArray(result.calibration.bins) &&
    typeof result.examplesPerSecond === 'number' &&
    ['number', 'undefined'].includes(typeof result.atOnce);
  if (!isWhole) {
    throw new ThinnetError(
      `${path} is damaged (not the result of ${arm}, seed ${seed}); delete it to run that seed again`,
    );
  }
  return result;
}

function isScore(value: unknown): boolean {
  const score = value as { loss?: unknown; error?: unknown } | undefined;
  return typeof score?.loss === 'number' && typeof score.error === 'number';
}
