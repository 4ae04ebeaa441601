import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinnetError } from '../../error.js';
import { checkSplit } from '../check.js';
import { stratifiedSplit } from '../split.js';
import { readCsvTexts } from './csv.js';
import { isTextDataset, splitTexts, textDataset } from './dataset.js';
import { decodeText } from './encode.js';
import { countVocabulary } from './vocabulary.js';

const read = (csv: string, more: object = {}) =>
  readCsvTexts(csv, { text: 'message', label: 'spam', name: 'f.csv', ...more });

describe('texts of a CSV file', () => {
  it('are read with their classes, whatever stands in quotes', () => {
    expect(read('id,message,spam\n1,"Hi, ""you""\nthere",no\n2, free  money ,yes\n3,bye,no\n')).toEqual({
      name: 'f.csv',
      length: 3,
      texts: ['Hi, "you"\nthere', ' free  money ', 'bye'],
      labels: Int32Array.of(0, 1, 0),
      classes: 2,
      classNames: ['no', 'yes'],
      unused: ['id'],
    });
    expect(read('message\tspam\tid\nhi, you\t1\t7\nbye\t0\t8\nso\t0\t8', { ignore: ['id'] })).toMatchObject({
      texts: ['hi, you', 'bye', 'so'],
      labels: Int32Array.of(1, 0, 0),
      unused: [],
    });
  });

  it('come back whatever they hold', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é', ';') })
      .filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(fc.array(cell, { minLength: 3, maxLength: 8 }), (texts) => {
        const rows = texts.map((text, i) => `"${text.replaceAll('"', '""')}",${i % 2}`);
        expect(read(['message,spam', ...rows].join('\n')).texts).toEqual(texts);
      }),
    );
  });

  it('of a test file have the classes of the training file', () => {
    const train = read('message,spam\na,x\nb,y\nc,z\nd,z');
    expect(read('message,spam\nq,z\nr,z', { like: train }).labels).toEqual(Int32Array.of(2, 2));
    expect(() => read('message,spam\nq,z\n\nr,w', { like: train, name: 't.csv' })).toThrow(
      new ThinnetError('t.csv: line 4, label "spam" is "w", a class that f.csv doesn\'t have (x, y, z)'),
    );
  });

  it.each([
    ['message,spam\na,1\n"  ",0', 'f.csv: line 3, text "message" is empty; fill it in or remove the row', {}],
    ['message,spam\na,1\nb,', 'f.csv: line 3, label "spam" is empty; fill it in or remove the row', {}],
    ['message,spam\na,1\nb,c,0', 'f.csv: line 3 has 3 cells; the header has 2 columns', {}],
    ['msg,spam\na,1', 'f.csv: no column "message" of texts; the columns are msg, spam', {}],
    ['message,ham\na,1', 'f.csv: no column "spam"; the columns are message, ham', {}],
    ['message,spam\na,1\nb,1', 'f.csv: label "spam" is "1" in every row; at least 2 classes are needed', {}],
    ['message,spam', 'f.csv: only a header; expected a row an example below it', {}],
    [
      'message,spam\na,1',
      'f.csv: column "spam" is to be text and label; name another for one of them',
      { text: 'spam' },
    ],
    [
      'message,spam\na,1',
      'f.csv: column "message" is the text and can\'t be ignored',
      { ignore: ['message'] },
    ],
    [
      'message,spam\na,1',
      'f.csv: no column "id" to ignore; the columns are message, spam',
      { ignore: ['id'] },
    ],
  ])('%j is refused', (csv, message, more) => {
    expect(() => read(csv, more)).toThrow(new ThinnetError(message));
  });
});

describe('the datasets of texts', () => {
  const all = read(
    ['message,spam', ...Array.from({ length: 40 }, (_, i) => `word${i % 7} text ${i},${i % 4 === 0}`)].join(
      '\n',
    ),
  );

  it('are of the texts that a split of other examples sets apart', () => {
    const { train, test } = splitTexts(all, 0.25, 3);
    const rows = { ...all, shape: [1], features: Float32Array.from({ length: 40 }, (_, i) => i) };
    const split = stratifiedSplit(rows, 0.25, 3);
    const of = (features: ArrayLike<number>) => Array.from(features, (i) => all.texts[i]);
    expect([train.texts, test.texts]).toEqual([of(split.train.features), of(split.test.features)]);
    expect([train.labels, test.labels]).toEqual([split.train.labels, split.test.labels]);
    // Of 10 and 30 texts 2.5 and 7.5, rounded up.
    expect([train.length, test.length]).toEqual([29, 11]);
  });

  it('are refused where a text or a label is missing', () => {
    const vocabulary = countVocabulary(all.texts);
    const few = { ...all, texts: all.texts.slice(1) };
    const unlabelled = { ...all, labels: all.labels.slice(2) };
    for (const use of [splitTexts, (texts: typeof all) => textDataset(texts, vocabulary)]) {
      expect(() => use(few)).toThrow(
        new ThinnetError(
          'f.csv: length is 40, but there are 39 texts and 40 labels; give each text its label',
        ),
      );
      expect(() => use(unlabelled)).toThrow('there are 40 texts and 38 labels');
      expect(() => use({ ...all, texts: 'a cat' as never })).toThrow(
        'f.csv: one string for texts; give a list',
      );
    }
  });

  it('hold word numbers, fit together, and know their vocabulary', () => {
    const { train, test } = splitTexts(all);
    const vocabulary = countVocabulary(train.texts, { length: 3, least: 1 });
    const split = { train: textDataset(train, vocabulary), test: textDataset(test, vocabulary) };
    checkSplit(split);
    expect(isTextDataset(split.train)).toBe(true);
    expect(split.train.shape).toEqual([3]);
    expect(decodeText(split.train.features.subarray(0, 3), vocabulary)).toBe(train.texts[0]);
    // Each text has a number of its own, so that those of the test texts are not known.
    expect(decodeText(split.test.features.subarray(0, 3), vocabulary)).toMatch(/^word\d text <unknown>$/);
  });
});
