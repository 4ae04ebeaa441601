/** @file Where a CSV file is dropped, or chosen. */
import { useState } from 'preact/hooks';

export interface FileDropProps {
  /** Of the file that is chosen. */
  readonly name: string | undefined;
  readonly onTake: (file: File) => void;
}

export function FileDrop({ name, onTake }: FileDropProps) {
  const [isOver, setIsOver] = useState(false);
  const take = (file: File | undefined) => {
    if (file) onTake(file);
  };
  return (
    <label
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer?.files[0]);
      }}
    >
      <span class="drop-line">
        <span class="drop-name">{name ?? 'Drop a CSV file here, or'}</span>
        <input
          class="visually-hidden"
          type="file"
          name="csv"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            // The same file can be chosen again once it has been mended.
            event.currentTarget.value = '';
          }}
        />
        <span class="button">{name === undefined ? 'Choose one' : 'Choose another'}</span>
      </span>
      <span class="field-hint">
        A header, then a row an example; all columns but the label are numbers. It stays in this browser.
      </span>
    </label>
  );
}
