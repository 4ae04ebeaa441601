import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { standardization, ThinnetError } from 'thinnet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadData } from './index.js';
import { namedData } from './named.js';

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

describe('mnist', () => {
  test('is the 60,000 and 10,000 digits, in shared memory', async () => {
    const { train, test: held } = await loadData('mnist');
    expect(train).toMatchObject({ name: 'mnist train', length: 60_000, shape: [28, 28], classes: 10 });
    expect(held).toMatchObject({ name: 'mnist test', length: 10_000, shape: [28, 28], classes: 10 });
    expect(train.features).toBeInstanceOf(Uint8Array);
    for (const { features, labels: numbers } of [train, held]) {
      expect(features.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(numbers.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
    // Published: the first labels, the counts of the classes, and mean and std of the training pixels / 255.
    expect(Array.from(train.labels.subarray(0, 10))).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect(Array.from(held.labels.subarray(0, 10))).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    const counts = Array.from({ length: 10 }, (_, c) => train.labels.filter((label) => label === c).length);
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    const { mean, std } = standardization(train);
    expect((mean as number) / 255).toBeCloseTo(0.1307, 4);
    expect((std as number) / 255).toBeCloseTo(0.3081, 4);
  });
});

const fashionFolder = '/usr/share/datasets/fashion-mnist';
const required = process.env.THINNET_REQUIRE_TOOLS === '1';
describe.skipIf(!required && !existsSync(fashionFolder))('fashion-mnist', () => {
  test('is read from the gzip files of Debian’s package, under both names', async () => {
    expect(namedData.fashion).toBe(namedData['fashion-mnist']);
    const { train, test: held } = await loadData('fashion');
    expect(train).toMatchObject({
      name: 'fashion-mnist train',
      length: 60_000,
      shape: [28, 28],
      classes: 10,
    });
    expect(held.length).toBe(10_000);
    expect(train.features.buffer).toBeInstanceOf(SharedArrayBuffer);
    for (let c = 0; c < 10; c++) expect(train.labels.filter((label) => label === c).length).toBe(6000);
    const { mean, std } = standardization(train);
    expect((mean as number) / 255).toBeCloseTo(0.286, 3);
    expect((std as number) / 255).toBeCloseTo(0.353, 3);
  });
});

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
    await failing(one, `${one}: give the folder with x_train.npy, y_train.npy, x_test.npy and y_test.npy`);
    const archive = join(folder, 'all.npz');
    await failing(
      archive,
      `${archive}: NPZ archives are not read; unpack it and give the folder with x_train.npy, y_train.npy, …`,
    );
  });
});

describe('a CSV file', () => {
  const rows = Array.from({ length: 50 }, (_, i) => `${i},${i % 2 ? 'odd' : 'even'}`);
  const text = `n,parity\n${rows.join('\n')}\n`;

  test('is split 4 to 1 by class, the same way each time, another way under another seed', async () => {
    const file = join(await folderOf({ 'a.csv': text }), 'a.csv');
    const { train, test: held } = await loadData(file, { label: 'parity' });
    expect([train.length, held.length]).toEqual([40, 10]);
    expect(held).toMatchObject({ name: `${file} test`, classNames: ['even', 'odd'] });
    expect(held.labels.filter((label) => label === 1).length).toBe(5);
    expect((await loadData(file, { label: 'parity' })).test.features).toEqual(held.features);
    expect((await loadData(file, { label: 'parity', splitSeed: 1 })).test.features).not.toEqual(
      held.features,
    );
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
    await failing(a, `${join(folder, 'no.csv')}: no such file; check the path`, {
      label: 'parity',
      test: join(folder, 'no.csv'),
    });
  });

  test('regression and ignored columns pass through', async () => {
    const file = join(await folderOf({ 'a.csv': text }), 'a.csv');
    await expect(loadData(file, { label: 'n', ignore: ['parity'] })).rejects.toThrow(
      'no column besides the label',
    );
    const numbers = join(await folderOf({ 'b.csv': 'id,x,y\n1,2,3.5\n2,3,4.5\n3,4,5.5\n' }), 'b.csv');
    const { train } = await loadData(numbers, { label: 'y', task: 'regression', ignore: ['id'] });
    expect(train).toMatchObject({ classes: 0, shape: [1] });
  });

  test('without a label the columns are listed', async () => {
    const file = join(await folderOf({ 'a.csv': text }), 'a.csv');
    await failing(file, `${file}: which column is to be learned? Give --label one of: n, parity`);
  });
});

describe('what is not there', () => {
  test('is an error that names the path and what could be given', async () => {
    const absent = join(root, 'nowhere');
    await failing(
      absent,
      `data "${absent}": no such file or folder; give mnist, fashion, fashion-mnist, a folder of IDX or NPY files, or a CSV file`,
    );
    await failing(
      'constructor',
      'data "constructor": no such file or folder; give mnist, fashion, fashion-mnist, a folder of IDX or NPY files, or a CSV file',
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
    const text = join(await folderOf({ 'a.txt': '' }), 'a.txt');
    await failing(
      text,
      `${text}: not a kind of data that is read; give a .csv file or a folder of IDX or NPY files`,
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
    await failing('mnist', 'data "mnist": label is for CSV files only; leave it out', { label: 'y' });
    const folder = await folderOf(idxFiles);
    await failing(folder, `data "${folder}": test is for CSV files only; leave it out`, { test: 'b.csv' });
    await expect(loadData(folder, { label: undefined } as object)).resolves.toBeDefined();
  });
});
