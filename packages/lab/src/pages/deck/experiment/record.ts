/** @file A result as it is kept between visits. */
import type { Ran } from './worker.js';

export interface ResultRecord extends Ran {
  /** Milliseconds since 1970. */
  readonly at: number;
}

const has = (value: unknown, key: string): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && key in value;

/** Whether what was kept for a card is a result that this page can show. */
export const isResultRecord = (value: unknown, card: string): value is ResultRecord =>
  has(value, 'result') &&
  typeof value.at === 'number' &&
  typeof value.where === 'string' &&
  typeof value.seconds === 'number' &&
  has(value.result, 'card') &&
  value.result.card === card &&
  Array.isArray(value.result.findings) &&
  Array.isArray(value.result.pictures) &&
  typeof value.result.summary === 'string';
