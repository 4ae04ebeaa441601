/** @file The data that come by name. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { standardization } from 'thinnet';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { writeImages } from '../testing/image-folder.js';
import { temporaryFolder } from '../testing/temporary.js';
import { loadData } from './index.js';
import { namedData } from './named.js';

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

const fashionFolder = namedData.fashion.folder();
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

describe('fashion-mnist from a folder of the environment', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('is read from where THINNET_FASHION_MNIST says, an empty one being none', async () => {
    const folder = temporaryFolder();
    writeImages(folder);
    vi.stubEnv('THINNET_FASHION_MNIST', folder);
    for (const name of ['fashion', 'fashion-mnist'])
      expect((await loadData(name)).train).toMatchObject({ name: 'fashion-mnist train', length: 60 });
    vi.stubEnv('THINNET_FASHION_MNIST', join(folder, 'nowhere'));
    await expect(loadData('fashion')).rejects.toThrow(
      'data "fashion-mnist": not on this machine; on Debian and Ubuntu: apt install dataset-fashion-mnist; elsewhere let ' +
        'THINNET_FASHION_MNIST name the folder with its four IDX files',
    );
    vi.stubEnv('THINNET_FASHION_MNIST', '');
    expect(namedData.fashion.folder()).toBe('/usr/share/datasets/fashion-mnist');
  });
});
