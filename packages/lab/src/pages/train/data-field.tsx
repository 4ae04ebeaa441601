/** @file What is learned: one of the samples that come with the page, or the visitor's own table. */
import { SelectField } from '../../components/field.js';
import type { Settings } from '../../settings/settings.js';
import { CsvField } from './csv-field.js';

export interface DataFieldProps {
  readonly settings: Settings;
  readonly onChange: (settings: Settings) => void;
}

const dataOptions = {
  mnist: 'MNIST, digits',
  'fashion-mnist': 'Fashion-MNIST, clothes',
  csv: 'a CSV file of your own',
} as const;

export function DataField({ settings, onChange }: DataFieldProps) {
  return (
    <>
      <SelectField
        label="data"
        name="data"
        value={settings.data}
        options={dataOptions}
        onChange={(data) =>
          onChange({ ...settings, data, images: data === 'csv' ? 'all' : 1000, changes: [] })
        }
      />
      {settings.data === 'csv' ? (
        <CsvField
          csv={settings.csv}
          onChange={(csv) => {
            const { csv: _, ...others } = settings;
            onChange({ ...others, ...(csv ? { csv } : {}), changes: [] });
          }}
        />
      ) : null}
    </>
  );
}
