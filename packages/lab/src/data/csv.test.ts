import { ThinnetError } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { readTable } from './csv.js';

const read = (text: string, choice: { label: string; ignore?: readonly string[] }) =>
  readTable(new TextEncoder().encode(text), { name: 'own.csv', ...choice });

const rows = (cells: (row: number) => string) =>
  Array.from({ length: 20 }, (_, row) => cells(row)).join('\n');

describe("the visitor's table", () => {
  it.each([
    [
      'x,kind\n1,a\ntwo,b\n',
      'own.csv: line 3, column "x" is "two", not a number; leave the column out, or encode it as a number',
    ],
    [
      `x,kind\n${rows((row) => `1,a${row}`)}`,
      'own.csv: label "kind" is different in every row, so nothing can be learned about a class; choose another column to learn',
    ],
    [
      `x,kind\n${rows((row) => `1,${(row % 3) + 0.5}`)}`,
      'own.csv: label "kind" holds 0.5, which is no class; choose another column to learn, as the page learns classes only',
    ],
  ])('is refused with a remedy that the page has: %j', (text, words) => {
    expect(() => read(text, { label: 'kind' })).toThrow(new ThinnetError(words));
  });

  it('is learned without the columns that are left out', () => {
    const text = `id,x,kind\n${rows((row) => `no${row},${row},${row % 2 ? 'a' : 'b'}`)}`;
    const { train, test } = read(text, { label: 'kind', ignore: ['id'] });
    expect([train.shape, train.length, test.length]).toEqual([[1], 16, 4]);
  });
});
