/** @file The data of a run's settings. */
import { type Split, ThinnetError } from 'thinnet';
import type { Settings } from '../settings/settings.js';
import { loadCsv } from './csv.js';
import { loadSample } from './samples.js';

export interface LoadOptions {
  readonly signal?: AbortSignal;
  /** The bytes of the CSV file, where the page has them: a browser that keeps nothing has them nowhere else. */
  readonly table?: Uint8Array;
  /** Hears how much of the data has come, 0 to 1, where that is known. */
  readonly onShare?: (share: number) => void;
}

/** Errors: no file chosen; a file that is not there; data that cannot be fetched or read. */
export async function loadData(
  { data, csv }: Pick<Settings, 'data' | 'csv'>,
  { signal, table, onShare }: LoadOptions = {},
): Promise<Split> {
  if (data !== 'csv') return loadSample(data, signal, onShare);
  if (csv === undefined) throw new ThinnetError('no CSV file is chosen yet; choose one under “data”');
  return loadCsv(csv, table);
}
