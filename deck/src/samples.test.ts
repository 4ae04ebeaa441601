/** @file The samples: the same from compressed and from unpacked files, named, and refused when they are something else. */
import { gunzipSync } from 'node:zlib';
import type { Dataset } from 'thinnet';
import { expect, it } from 'vitest';
import type { SampleName } from './laboratory.js';
import { sampleFile } from './node/samples.js';
import { readSample, withChannel } from './samples.js';

const named = ({ labels, classNames = [] }: Dataset): readonly (string | undefined)[] =>
  Array.from(labels.subarray(0, 5), (label) => classNames[label]);

it('names the classes: the first images of both data sets are those that their publishers show', async () => {
  const digits = await readSample('mnist', sampleFile);
  expect(named(digits.train)).toEqual(['5', '0', '4', '1', '9']);
  expect(named(digits.test)).toEqual(['7', '2', '1', '0', '4']);
  const clothes = await readSample('fashion-mnist', sampleFile);
  expect(named(clothes.train)).toEqual(['ankle boot', 'T-shirt', 'T-shirt', 'dress', 'T-shirt']);
  expect(named(clothes.test)).toEqual(['ankle boot', 'pullover', 'trouser', 'trouser', 'shirt']);
  expect([digits.train.name, clothes.test.name]).toEqual(['MNIST', 'Fashion-MNIST test']);
});

it.each<SampleName>(['mnist', 'fashion-mnist'])(
  '%s: images of [28, 28] or [1, 28, 28], the same bytes from a host that unpacks files on the way',
  async (name) => {
    const sample = await readSample(name, sampleFile);
    const unpacked = await readSample(name, async (file) => gunzipSync(await sampleFile(file)));
    for (const part of ['train', 'test'] as const) {
      const { features, labels, ...rest } = sample[part];
      const other = unpacked[part];
      expect(other).toMatchObject(rest);
      expect(Buffer.compare(other.features as Uint8Array, features as Uint8Array)).toBe(0);
      expect(other.labels).toEqual(labels);
    }
    expect(sample.train).toMatchObject({ length: 2000, shape: [28, 28], classes: 10 });
    const channels = withChannel(sample);
    expect([channels.train.shape, channels.test.shape]).toEqual([
      [1, 28, 28],
      [1, 28, 28],
    ]);
    expect(channels.train.features).toBe(sample.train.features);
  },
);

it('says which file is not what it should be, such as the page of a host that answers everything', async () => {
  const page = new TextEncoder().encode('<!doctype html>');
  await expect(readSample('mnist', () => Promise.resolve(page))).rejects.toThrow(
    /^mnist\/\S+-ubyte\.gz: not an IDX file: it starts with 3c 21 64 6f/,
  );
});
