/** @file The visitor's own table: choosing it, its label, and the columns that are learned from. */
import { useEffect, useState } from 'preact/hooks';
import { SelectField } from '../../components/field.js';
import { messageOf } from '../../components/message.js';
import { Notice } from '../../components/notice.js';
import type { CsvFile } from '../../data/csv.js';
import type { CsvChoice } from '../../settings/settings.js';
import { CsvColumns } from './csv-columns.js';
import { FileDrop } from './file-drop.js';
import './csv-field.css';

export interface CsvFieldProps {
  readonly csv: CsvChoice | undefined;
  /** Without a choice: none is left. */
  readonly onChange: (csv?: CsvChoice) => void;
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

export function CsvField({ csv, onChange }: CsvFieldProps) {
  const [table, setTable] = useState<Table>({});
  const [unkept, setUnkept] = useState<string>();

  // The library's readers load when a file is there to be read.
  const reader = () => import('../../data/csv.js');
  const take = async (given: File) => {
    setTable({});
    try {
      const { keepCsv, takeCsv } = await reader();
      if (given.size > mostBytes)
        throw new Error(
          `${given.name}: ${given.size} bytes; the page takes files up to ${mostBytes / 1e6} MB`,
        );
      const file = await takeCsv(given.name, new Uint8Array(await given.arrayBuffer()));
      setUnkept(await keepCsv(file));
      setTable({ file });
      onChange({ name: file.name, sha256: file.sha256, label: file.columns.at(-1) ?? '' });
    } catch (error) {
      // The one that was chosen before is not what the visitor wants to train on now.
      onChange();
      setTable({ problem: messageOf(error) });
    }
  };
  // Reads the table by what is chosen of it; a link may name a file that this browser has from an earlier visit.
  useEffect(() => {
    if (csv === undefined) return;
    let isHere = true;
    const show = (next: Table) => {
      if (isHere) setTable(next);
    };
    look(csv, table.file).then(show, (error) => show({ problem: messageOf(error) }));
    return () => {
      isHere = false;
    };
  }, [csv?.sha256, csv?.label, csv?.ignore?.join('\n')]);
  const look = async (choice: CsvChoice, known: CsvFile | undefined): Promise<Table> => {
    const { findCsv, readTable, takeCsv } = await reader();
    const isKnown = known?.sha256 === choice.sha256;
    const bytes = isKnown ? known.bytes : await findCsv(choice.sha256);
    if (bytes === undefined)
      throw new Error(
        `The address names the file ${choice.name}, which is not in this browser; choose it here.`,
      );
    const file = isKnown ? known : await takeCsv(choice.name, bytes as Uint8Array<ArrayBuffer>);
    try {
      const { train, test } = readTable(bytes, choice);
      const rows = train.length + test.length;
      return { file, summary: `${rows} rows, ${train.shape[0]} features, ${train.classes} classes` };
    } catch (error) {
      return { file, problem: messageOf(error) };
    }
  };

  const { file, problem, summary } = table;
  return (
    <div class="csv" data-csv={problem ? 'problem' : summary ? 'ready' : 'empty'}>
      <FileDrop name={csv?.name} onTake={(given) => void take(given)} />
      {file === undefined || csv === undefined ? null : (
        <>
          <SelectField
            label="label: the column to learn"
            name="label"
            value={csv.label}
            options={
              Object.fromEntries(file.columns.map((column) => [column, column])) as Record<string, string>
            }
            onChange={(label) => onChange(withColumns(csv, label, csv.ignore))}
          />
          <CsvColumns
            csv={csv}
            columns={file.columns}
            isOpen={problem !== undefined}
            onChange={(ignore) => onChange(withColumns(csv, csv.label, ignore))}
          />
        </>
      )}
      {problem ? (
        <Notice kind="error" title="The table cannot be used">
          {problem}
        </Notice>
      ) : null}
      {summary ? <p class="note">{summary}; a fifth of each class is set apart for the test.</p> : null}
      {unkept && file !== undefined ? (
        <p class="note" data-unkept>
          This browser keeps nothing ({unkept.replace(/\.$/, '')}): the file is there until the page is
          reloaded.
        </p>
      ) : null}
    </div>
  );
}

/** The label is no column to be left out. */
function withColumns({ name, sha256 }: CsvChoice, label: string, ignore: readonly string[] = []): CsvChoice {
  const left = ignore.filter((column) => column !== label);
  return { name, sha256, label, ...(left.length > 0 ? { ignore: left } : {}) };
}
