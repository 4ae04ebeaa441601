/** @file A run of the command as the page shows it. */
import type { RunChart, RunConfig, Summary } from 'thinnet-runs';

export interface ShownRun {
  /** The folder or the report that it was read from. */
  readonly source: string;
  readonly config: RunConfig;
  readonly charts: readonly RunChart[];
  /** Means, intervals and differences; where the run has ended. */
  readonly summary: Summary | undefined;
  readonly sentences: readonly string[];
  /** Seeds whose curves are seen. */
  readonly seeds: number;
  /** What is to be said of what was not found or could not be read. */
  readonly notes: readonly string[];
}
