import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ThinnetError } from 'thinnet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../usage-error.js';
import { loadData } from './index.js';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'thinnet-data-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A fresh folder with the given files. */
async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(root, 'f-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

const failing = async (spec: string, message: string, options = {}): Promise<void> => {
  const error = await loadData(spec, options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ThinnetError);
  expect((error as Error).message).toBe(message);
};

/** A mistake of the command line, not of the file. */
const refused = async (spec: string, message: string, options = {}): Promise<void> => {
  const error = await loadData(spec, options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toBe(message);
};

const images = (count: number, side = 2): Uint8Array =>
  Uint8Array.from({ length: 16 + count * side * side }, (_, i) =>
    i < 16 ? ([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, side, 0, 0, 0, side][i] as number) : i - 16,
  );
const labels = (...numbers: number[]): Uint8Array =>
  Uint8Array.of(0, 0, 8, 1, 0, 0, 0, numbers.length, ...numbers);
const idxFiles = {
  'train-images-idx3-ubyte': images(3),
  'train-labels-idx1-ubyte': labels(0, 1, 2),
  't10k-images-idx3-ubyte': images(2),
  't10k-labels-idx1-ubyte': labels(0, 1),
};

describe('a folder of IDX files', () => {
  test('is read under each way to name its files, plain and compressed', async () => {
    const renamed = (change: (name: string) => string, pack = (bytes: Uint8Array): Uint8Array => bytes) =>
      Object.fromEntries(Object.entries(idxFiles).map(([name, bytes]) => [change(name), pack(bytes)]));
    const folders = [
      idxFiles,
      renamed((name) => name.replace('-idx', '.idx')),
      renamed((name) => `${name}.gz`, gzipSync),
      renamed((name) => name, gzipSync),
    ];
    for (const files of folders) {
      const { train, test: held } = await loadData(await folderOf(files));
      expect(train).toMatchObject({ length: 3, shape: [2, 2], classes: 3 });
      expect(Array.from(train.features)).toEqual(Array.from({ length: 12 }, (_, i) => i));
      expect(held).toMatchObject({ length: 2, classes: 3 });
    }
  });

  test('missing files are named', async () => {
    const { 'train-images-idx3-ubyte': kept } = idxFiles;
    const folder = await folderOf({
      'train-images-idx3-ubyte': kept,
      't10k-images-idx3-ubyte.gz': gzipSync(kept),
    });
    await failing(
      folder,
      `${folder}: no train-labels-idx1-ubyte, no t10k-labels-idx1-ubyte (nor with .gz); put the four IDX files there`,
    );
  });

  test('a broken file is named, and sets that do not fit are refused', async () => {
    const cut = await folderOf({ ...idxFiles, 't10k-images-idx3-ubyte': images(2).subarray(0, 20) });
    await failing(
      cut,
      `${join(cut, 't10k-images-idx3-ubyte')}: truncated: uint8 [2, 2, 2] has 24 bytes with its header, found 20; get the file again`,
    );
    const packed = await folderOf({
      ...idxFiles,
      'train-labels-idx1-ubyte': gzipSync(labels(0, 1, 2)).subarray(0, 20),
    });
    await expect(loadData(packed)).rejects.toThrow(
      `${join(packed, 'train-labels-idx1-ubyte')}: corrupt or truncated gzip file`,
    );
    const foreign = await folderOf({ ...idxFiles, 't10k-labels-idx1-ubyte': labels(0, 3) });
    await expect(loadData(foreign)).rejects.toThrow(
      'test: label of example 1 is 3; class numbers are integers from 0 to 2',
    );
    const larger = await folderOf({ ...idxFiles, 't10k-images-idx3-ubyte': images(2, 3) });
    await expect(loadData(larger)).rejects.toThrow('test: examples of shape [3, 3], but');
    const single = await folderOf({
      ...idxFiles,
      'train-labels-idx1-ubyte': labels(0, 0, 0),
      't10k-labels-idx1-ubyte': labels(0, 0),
    });
    await expect(loadData(single)).rejects.toThrow('classes is 1; classification needs at least 2');
  });
});

describe('a folder of NPY files', () => {
  const npy = (descr: string, shape: string, data: number[]): Uint8Array => {
    const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;
    return Uint8Array.of(
      0x93,
      0x4e,
      0x55,
      0x4d,
      0x50,
      0x59,
      1,
      0,
      header.length,
      0,
      ...Buffer.from(header),
      ...data,
    );
  };
  const files = {
    'x_train.npy': npy('|u1', '(2, 1, 2)', [1, 2, 3, 4]),
    'y_train.npy': npy('<i8', '(2,)', [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    'x_test.npy': npy('|u1', '(1, 1, 2)', [5, 6]),
    'y_test.npy': npy('|u1', '(1, 1)', [0]),
  };

  test('becomes a split', async () => {
    const { train, test: held } = await loadData(await folderOf(files));
    expect(train).toMatchObject({ length: 2, shape: [1, 2], classes: 2 });
    expect(Array.from(train.labels)).toEqual([1, 0]);
    expect(Array.from(held.features)).toEqual([5, 6]);
    expect(held.classes).toBe(2);
  });

  test('missing files are named; a single file or an archive says what to give', async () => {
    const { 'x_train.npy': x, 'y_test.npy': y } = files;
    const folder = await folderOf({ 'x_train.npy': x, 'y_test.npy': y, 'all.npz': '' });
    await failing(
      folder,
      `${folder}: no y_train.npy, no x_test.npy; save the four arrays there (numpy.save)`,
    );
    const one = join(folder, 'x_train.npy');
    await refused(
      one,
      `--data ${one}: give the folder with x_train.npy, y_train.npy, x_test.npy and y_test.npy`,
    );
    const archive = join(folder, 'all.npz');
    await refused(
      archive,
      `--data ${archive}: NPZ archives are not read; unpack it and give the folder with x_train.npy, y_train.npy, …`,
    );
  });
});

describe('a CSV file', () => {
  const rows = Array.from({ length: 50 }, (_, i) => `${i},${i % 2 ? 'odd' : 'even'}`);
  const text = `n,parity\n${rows.join('\n')}\n`;

  test('is split 4 to 1 by class, the same way each time', async () => {
    const file = join(await folderOf({ 'a.csv': text }), 'a.csv');
    const { train, test: held } = await loadData(file, { label: 'parity' });
    expect([train.length, held.length]).toEqual([40, 10]);
    expect(held).toMatchObject({ name: `${file} test`, classNames: ['even', 'odd'] });
    expect(held.labels.filter((label) => label === 1).length).toBe(5);
    expect((await loadData(file, { label: 'parity' })).test.features).toEqual(held.features);
  });

  test('takes a test file, which follows the training file’s columns and classes; gzip is fine', async () => {
    const folder = await folderOf({
      'a.csv.gz': gzipSync(text),
      'b.csv': 'n,parity\n7,odd\n',
      'c.csv': 'n,parity\n7,prime\n',
    });
    const [a, b, c] = ['a.csv.gz', 'b.csv', 'c.csv'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const { train, test: held } = await loadData(a, { label: 'parity', test: b });
    expect(train).toMatchObject({ name: a, length: 50 });
    expect(held).toMatchObject({ name: b, length: 1, classes: 2 });
    expect(Array.from(held.labels)).toEqual([1]);
    await failing(c, `${c}: label "parity" is "prime" in every row; at least 2 classes are needed`, {
      label: 'parity',
    });
    await failing(a, `${c}: line 2, label "parity" is "prime", a class that ${a} doesn't have (even, odd)`, {
      label: 'parity',
      test: c,
    });
    await refused(a, `--test ${join(folder, 'no.csv')}: no such file; check the path`, {
      label: 'parity',
      test: join(folder, 'no.csv'),
    });
  });

  test('columns that are to be ignored are no features, in the test file either', async () => {
    const rowsOf = (n: number) => Array.from({ length: n }, (_, i) => `#${i},${i},${i % 2 ? 'odd' : 'even'}`);
    const files = {
      'a.csv': ['id,n,parity', ...rowsOf(20)].join('\n'),
      'b.csv': ['id,n,parity', ...rowsOf(6)].join('\n'),
    };
    const folder = await folderOf(files);
    const [a, b] = [join(folder, 'a.csv'), join(folder, 'b.csv')];
    const { train, test: held } = await loadData(a, { label: 'parity', test: b, ignore: ['id'] });
    expect([train.shape, held.shape]).toEqual([[1], [1]]);
    expect(Array.from(held.features)).toEqual([0, 1, 2, 3, 4, 5]);
    await failing(
      a,
      `${a}: line 2, column "id" is "#0", not a number; encode it as one, or leave it out (--ignore id), or read it as texts (--text id)`,
      { label: 'parity' },
    );
    await refused(a, `${a}: no column "it" to ignore; the columns are id, n, parity`, {
      label: 'parity',
      ignore: ['it'],
    });
    await refused(
      'mnist',
      '--data mnist: --ignore is for CSV files only; leave it out, or name such a file by --data',
      { ignore: ['id'] },
    );
  });

  test('may have any name, also a compressed one', async () => {
    const folder = await folderOf({ 'a.txt': text, b: gzipSync(text), 'a.csv': text });
    const asCsv = await loadData(join(folder, 'a.csv'), { label: 'parity' });
    for (const name of ['a.txt', 'b']) {
      const { train, test: held } = await loadData(join(folder, name), { label: 'parity' });
      expect([train.features, held.features]).toEqual([asCsv.train.features, asCsv.test.features]);
    }
    const file = join(folder, 'b');
    await refused(file, `${file}: which column is to be learned? Give --label one of: n, parity`);
  });

  test('advises what the command has', async () => {
    const folder = await folderOf({ 'a.csv': 'x,y\n1,0.5\n2,0.5\n3,1\n', 'b.csv': 'x,y\n1,1\n2,2\n3,3\n' });
    const [a, b] = [join(folder, 'a.csv'), join(folder, 'b.csv')];
    await failing(a, `${a}: label "y" holds 0.5, which numbers no class; name a column of classes`, {
      label: 'y',
    });
    await failing(
      b,
      `${b}: label "y" is different in every row, so nothing can be learned about a class; name another column`,
      { label: 'y' },
    );
    await refused(a, `${a}: no column "z"; the columns are x, y`, { label: 'z' });
  });

  test('without a label the columns are listed', async () => {
    const file = join(await folderOf({ 'a.csv': text }), 'a.csv');
    await refused(file, `${file}: which column is to be learned? Give --label one of: n, parity`);
  });
});

describe('what is not there', () => {
  test('is an error that names the path and what could be given', async () => {
    const absent = join(root, 'nowhere');
    await refused(
      absent,
      `--data ${absent}: no such file or folder; give mnist, fashion, fashion-mnist, a folder of IDX or NPY files, or a CSV file`,
    );
    await refused(
      'constructor',
      '--data constructor: no such file or folder; give mnist, fashion, fashion-mnist, a folder of IDX or NPY files, or a CSV file',
    );
    const file = join(await folderOf({ 'a.csv': 'x' }), 'a.csv');
    await failing(
      join(file, 'deeper'),
      `${join(file, 'deeper')}: a part of the path is not a folder; check the path`,
    );
    await symlink('loop', join(root, 'loop'));
    await failing(join(root, 'loop'), `${join(root, 'loop')}: its links form a loop; give the file itself`);
  });

  test('an empty folder, a folder of CSV files and other files say what is expected', async () => {
    const empty = await folderOf({});
    const expected =
      'no data found in this folder; expected train-images-idx3-ubyte … (IDX) or x_train.npy … (NPY)';
    await failing(empty, `${empty}: ${expected}`);
    const tables = await folderOf({ 'a.csv': '' });
    await failing(tables, `${tables}: ${expected}; for one CSV file give ${join(tables, 'a.csv')}`);
    const picture = join(await folderOf({ 'a.png': new Uint8Array([137, 80, 0, 0]) }), 'a.png');
    await failing(
      picture,
      `${picture}: not a kind of data that is read; give a CSV file, or a folder of IDX or NPY files`,
      { label: 'y' },
    );
  });

  test('a folder or a pipe in the place of a file is refused, not waited for', async () => {
    const { 'train-images-idx3-ubyte': _, ...others } = idxFiles;
    const folder = await folderOf(others);
    const place = join(folder, 'train-images-idx3-ubyte');
    await mkdir(place);
    await failing(folder, `${place}: not a file; give the path of a file`);
    const pipe = join(await folderOf({}), 'a.csv');
    execFileSync('mkfifo', [pipe]);
    await failing(pipe, `${pipe}: not a file; give the path of a file`, { label: 'y' });
  });

  test('options that the data have no use for are refused', async () => {
    await refused(
      'mnist',
      '--data mnist: --label is for CSV files only; leave it out, or name such a file by --data',
      { label: 'y' },
    );
    const folder = await folderOf(idxFiles);
    await refused(
      folder,
      `--data ${folder}: --test is for CSV files only; leave it out, or name such a file by --data`,
      { test: 'b.csv' },
    );
    await expect(loadData(folder, { label: undefined } as object)).resolves.toBeDefined();
  });
});
