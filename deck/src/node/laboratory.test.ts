/** @file The laboratory in Node: samples, another process, progress. */
import { dense, network, standardModel, writeModel } from 'thinnet';
import { describe, expect, it } from 'vitest';
import type { SampleName } from '../laboratory.js';
import { floats, numbersOf, runOnce } from '../run.js';
import { theLibrary } from '../subject.js';
import { nodeLaboratory } from './index.js';

const laboratory = nodeLaboratory();

describe('samples', () => {
  it.each<SampleName>(['mnist', 'fashion-mnist'])(
    '%s: 2,000 and 2,000 images, each class equally often',
    async (name) => {
      const { train, test } = await laboratory.sample(name);
      for (const { length, shape, features, labels, classes } of [train, test]) {
        expect({ length, shape, classes }).toEqual({ length: 2000, shape: [1, 28, 28], classes: 10 });
        expect(features.length).toBe(2000 * 784);
        expect(Math.max(...features.subarray(0, 784 * 20))).toBe(255);
        for (let c = 0; c < 10; c++) expect(labels.filter((label) => label === c).length).toBe(200);
      }
      expect(await laboratory.sample(name)).toBe(await laboratory.sample(name));
    },
  );
});

describe('another process', () => {
  const { graph } = network({ input: [3], seed: 2 }, dense(4));
  const input = { dims: [5, 3], data: Float32Array.from({ length: 15 }, (_, i) => Math.sin(i)) };

  it('gives the bits that the laboratory’s own runtime gives', async () => {
    const there = await laboratory.elsewhere?.(writeModel(standardModel(graph)), input);
    const here = numbersOf(await runOnce(laboratory, graph, { x: floats(input.dims, input.data) }), 'y');
    expect(there).toEqual(here);
  });

  it('says why it failed', async () => {
    await expect(laboratory.elsewhere?.(Uint8Array.of(1, 2, 3), input)).rejects.toThrow(
      /the other process ended with status 1: .*protobuf/is,
    );
  });
});

it('passes progress and the signal on, and examines the library unless told otherwise', () => {
  const seen: unknown[] = [];
  const { signal } = new AbortController();
  const other = nodeLaboratory({ onProgress: (...progress) => seen.push(progress), signal });
  other.progress(0.5, 'halfway');
  expect(seen).toEqual([[0.5, 'halfway']]);
  expect(other.signal).toBe(signal);
  expect(other.dropout).toBe(theLibrary);
});
