/** @file A fixed set of masks of every kind: their bits are a contract, the same in every version and every engine. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawEntry, type MaskDigest } from '../testing/mask-digests.js';
import type { NoiseKernels } from './draws.js';
import { defaultKernels } from './kernels/simd.js';
import { fillNoise, kinds } from './kinds.js';
import { referenceKernels } from './reference.js';

const table: readonly MaskDigest[] = JSON.parse(
  readFileSync(new URL('../testing/mask-digests.json', import.meta.url), 'utf8'),
);

const drawn = (kernels?: NoiseKernels): readonly MaskDigest[] =>
  table.map((entry) => {
    const { buffer } = drawEntry({ fillNoise }, entry, kernels);
    return { ...entry, sha256: createHash('sha256').update(new Uint8Array(buffer)).digest('hex') };
  });

it('is of all kinds', () => {
  expect(new Set(table.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
});

it('is drawn by the kernels that are taken unless told otherwise, which are SIMD here', () => {
  expect(defaultKernels().name).toBe('wasm-simd');
  expect(drawn()).toEqual(table);
});

it('is drawn by the plain TypeScript', () => {
  expect(drawn(referenceKernels)).toEqual(table);
});
