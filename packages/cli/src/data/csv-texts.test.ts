import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText, isTextDataset, type TextDataset, ThinnetError } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../compare/digest.js';
import { temporaryFolder } from '../testing/temporary.js';
import { UsageError } from '../usage-error.js';
import { loadData } from './index.js';

/** A file in a folder of its own. */
function fileOf(content: string, name = 'a.csv'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

const csv = (rows: readonly string[]) => ['id,message,spam', ...rows].join('\n');
/** Twenty texts, each with a word of its own and one of its class. */
const mails = csv(
  Array.from(
    { length: 20 },
    (_, i) => `${i},"Buy, ${i % 2 ? 'cheap' : 'dear'} thing${i} thing${i}",${i % 2}`,
  ),
);
const options = { text: 'message', label: 'spam', ignore: ['id'] };

describe('texts of a CSV file', () => {
  it('become word numbers of one vocabulary, which has no word of test texts alone', async () => {
    const path = fileOf(mails);
    const { train, test, remarks } = await loadData(path, options);
    expect([train.length, test.length, train.name, test.name]).toEqual([
      16,
      4,
      `${path} train`,
      `${path} test`,
    ]);
    expect([isTextDataset(train), isTextDataset(test)]).toEqual([true, true]);
    const { vocabulary } = train as TextDataset;
    expect((test as TextDataset).vocabulary).toBe(vocabulary);
    expect(vocabulary.length).toBe(4);
    // Buy, cheap and dear, and the 16 words that occur in a training text, each twice there.
    expect(vocabulary.words).toHaveLength(2 + 3 + 16);
    for (let i = 0; i < 4; i++)
      expect(decodeText(test.features.subarray(4 * i, 4 * i + 4), vocabulary)).toMatch(
        /^buy (cheap|dear) <unknown> <unknown>$/,
      );
    expect(remarks).toEqual([
      'Texts (message): 19 words known, counted on the training texts; of each text the first 4 words are read.',
      'Of the words read of test texts 50.0 % are unknown; 0 of all 20 texts are longer.',
    ]);
  });

  it('have as many words, and of as many texts, as is asked for; what is left out is said', async () => {
    const path = fileOf(`${mails}\n20,!!!,1\n21,one two three four five,0`);
    const { train, remarks } = await loadData(path, { text: 'message', label: 'spam', words: 2, length: 3 });
    expect(train.shape).toEqual([3]);
    expect((train as TextDataset).vocabulary.words).toHaveLength(4);
    expect(remarks).toEqual([
      'Texts (message): 2 words known, counted on the training texts; of each text the first 3 words are read.',
      expect.stringMatching(
        /^Of the words read of test texts \d\d\.\d % are unknown; 21 of all 22 texts are longer\.$/,
      ),
      'Warning: 1 of all 22 texts have no word; to the network they are all alike.',
      'Warning: column id: not read, since the model text reads texts alone (--ignore id says so).',
    ]);
  });

  it('of which most words are unknown are warned of', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},這是第${i}句沒有空格 字,${i % 2}`);
    const warningWith = async (more: object) =>
      (await loadData(fileOf(csv(rows)), { ...options, ...more })).remarks?.at(-1);
    const rest = 'bring more texts, or put spaces between the words of a language that writes none.';
    // One word is known, so that no more can be.
    for (const more of [{ length: 1 }, { length: 1, words: 5 }])
      expect(await warningWith(more)).toBe(`Warning: most words of the test texts are unknown; ${rest}`);
    expect(await warningWith({ length: 1, words: 1 })).toBe(
      `Warning: most words of the test texts are unknown; raise --words, ${rest}`,
    );
  });

  it('of a test file are read by the vocabulary and the classes of the training file', async () => {
    const test = fileOf('message,spam\nbuy thing1 news,1', 'b.csv');
    const { train, test: read } = await loadData(fileOf(mails), { ...options, test });
    expect(train.length).toBe(20);
    expect(decodeText(read.features, (train as TextDataset).vocabulary)).toBe('buy thing1 <unknown>');
    expect(read.labels).toEqual(Int32Array.of(1));
  });

  it('have unused columns in either file, which are named together and may be ignored', async () => {
    const [train, test] = [fileOf(mails), fileOf('day,message,spam,from\n1,buy thing1 news,1,me', 'b.csv')];
    const unusedWith = async (ignore: readonly string[]) => {
      const { remarks } = await loadData(train, { text: 'message', label: 'spam', ignore, test });
      return remarks?.find((line) => line.includes('not read'));
    };
    expect(await unusedWith([])).toBe(
      'Warning: columns id, day, from: not read, since the model text reads texts alone (--ignore id,day,from says so).',
    );
    expect(await unusedWith(['day'])).toContain('Warning: columns id, from: not read');
    expect(await unusedWith(['id', 'day', 'from'])).toBeUndefined();
    await expect(unusedWith(['id', 'dya'])).rejects.toEqual(
      new UsageError(
        `${train} and ${test}: no column "dya" to ignore; the columns are id, message, spam, day, from`,
      ),
    );
  });

  it('that are in both sets are warned of where they are more than one test text of a hundred', async () => {
    const repeatsIn = async (path: string, more: object = {}) =>
      (await loadData(path, { ...options, ...more })).remarks?.filter((line) => line.includes('by heart'));
    const rest = ' test texts are also training texts, word for word; ';
    const remedy = 'remove repeats, or the test error says what was learned by heart.';
    const four = Array.from({ length: 200 }, (_, i) => `${i},thing${i % 50} news,${i % 2}`);
    expect(await repeatsIn(fileOf(csv(four)))).toEqual([
      expect.stringMatching(
        /^Warning: (3\d|40) of 40 test texts are also training texts, word for word; remove repeats/,
      ),
    ]);
    expect(await repeatsIn(fileOf(mails))).toEqual([]);
    const testOf = (repeats: number) =>
      fileOf(
        csv([
          ...Array.from({ length: repeats }, (_, i) => `0,"buy; CHEAP thing1, thing1!",${i % 2}`),
          ...Array.from({ length: 200 - repeats }, (_, i) => `0,buy thing1 for ${i},${i % 2}`),
        ]),
        'b.csv',
      );
    expect(await repeatsIn(fileOf(mails), { test: testOf(2) })).toEqual([]);
    expect(await repeatsIn(fileOf(mails), { test: testOf(3) })).toEqual([
      `Warning: 3 of 200${rest}${remedy}`,
    ]);
    // Of texts without a word another warning tells.
    const wordless = fileOf(`${mails}\n20,!!!,1`);
    expect(await repeatsIn(wordless, { test: fileOf(csv(['0,?,1', '1,buy a thing,0']), 'b.csv') })).toEqual(
      [],
    );
  });

  it('that are read far into are said to take long', async () => {
    const remarksOf = async (length: number) =>
      (await loadData(fileOf(mails), { ...options, length })).remarks;
    expect((await remarksOf(200))?.join()).not.toContain('steps long');
    expect((await remarksOf(201))?.at(-1)).toBe(
      'Reading 201 words of a text makes steps long: their time grows faster than the length, and their memory with it.',
    );
  });

  it('have another digest where a class is called otherwise, which tables do not', async () => {
    const digests = (text: string, more: object) =>
      Promise.all(
        [text, text.replace(/1$/gm, '2')].map(async (each) =>
          digestOf(await loadData(fileOf(each), { label: 'spam', ...more })),
        ),
      );
    const [before, after] = await digests(mails, { text: 'message', ignore: ['id'] });
    expect(after).not.toBe(before);
    const [table, renamed] = await digests(mails, { ignore: ['message'] });
    expect(renamed).toBe(table);
  });

  it('have another digest where a word is another, though its number is the same', async () => {
    const read = async (text: string) => digestOf(await loadData(fileOf(text), options));
    expect(await read(mails)).toBe(await read(mails));
    expect(await read(mails.replaceAll('Buy', 'Bux'))).not.toBe(await read(mails));
  });

  it.each([
    ['no column "text" of texts; the columns are id, message, spam', { text: 'text' }],
    ['no column "ham"; the columns are id, message, spam', { label: 'ham' }],
    ['no column "day" to ignore', { ignore: ['day'] }],
    ['--text and --label are both spam; name another column for one', { text: 'spam' }],
  ])('are a mistake of the command line: %s', async (message, wrong) => {
    const error = await loadData(fileOf(mails), { ...options, ...wrong }).catch((reason) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain(message);
  });

  it('that are empty, or of which none has a word twice, are a mistake of the file', async () => {
    const read = (text: string) => loadData(fileOf(text), options).catch((reason) => reason);
    const empty = await read(`${mails}\n20, ,1`);
    expect(empty).toBeInstanceOf(ThinnetError);
    expect(empty).not.toBeInstanceOf(UsageError);
    expect(empty.message).toMatch(/a\.csv: line 22, text "message" is empty; fill it in or remove the row$/);
    const rows = Array.from({ length: 10 }, (_, i) => `${i},w${i},${i % 2}`);
    expect((await read(csv(rows))).message).toMatch(/a\.csv train: none of 8 different words occurs 2 times/);
  });

  it('are read from CSV files alone', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'images'));
    for (const data of ['mnist', join(folder, 'images')])
      await expect(loadData(data, { text: 'message', words: 5 })).rejects.toEqual(
        new UsageError(
          `--data ${data}: --text is for CSV files only; leave it out, or name such a file by --data`,
        ),
      );
  });
});
