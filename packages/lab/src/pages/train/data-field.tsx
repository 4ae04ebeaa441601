/** @file What is learned: one of the samples that come with the page, or the visitor's own table. */
import { useEffect, useState } from 'preact/hooks';
import { SelectField } from '../../components/field.js';
import { messageOf } from '../../components/message.js';
import { Notice } from '../../components/notice.js';
import type { CsvFile } from '../../data/csv.js';
import type { Settings } from '../../settings/settings.js';

export interface DataFieldProps {
  readonly settings: Settings;
  readonly onChange: (change: Partial<Settings>) => void;
}

/** Reading large tables would stop the page for long. */
const mostBytes = 50e6;

/** What is known of the chosen file. */
interface Table {
  readonly file?: CsvFile;
  readonly problem?: string;
  /** `150 rows, 4 features, 3 classes`. */
  readonly summary?: string;
}

export function DataField({ settings, onChange }: DataFieldProps) {
  return (
    <>
      <SelectField
        label="data"
        name="data"
        value={settings.data}
        options={{ mnist: 'MNIST, digits', fashion: 'Fashion-MNIST, clothes', csv: 'a CSV file of your own' }}
        onChange={(data) => onChange({ data, images: data === 'csv' ? 'all' : 1000, changes: [] })}
      />
      {settings.data === 'csv' ? <CsvField settings={settings} onChange={onChange} /> : null}
    </>
  );
}

function CsvField({ settings: { csv }, onChange }: DataFieldProps) {
  const [table, setTable] = useState<Table>({});
  const [isOver, setIsOver] = useState(false);

  // The library's readers load when a file is there to be read.
  const look = async (work: (reader: typeof import('../../data/csv.js')) => Promise<Table>) => {
    try {
      setTable(await work(await import('../../data/csv.js')));
    } catch (error) {
      setTable((before) => ({ ...before, summary: '', problem: messageOf(error) }));
    }
  };
  const take = (given: File | undefined) => {
    if (given === undefined) return;
    void look(async ({ keepCsv, takeCsv }) => {
      setTable({});
      if (given.size > mostBytes)
        throw new Error(`${given.name}: ${given.size} bytes; the page takes files up to 50 MB`);
      const file = await takeCsv(given.name, new Uint8Array(await given.arrayBuffer()));
      const { name, sha256, columns } = file;
      const label = columns.at(-1) ?? '';
      await keepCsv(file);
      onChange({ csv: { name, sha256, label }, changes: [] });
      return { file };
    });
  };
  // Reads the table by the label that is chosen; a link may name a file that this browser has from an earlier visit.
  useEffect(() => {
    if (csv === undefined) return;
    void look(async ({ findCsv, readTable, takeCsv }) => {
      const bytes = table.file?.sha256 === csv.sha256 ? table.file.bytes : await findCsv(csv.sha256);
      if (bytes === undefined)
        throw new Error(
          `The address names the file ${csv.name}, which is not in this browser; choose it here.`,
        );
      const file =
        table.file?.sha256 === csv.sha256
          ? table.file
          : await takeCsv(csv.name, bytes as Uint8Array<ArrayBuffer>);
      try {
        const { train, test } = readTable(bytes, csv);
        const rows = train.length + test.length;
        return { file, summary: `${rows} rows, ${train.shape[0]} features, ${train.classes} classes` };
      } catch (error) {
        return { file, problem: messageOf(error) };
      }
    });
  }, [csv?.sha256, csv?.label]);

  const { file, problem, summary } = table;
  return (
    <div class="csv" data-csv={problem ? 'problem' : summary ? 'ready' : 'empty'}>
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
        <span>{csv === undefined ? 'Drop a CSV file here, or choose one:' : csv.name}</span>
        <input
          type="file"
          name="csv"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={(event) => take(event.currentTarget.files?.[0])}
        />
        <span class="field-hint">
          A header, then a row an example; all columns but the label are numbers. It stays in this browser.
        </span>
      </label>
      {file === undefined || csv === undefined ? null : (
        <SelectField
          label="label: the column to learn"
          name="label"
          value={csv.label}
          options={
            Object.fromEntries(file.columns.map((column) => [column, column])) as Record<string, string>
          }
          onChange={(label) => onChange({ csv: { ...csv, label }, changes: [] })}
        />
      )}
      {problem ? (
        <Notice kind="error" title="The table cannot be used">
          {problem}
        </Notice>
      ) : null}
      {summary ? <p class="note">{summary}; a fifth of each class is set apart for the test.</p> : null}
    </div>
  );
}
