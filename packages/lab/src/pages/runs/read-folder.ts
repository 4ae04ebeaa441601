/** @file A run folder: config.json, metrics.jsonl and, once the run has ended, summary.json. */

import type { Epoch } from 'thinnet';
import {
  type ArmHistories,
  chartsOf,
  configFormat,
  configName,
  epochOf,
  metricsName,
  parseMetricsLine,
  type RunConfig,
  type SummaryFile,
  summaryName,
} from 'thinnet-runs';
import { isRecord, parseJson } from './json.js';
import type { ShownRun } from './run.js';

/** The text of a file of the run folder; undefined where it is absent. */
export type ReadText = (name: string) => Promise<string | undefined>;

/** Errors: a config.json that is none of a run; no curves and no summary. */
export async function readRunFolder(source: string, read: ReadText): Promise<ShownRun> {
  const config = configOf(await read(configName), source);
  const notes: string[] = [];
  const metrics = await read(metricsName);
  const summaryText = await read(summaryName);
  if (metrics === undefined && summaryText === undefined)
    throw new Error(
      `${source} has a ${configName}, but neither ${metricsName} nor ${summaryName}: give the whole folder, or all three files`,
    );
  const histories = historiesOf(metrics ?? '', config, notes);
  const summary = summaryOf(summaryText, source);
  const seeds = Math.max(0, ...histories.map(({ results }) => results.length));
  if (metrics === undefined) notes.push(`${metricsName} is missing, so there are no curves.`);
  else if (seeds === 0) notes.push('No epoch has ended yet, so there are no curves.');
  if (summary === undefined)
    notes.push(
      `The run has not ended: there is no ${summaryName}, so there is no table of results. Its curves are those so far.`,
    );
  return {
    source,
    config,
    charts: seeds === 0 ? [] : chartsOf(histories),
    summary,
    sentences: typeof summary?.sentence === 'string' ? [summary.sentence] : [],
    seeds,
    notes,
  };
}

function configOf(text: string | undefined, source: string): RunConfig {
  const place = `${source}: ${configName}`;
  if (text === undefined) throw new Error(`${place} is missing`);
  const json = parseJson(text, place);
  if (!isRecord(json) || json.format === undefined || !Array.isArray(json.arms) || !isRecord(json.data))
    throw new Error(`${place} is not that of a run of thinnet compare`);
  if (json.format !== configFormat)
    throw new Error(
      `${place} has format ${String(json.format)}; this page reads format ${configFormat}: use the lab of that thinnet`,
    );
  return json as unknown as RunConfig;
}

function summaryOf(text: string | undefined, source: string): SummaryFile | undefined {
  if (text === undefined) return undefined;
  const place = `${source}: ${summaryName}`;
  const json = parseJson(text, place);
  if (
    !isRecord(json) ||
    !Array.isArray(json.seeds) ||
    !Array.isArray(json.arms) ||
    !Array.isArray(json.comparisons)
  )
    throw new Error(`${place} is not the summary of a run of thinnet compare`);
  return json as unknown as SummaryFile;
}

/** The epochs of every arm and seed, in the order of the arms. A line that was torn when the run was killed is left out. */
function historiesOf(text: string, { arms }: RunConfig, notes: string[]): readonly ArmHistories[] {
  const seeds = new Map<string, Map<number, Epoch[]>>(arms.map(({ label }) => [label, new Map()]));
  let bad = 0;
  for (const line of text.split('\n').filter((part) => part.trim() !== '')) {
    const read = parseMetricsLine(line);
    const arm = read && seeds.get(read.arm);
    if (read === undefined || arm === undefined) bad++;
    else arm.set(read.seed, [...(arm.get(read.seed) ?? []), epochOf(read)]);
  }
  if (bad > 0)
    notes.push(
      `${bad === 1 ? 'A line' : `${bad} lines`} of ${metricsName} could not be read and is left out.`,
    );
  return arms.map(({ label }) => ({
    label,
    results: [...(seeds.get(label)?.values() ?? [])].map((epochs) => ({
      epochs: epochs.toSorted((a, b) => a.epoch - b.epoch),
    })),
  }));
}
