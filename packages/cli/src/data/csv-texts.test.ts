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
      'Of the words in test texts 50.0 % are unknown; 0 of all 20 texts are longer.',
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
        /^Of the words in test texts \d\d\.\d % are unknown; 21 of all 22 texts are longer\.$/,
      ),
      'Warning: 1 of all 22 texts have no word; to the network they are all alike.',
      'Warning: column id: not read, since the model text reads texts alone (--ignore id says so).',
    ]);
  });

  it('of which most words are unknown are warned of', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i},這是第${i}句沒有空格 字,${i % 2}`);
    const { remarks } = await loadData(fileOf(csv(rows)), { ...options, length: 1 });
    expect(remarks?.at(-1)).toMatch(
      /^Warning: most words of the test texts are unknown; .*spaces between the words/,
    );
  });

  it('of a test file are read by the vocabulary and the classes of the training file', async () => {
    const test = fileOf('message,spam\nbuy thing1 news,1', 'b.csv');
    const split = await loadData(fileOf(mails), { ...options, ignore: ['id'], test }).catch((error) => error);
    expect(split).toEqual(
      new ThinnetError(`${test}: no column "id" to ignore; the columns are message, spam`),
    );
    const { ignore: _, ...rest } = options;
    const { train, test: read } = await loadData(fileOf(mails), { ...rest, test });
    expect(train.length).toBe(20);
    expect(decodeText(read.features, (train as TextDataset).vocabulary)).toBe('buy thing1 <unknown>');
    expect(read.labels).toEqual(Int32Array.of(1));
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
        new UsageError(`--data ${data}: --text is for CSV files only; leave it out`),
      );
  });
});
