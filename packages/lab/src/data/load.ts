/** @file The data of a run's settings. */
import { type Split, ThinnetError } from 'thinnet';
import type { Settings } from '../settings/settings.js';
import { loadCsv } from './csv.js';
import { loadSample } from './samples.js';

/** Errors: no file chosen; a file that is not there; data that cannot be fetched or read. */
export async function loadData({ data, csv }: Settings, signal?: AbortSignal): Promise<Split> {
  if (data !== 'csv') return loadSample(data, signal);
  if (csv === undefined) throw new ThinnetError('no CSV file is chosen yet; choose one under “data”');
  return loadCsv(csv);
}
