/** @file A run of the command as the page shows it. */
import type { Chart, RunConfig, Summary } from '../../../../cli/src/report/shared.js';

export interface ShownRun {
  /** The folder or the report that it was read from. */
  readonly source: string;
  readonly config: RunConfig;
  readonly charts: readonly Chart[];
  /** Means, intervals and differences; where the run has ended. */
  readonly summary: Summary | undefined;
  readonly sentences: readonly string[];
  /** Seeds whose curves are seen. */
  readonly seeds: number;
  /** What is to be said of what was not found or could not be read. */
  readonly notes: readonly string[];
}

/** What the data consist of. */
export const examplesOf = ({ data }: RunConfig): string => (data.shape.length > 1 ? 'images' : 'examples');
