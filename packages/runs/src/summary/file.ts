/** @file summary.json: what a run came to, once it has ended. */
import type { RunConfig } from '../config.js';
import type { Summary } from './summarise.js';

export interface SummaryFile extends Summary, Pick<RunConfig, 'command' | 'versions' | 'data'> {
  /** What happened, in words. */
  readonly sentence: string;
}
