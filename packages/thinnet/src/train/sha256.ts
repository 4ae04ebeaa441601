/** @file SHA-256 of what a checkpoint holds and of what a run was made of. */
import { ThinnetError } from '../error.js';

/** Bytes are taken in pieces of this length, so that those in shared memory need no second copy of everything. */
const pieceLength = 2 ** 24;

/**
 * SHA-256 in hexadecimal.
 *
 * Errors: a page without https, where browsers have no SHA-256.
 */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  if (crypto.subtle === undefined)
    throw new ThinnetError(
      'checkpoints need SHA-256, which browsers have on pages with https, or on localhost; this page has neither: serve it so, or train without checkpoints',
    );
  // Digests are taken of unshared memory alone.
  const unshared = bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice();
  const digest = await crypto.subtle.digest('SHA-256', unshared as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const sha256OfText = (text: string): Promise<string> => sha256Hex(new TextEncoder().encode(text));

/** SHA-256 over the digests of an array's pieces. Errors: as `sha256Hex`. */
export async function sha256OfArray({ buffer, byteOffset, byteLength }: ArrayBufferView): Promise<string> {
  const digests: string[] = [];
  for (let at = 0; at === 0 || at < byteLength; at += pieceLength)
    digests.push(
      await sha256Hex(new Uint8Array(buffer, byteOffset + at, Math.min(pieceLength, byteLength - at))),
    );
  return sha256OfText(digests.join());
}
