/** @file A run folder: config.json, metrics.jsonl and, once the run has ended, summary.json. */
import type { Epoch } from 'thinnet';
import {
  type ArmHistories,
  chartsOf,
  type MetricsLine,
  type RunConfig,
  type Summary,
} from '../../../../cli/src/report/shared.js';
import { isRecord, parseJson } from './json.js';
import type { ShownRun } from './run.js';

/** The text of a file of the run folder; undefined where it is absent. */
export type ReadText = (name: string) => Promise<string | undefined>;

/** Errors: a config.json that is none of a run; no curves and no summary. */
export async function readRunFolder(source: string, read: ReadText): Promise<ShownRun> {
  const config = configOf(await read('config.json'), source);
  const notes: string[] = [];
  const metrics = await read('metrics.jsonl');
  const summaryText = await read('summary.json');
  if (metrics === undefined && summaryText === undefined)
    throw new Error(
      `${source} has a config.json, but neither metrics.jsonl nor summary.json: give the whole folder, or all three files`,
    );
  const histories = historiesOf(metrics ?? '', config, notes);
  const summary = summaryOf(summaryText, source);
  const seeds = Math.max(0, ...histories.map(({ results }) => results.length));
  if (metrics === undefined) notes.push('metrics.jsonl is missing, so there are no curves.');
  else if (seeds === 0) notes.push('No epoch has ended yet, so there are no curves.');
  if (summary === undefined)
    notes.push(
      'The run has not ended: there is no summary.json, so there is no table of results. Its curves are those so far.',
    );
  return {
    source,
    config,
    charts: seeds === 0 ? [] : chartsOf(histories.filter(({ results }) => results.length > 0)),
    summary: summary?.summary,
    sentences: summary?.sentence === undefined ? [] : [summary.sentence],
    seeds,
    notes,
  };
}

function configOf(text: string | undefined, source: string): RunConfig {
  const place = `${source}: config.json`;
  if (text === undefined) throw new Error(`${place} is missing`);
  const json = parseJson(text, place);
  if (!isRecord(json) || json.format === undefined || !Array.isArray(json.arms) || !isRecord(json.data))
    throw new Error(`${place} is not that of a run of thinnet compare`);
  if (json.format !== 1)
    throw new Error(
      `${place} has format ${String(json.format)}; this page reads format 1: use the lab of that thinnet`,
    );
  return json as unknown as RunConfig;
}

function summaryOf(text: string | undefined, source: string) {
  if (text === undefined) return undefined;
  const place = `${source}: summary.json`;
  const json = parseJson(text, place);
  if (
    !isRecord(json) ||
    !Array.isArray(json.seeds) ||
    !Array.isArray(json.arms) ||
    !Array.isArray(json.comparisons)
  )
    throw new Error(`${place} is not the summary of a run of thinnet compare`);
  return {
    summary: json as unknown as Summary,
    sentence: typeof json.sentence === 'string' ? json.sentence : undefined,
  };
}

const isLine = (value: unknown): value is MetricsLine =>
  isRecord(value) &&
  typeof value.arm === 'string' &&
  ['seed', 'epoch', 'step', 'trainLoss', 'trainError', 'testLoss', 'testError'].every(
    (key) => typeof value[key] === 'number',
  );

/** The epochs of every arm and seed, in the order of the arms. A line that was torn when the run was killed is left out. */
function historiesOf(text: string, { arms }: RunConfig, notes: string[]): readonly ArmHistories[] {
  const seeds = new Map<string, Map<number, Epoch[]>>(arms.map(({ label }) => [label, new Map()]));
  let bad = 0;
  for (const line of text.split('\n').filter((part) => part.trim() !== '')) {
    const value = tryJson(line);
    const arm = isLine(value) ? seeds.get(value.arm) : undefined;
    if (arm === undefined) bad++;
    else {
      const epoch = epochOf(value as MetricsLine);
      const epochs = arm.get((value as MetricsLine).seed) ?? [];
      arm.set((value as MetricsLine).seed, [...epochs, epoch]);
    }
  }
  if (bad > 0)
    notes.push(
      `${bad === 1 ? 'A line' : `${bad} lines`} of metrics.jsonl could not be read and is left out.`,
    );
  return arms.map(({ label }) => ({
    label,
    results: [...(seeds.get(label)?.values() ?? [])].map((epochs) => ({
      epochs: epochs.toSorted((a, b) => a.epoch - b.epoch),
    })),
  }));
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const epochOf = (line: MetricsLine): Epoch => ({
  epoch: line.epoch,
  step: line.step,
  thinnedLoss: line.thinnedLoss,
  train: { loss: line.trainLoss, error: line.trainError },
  test: { loss: line.testLoss, error: line.testError },
  seconds: 0,
  examplesPerSecond: line.examplesPerSecond,
});
