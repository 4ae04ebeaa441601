/** @file The columns of a table that are learned from; the others are left out. */
import { useEffect, useState } from 'preact/hooks';
import type { CsvChoice } from '../../settings/settings.js';

export interface CsvColumnsProps {
  readonly csv: CsvChoice;
  /** All of the file's. */
  readonly columns: readonly string[];
  /** Opens the list: leaving a column out may be what is needed. */
  readonly isOpen: boolean;
  readonly onChange: (ignore: readonly string[]) => void;
}

export function CsvColumns({ csv: { label, ignore = [] }, columns, isOpen, onChange }: CsvColumnsProps) {
  const [open, setOpen] = useState(isOpen);
  // It stays open when the problem is solved: the visitor is in the middle of it.
  useEffect(() => {
    if (isOpen) setOpen(true);
  }, [isOpen]);
  const features = columns.filter((column) => column !== label);
  const used = features.length - ignore.length;
  const choose = (column: string, isUsed: boolean) =>
    onChange(isUsed ? ignore.filter((other) => other !== column) : [...ignore, column]);
  return (
    <details class="columns" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        learned from: {used} of {features.length} columns
      </summary>
      <fieldset>
        <legend class="visually-hidden">Columns that are learned from</legend>
        {features.map((column) => (
          <label key={column}>
            <input
              type="checkbox"
              checked={!ignore.includes(column)}
              onChange={(event) => choose(column, event.currentTarget.checked)}
            />{' '}
            {column}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
