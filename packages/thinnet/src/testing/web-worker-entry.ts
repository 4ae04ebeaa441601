/** @file A page's own worker: the training worker, and how it draws the table of masks. */
import * as thinnet from 'thinnet';
import 'thinnet/web/worker';
import { drawEntry, type MaskDigest } from './mask-digests.js';

async function digests(entries: readonly MaskDigest[]): Promise<readonly string[]> {
  const hex = (bytes: ArrayBuffer) =>
    Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return Promise.all(
    entries.map(async (entry) => hex(await crypto.subtle.digest('SHA-256', drawEntry(thinnet, entry)))),
  );
}

export type WorkerTests = { readonly digests: typeof digests };
Object.assign(globalThis, { workerTests: { digests } });
