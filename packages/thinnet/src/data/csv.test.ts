import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ThinnetError } from '../error.js';
import type { CsvOptions } from './csv.js';
import { readCsv } from './csv.js';
import { csvColumns } from './csv-header.js';

const read = (text: string | Uint8Array, options: Partial<CsvOptions> = {}) =>
  readCsv(text, { label: 'y', name: 'f.csv', ...options });
const failing = (text: string, message: string, options: Partial<CsvOptions> = {}): void =>
  expect(() => read(text, options)).toThrow(new ThinnetError(message));

describe('remedies', () => {
  const refusal = (text: string, remedies: CsvOptions['remedies'] = {}): string => {
    try {
      readCsv(text, { label: 'y', name: 'f.csv', remedies });
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };
  test('are those of the program that asks, else the options of the reader', () => {
    const ours = { ignore: (column: string) => `hide ${column}`, regression: null };
    const words = 'a,y\nred,1\nblue,2\n';
    expect(refusal(words)).toMatch(/encode it as one, or ignore the column$/);
    expect(refusal(words, ours)).toMatch(/encode it as one, or hide a$/);
    const targets = 'a,y\n1,0.5\n2,0.5\n3,1\n';
    expect(refusal(targets)).toMatch(/numbers no class; for targets set task to regression$/);
    expect(refusal(targets, ours)).toMatch(/numbers no class; name a column of classes$/);
    const ids = 'a,y\n1,1\n2,2\n3,3\n';
    expect(refusal(ids)).toMatch(/name another column, or set task to regression$/);
    expect(refusal(ids, ours)).toMatch(/name another column$/);
  });
});

describe('readCsv', () => {
  test('class names are sorted, numbers by value, and labels are their places', () => {
    expect(read('a,y,b\n1,pear,2\n3,apple,4.5\n-1e2,pear,0\n')).toEqual({
      name: 'f.csv',
      length: 3,
      shape: [2],
      features: Float32Array.of(1, 2, 3, 4.5, -100, 0),
      labels: Int32Array.of(1, 0, 1),
      classes: 2,
      classNames: ['apple', 'pear'],
      columns: ['a', 'b'],
    });
    expect(read('y,a\n10,0\n9,0\n10,1').classNames).toEqual(['9', '10']);
  });

  test('regression takes the label as a number', () => {
    expect(read('a,y\n1,2.5\n2,-3', { task: 'regression' })).toMatchObject({
      labels: Float32Array.of(2.5, -3),
      classes: 0,
      shape: [1],
    });
    failing(
      'a,y\n1,2.5\n\n2,x',
      'f.csv: line 4, label "y" is "x", not a number; encode it as one, or ignore the column',
      { task: 'regression' },
    );
  });

  test('any table survives quoting, line ends, byte order mark, blank lines and delimiters', () => {
    // + 0: a template prints −0 as 0.
    const cell = fc
      .oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -1000, max: 1000 }))
      .map((value) => value + 0);
    const className = fc.stringMatching(/^[a-z][a-z ,;"\n]{0,5}[a-z]$/);
    const tables = fc.record({
      names: fc.uniqueArray(className, { minLength: 2, maxLength: 2 }),
      cells: fc.array(fc.tuple(cell, cell, fc.nat(1)), { maxLength: 12 }),
      end: fc.constantFrom('\n', '\r\n'),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      quoted: fc.subarray(['a', 'y', 'b b']),
      mark: fc.constantFrom('', '\ufeff'),
      last: fc.boolean(),
      bytes: fc.boolean(),
    });
    fc.assert(
      fc.property(tables, ({ names, cells: drawn, quoted, end, delimiter, mark, last, bytes }) => {
        // Both classes occur.
        const rows = [[0, 1, 0] as const, [1, 0, 1] as const, ...drawn].map(([a, b, c]) => ({
          cells: [a, b],
          label: names[c] as string,
        }));
        const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const lines = rows.map(({ cells, label }) =>
          [cells[0], quote(label), quote(` ${cells[1]}`)].join(delimiter),
        );
        const header = ['a', 'y', 'b b'].map((name) => (quoted.includes(name) ? quote(name) : name));
        const text = `${mark}${[header.join(delimiter), ...lines].join(end)}${last ? end + end : ''}`;
        const dataset = read(bytes ? new TextEncoder().encode(text) : text);
        expect(dataset.features).toEqual(Float32Array.from(rows.flatMap(({ cells }) => cells)));
        expect(Array.from(dataset.labels, (label) => dataset.classNames?.[label])).toEqual(
          rows.map(({ label }) => label),
        );
        expect(dataset.columns).toEqual(['a', 'b b']);
      }),
    );
  });

  test('each bad cell is an error with its line and column', () => {
    failing('a,y\n1,u\n,v', 'f.csv: line 3, column "a" is empty; fill it in or remove the row');
    failing(
      'a,y\r\n1,u\r\n\r\nNaN,v',
      'f.csv: line 4, column "a" is "NaN", not a number; encode it as one, or ignore the column',
    );
    failing(
      'b,a,y\n1,Infinity,u',
      'f.csv: line 2, column "a" is Infinity; only finite numbers can be learned from',
    );
    failing('a,y\n1e39,u', 'f.csv: line 2, column "a" is 1e39, beyond float32 (3.4e38); scale the column');
    failing('a,y\n1e999,u', 'f.csv: line 2, column "a" is 1e999; only finite numbers can be learned from');
    failing(
      'a,y\n"1,5",u',
      'f.csv: line 2, column "a" is "1,5", not a number; encode it as one, or ignore the column',
    );
    failing(
      'a,y\n0x10,u',
      'f.csv: line 2, column "a" is "0x10", not a number; encode it as one, or ignore the column',
    );
    failing('a,y\n1,"u\nv"\n2,', 'f.csv: line 4, label "y" is empty; fill it in or remove the row');
  });

  test('rows of another length and broken quotes are errors with their line', () => {
    failing('a,y\n1,u\n1,2,v', 'f.csv: line 3 has 3 cells; the header has 2 columns');
    failing('a,y\n1', 'f.csv: line 2 has 1 cells; the header has 2 columns');
    failing('a,y\n1,u\n2,"v\n3,w', 'f.csv: line 3: a quoted cell is never closed; add the missing "');
    failing(
      'a,y\n1,"u"x\n',
      'f.csv: line 2: a quoted cell goes on after its closing quote; write a quote inside a quoted cell twice ("")',
    );
    expect(() => read('a,y\r\n1,u\n2,v\r\n3,u')).toThrow(ThinnetError);
  });

  test('a header that cannot be used is an error that says why', () => {
    failing(
      '"a"b,y\n1,u',
      'f.csv: line 1: a quoted cell goes on after its closing quote; write a quote inside a quoted cell twice ("")',
    );
    failing('', 'f.csv: empty file; expected a header and a row an example');
    failing('\n\n', 'f.csv: empty file; expected a header and a row an example');
    failing('a,y\n', 'f.csv: only a header; expected a row an example below it');
    failing('a,b\n1,2', 'f.csv: no column "y"; the columns are a, b');
    failing('a;b;c\n1;2;3', 'f.csv: no column "y"; the columns are a, b, c');
    failing('a,y,a\n1,2,3', 'f.csv: two columns are called "a"; rename one');
    failing('a,y,\n1,2,3', 'f.csv: column 3 has no name; give every column of the header one');
    failing('y\nu\nv', 'f.csv: no column besides the label "y"; at least one feature is needed');
    failing(
      `${Array.from({ length: 30 }, (_, i) => `c${i}`).join()}\n`,
      `f.csv: no column "y"; the columns are ${Array.from({ length: 20 }, (_, i) => `c${i}`).join(', ')} and 10 more`,
    );
  });

  test('csvColumns lists the columns under the delimiter that gives most', () => {
    expect(csvColumns('a; b;"c, d"\n1;2;3', 'f.csv')).toEqual(['a', 'b', 'c, d']);
    expect(() => csvColumns('', 'f.csv')).toThrow('f.csv: empty file');
  });

  test('columns can be left out by name, and only by a name that exists', () => {
    const dataset = read('Id,a,y,note\n1,5,u,\n2,6,v,hello', { ignore: ['Id', 'note'] });
    expect(dataset).toMatchObject({ columns: ['a'], features: Float32Array.of(5, 6) });
    failing('a,y\n1,u', 'f.csv: no column "Id" to ignore; the columns are a, y', { ignore: ['Id'] });
    failing('a,y\n1,u', 'f.csv: column "y" is the label and can\'t be ignored', { ignore: ['y'] });
  });

  test('labels that are no classes are errors', () => {
    failing('a,y\n1,u\n2,u', 'f.csv: label "y" is "u" in every row; at least 2 classes are needed');
    failing(
      'a,y\n1,0.5\n2,1\n3,1',
      'f.csv: label "y" holds 0.5, which numbers no class; for targets set task to regression',
    );
    failing(
      'a,y\n1,1\n2,1.0\n3,2\n4,2',
      'f.csv: label "y" writes one number as 1 and as 1.0; write it one way',
    );
    expect(() => read('a,y\n1,1\n2,2\n3,3')).toThrow('label "y" is different in every row');
  });

  test('a test file follows its training file: same columns, same classes', () => {
    const like = read('a,b,y\n1,2,u\n3,4,v', { name: 'train.csv' });
    expect(read('y,a,b\nv,1,2', { like })).toMatchObject({
      labels: Int32Array.of(1),
      classes: 2,
      classNames: ['u', 'v'],
    });
    failing(
      'a,b,y\n1,2,u\n1,2,w',
      'f.csv: line 3, label "y" is "w", a class that train.csv doesn\'t have (u, v)',
      { like },
    );
    failing(
      'b,a,y\n1,2,u',
      'f.csv: feature 1 is "b", but "a" in train.csv; both files need the same columns in the same order',
      { like },
    );
    failing(
      'a,y\n1,u',
      'f.csv: feature 2 is missing, but "b" in train.csv; both files need the same columns in the same order',
      { like },
    );
  });

  test('text that is not UTF-8 is an error', () => {
    expect(() => read(Uint8Array.of(0x61, 0xff, 0x0a))).toThrow(
      'f.csv: not UTF-8 text; save the file as "CSV UTF-8"',
    );
  });

  test('hostile text gives finite features or a ThinnetError', () => {
    const part = fc.constantFrom(
      'a',
      'y',
      ',',
      ';',
      '\n',
      '\r',
      '"',
      '1',
      '.',
      '-',
      'e',
      ' ',
      '\0',
      '\ufeff',
      'Infinity',
      '1e39',
    );
    const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.boolean(), (hostile, header) => {
        try {
          const { features, length, shape } = read(header ? `a,y\n${hostile}` : hostile);
          expect(features.length).toBe(length * (shape[0] as number));
          expect(features.every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ThinnetError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
