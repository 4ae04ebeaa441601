/** @file What the tests run inside a browser: the built library, all of it, and how it draws the table of masks. */
import * as thinnet from 'thinnet';
import { exampleModel } from './example-model.js';
import { drawEntry, type MaskDigest } from './mask-digests.js';

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

const sha256 = async (bytes: BufferSource): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', bytes));

/** The kernels' name and the digest of each mask; by the plain TypeScript, or by what the library takes unless told otherwise. */
async function digests(entries: readonly MaskDigest[], by: 'default' | 'reference') {
  const kernels = by === 'reference' ? thinnet.referenceKernels : undefined;
  return {
    kernels: (kernels ?? thinnet.defaultKernels()).name,
    digests: await Promise.all(entries.map((entry) => sha256(drawEntry(thinnet, entry, kernels)))),
  };
}

/** The digest of a network's ONNX file for inference: layers, initial weights and writing in one number. */
const modelDigest = (): Promise<string> => sha256(exampleModel(thinnet));

/** The library whole, so that no part of it is left out of the bundle. */
const tests = { thinnet, digests, modelDigest };
export type BrowserTests = typeof tests;
Object.assign(globalThis, { thinnetTests: tests });
