/** @file A report of the command: the data that its page holds. */
import { chartDataId, type ReportData, type RunChart, reportDataId } from 'thinnet-runs';
import { isRecord, parseJson } from './json.js';
import type { ShownRun } from './run.js';

/** Errors: a page that is no report of `thinnet compare`. */
export function readReport(html: string, source: string): ShownRun {
  // Parsed, not shown: nothing of it runs or loads.
  const page = new DOMParser().parseFromString(html, 'text/html');
  const dataOf = (id: string): unknown => {
    const text = page.querySelector(`script#${id}[type="application/json"]`)?.textContent;
    return text ? parseJson(text, source) : undefined;
  };
  const [run, charts] = [dataOf(reportDataId), dataOf(chartDataId)];
  if (!isRecord(run) || !isRecord(run.config) || !isRecord(run.summary) || !isCharts(charts))
    throw new Error(`${source} is no report of thinnet compare: it has no data of a run in it`);
  const { config, summary, sentences } = run as unknown as ReportData;
  return {
    source,
    config,
    charts,
    summary,
    sentences: Array.isArray(sentences) ? sentences.map(String) : [],
    seeds: summary.seeds.length,
    notes: [],
  };
}

const isCharts = (value: unknown): value is readonly RunChart[] =>
  Array.isArray(value) && value.every((chart) => isRecord(chart) && Array.isArray(chart.lines));
