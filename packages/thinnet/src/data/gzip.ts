/** @file gzip (RFC 1952): bytes in, bytes out. */
import { firstLineOf, ThinnetError } from '../error.js';

/** Whether bytes start as a gzip file does: 1f 8b. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** DEFLATE cannot compress better than 1032 : 1, so a file that claims more lies about its length. */
const MAX_RATIO = 1032;

/** The uncompressed length (modulo 2^32) that the file's last four bytes state. */
function statedLength(bytes: Uint8Array): number {
  const end = bytes.byteOffset + bytes.byteLength;
  return new DataView(bytes.buffer, end - 4, 4).getUint32(0, true);
}

const plainBytes = (length: number): Uint8Array => new Uint8Array(length);

/**
 * Decompresses a gzip file of one or several members.
 *
 * @param bytes the file
 * @param source what to call it in an error, such as its path
 * @param create makes the array for the result; called with the length that the file states and, if that was
 *   wrong, with twice the length as often as needed
 *
 * Errors: bytes that aren't gzip, are corrupt, end too early, or are followed by others.
 */
export async function gunzip(
  bytes: Uint8Array,
  source = 'gzip data',
  create = plainBytes,
): Promise<Uint8Array> {
  if (!isGzip(bytes))
    throw new ThinnetError(`${source}: expected a gzip file (first bytes 1f 8b), found ${firstBytes(bytes)}`);
  if (bytes.length < 18)
    throw new ThinnetError(`${source}: truncated gzip file of ${bytes.length} bytes; get it again`);
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  // DecompressionStream takes no shared memory; the compressed bytes are the small part.
  const unshared = bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice();
  // A failure reaches the reader too; here it only must not go unhandled.
  const written = writer.write(unshared as Uint8Array<ArrayBuffer>).then(() => writer.close());
  written.catch(() => undefined);

  const reader = stream.readable.getReader();
  let result = create(Math.min(statedLength(bytes), bytes.length * MAX_RATIO));
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.length > result.length) {
        const longer = create(Math.max(length + value.length, 2 * result.length));
        longer.set(result.subarray(0, length));
        result = longer;
      }
      result.set(value, length);
      length += value.length;
    }
  } catch (error) {
    if (error instanceof ThinnetError) throw error;
    throw new ThinnetError(`${source}: corrupt or truncated gzip file (${firstLineOf(error)}); get it again`);
  }
  return result.subarray(0, length);
}

/** The first bytes in hexadecimal, for an error: `89 50 4e 47`. */
export const firstBytes = (bytes: Uint8Array, count = 4): string =>
  bytes.length === 0
    ? 'no bytes'
    : Array.from(bytes.subarray(0, count), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
