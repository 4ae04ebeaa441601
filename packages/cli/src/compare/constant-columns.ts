/** @file Columns of a CSV file that tell nothing, since they have one value in all examples. */
import { type CsvDataset, type Dataset, standardization } from 'thinnet';
import { quoted } from '../options/invocation.js';

const named = (data: Dataset): data is CsvDataset => 'columns' in data;

/** So many names are shown. */
const most = 8;

/** A warning of such columns in the training set; nothing of data without columns. */
export function constantColumns(train: Dataset, ignored: readonly string[] | null): readonly string[] {
  if (!named(train)) return [];
  const { constant } = standardization(train);
  const names = constant.map((column) => train.columns[column] as string);
  if (names.length === 0 || names.length === train.columns.length) return [];
  const rest = names.length > most ? ` and ${names.length - most} more` : '';
  const which = `${names.length === 1 ? 'column' : 'columns'} ${names.slice(0, most).join(', ')}${rest}`;
  // What has a comma in its name cannot be written so.
  const isSayable = names.length <= most && names.every((name) => !name.includes(','));
  const remedy = isSayable ? ` (--ignore ${quoted([...(ignored ?? []), ...names].join(','))})` : '';
  return [
    `Warning: ${which}: the same value in all training examples, which tells nothing; leave out${remedy}.`,
  ];
}
