/** @file The comparison itself: every seed with every arm, what is done already left out. */

import type { Split } from 'thinnet';
import type { ArmResults, PairResult, Settings } from 'thinnet-runs';
import type { Arm } from '../arms/arm.js';
import type { RunFolder } from '../run-folder/folder.js';
import type { Pair, Surroundings } from './pair.js';
import { runPair } from './pair.js';
import type { PreparedData } from './prepare.js';
import { prepareData } from './prepare.js';
import type { Job } from './side-by-side.js';
import { sideBySide } from './side-by-side.js';

/** The seeds of a comparison, in order. */
export const seedsOf = ({ seeds, seedFrom }: Pick<Settings, 'seeds' | 'seedFrom'>): readonly number[] =>
  Array.from({ length: seeds }, (_, i) => seedFrom + i);

/** The runs of a comparison, seed by seed and within each seed arm by arm, with the result of those that are done. */
export interface Pairs {
  readonly all: readonly Pair[];
  readonly done: ReadonlyMap<Pair, PairResult>;
}

/** Looks what the folder has. Errors: a damaged result. */
export async function pairsIn(folder: RunFolder, settings: Settings, arms: readonly Arm[]): Promise<Pairs> {
  const all = seedsOf(settings).flatMap((seed, index) =>
    arms.map((arm) => ({ arm, seed, isFirst: index === 0, folder: folder.pair(arm, seed) })),
  );
  const done = new Map<Pair, PairResult>();
  for (const pair of all) {
    const result = await pair.folder.result();
    if (result) done.set(pair, result);
  }
  return { all, done };
}

export interface Comparison extends Surroundings {
  readonly arms: readonly Arm[];
  readonly split: Split;
  readonly pairs: Pairs;
  readonly signal: AbortSignal;
}

/**
 * Runs what is not done yet, in the order of the pairs, so that an interrupted comparison has whole pairs as far as that goes.
 * Throws the signal's reason when aborted; all that was computed is in the folder then.
 */
export async function runComparison(comparison: Comparison): Promise<readonly ArmResults[]> {
  const { arms, pairs, crew, progress, signal } = comparison;
  const results = new Map(pairs.done);
  for (const [{ arm, seed }, result] of pairs.done)
    progress.finished({ arm: arm.label, seed, result, isFromBefore: true });
  await sideBySide(crew.atOnce, jobsOf(comparison, results), signal);
  return arms.map((arm) => ({
    spec: arm.spec,
    label: arm.label,
    folder: arm.folder,
    results: pairs.all.filter((pair) => pair.arm === arm).map((pair) => results.get(pair) as PairResult),
  }));
}

/** Makes a value when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The jobs as they are asked for: only the data of seeds at work are in memory. */
function* jobsOf(comparison: Comparison, results: Map<Pair, PairResult>): Generator<Job, void> {
  const { pairs, split, settings, progress } = comparison;
  let shared: { readonly seed: number; readonly data: () => PreparedData } | undefined;
  for (const pair of pairs.all) {
    if (pairs.done.has(pair)) continue;
    const { arm, seed } = pair;
    if (shared?.seed !== seed) shared = { seed, data: once(() => prepareData(split, settings, seed)) };
    const { data } = shared;
    yield async (signal) => {
      progress.begin({ arm: arm.label, seed });
      const result = await runPair(comparison, pair, data(), signal);
      results.set(pair, result);
      progress.finished({ arm: arm.label, seed, result, isFromBefore: false });
    };
  }
}
