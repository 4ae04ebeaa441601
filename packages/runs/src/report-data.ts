/** @file What a report.html holds as data beside what it shows: two script elements of the type application/json. */
import type { RunConfig } from './config.js';
import type { Summary } from './summary/summarise.js';

/** The element that holds the `ReportData`. */
export const reportDataId = 'run-data';
/** The element that holds the charts, as `chartsOf` gives them. */
export const chartDataId = 'chart-data';

export interface ReportData {
  readonly config: RunConfig;
  readonly summary: Summary;
  readonly sentences: readonly string[];
  /** What the data consist of, such as images. */
  readonly examples: string;
}
