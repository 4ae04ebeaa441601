import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ThinnetError } from '../error.js';
import { gunzip, isGzip } from './gzip.js';
import { sharedUint8 } from './shared.js';

const compress = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes));

describe('gunzip', () => {
  test('returns what was compressed, in the memory that it is given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const result = await gunzip(compress(bytes), 'file', sharedUint8);
        expect(result).toEqual(bytes);
        expect(result.buffer).toBeInstanceOf(SharedArrayBuffer);
      }),
      { numRuns: 30 },
    );
  });

  test('takes bytes in shared memory', async () => {
    const file = compress(Uint8Array.of(1, 2, 3));
    const shared = sharedUint8(file.length);
    shared.set(file);
    expect(await gunzip(shared)).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('joins the members of a file, whose stated length is that of the last', async () => {
    const long = new Uint8Array(9_000).fill(3);
    const short = Uint8Array.of(1, 2);
    const joined = await gunzip(new Uint8Array([...compress(long), ...compress(short)]));
    expect(joined).toEqual(new Uint8Array([...long, ...short]));
  });

  test('a file cut anywhere is an error that names it', async () => {
    const whole = compress(Uint8Array.from({ length: 3000 }, (_, i) => (i * i) % 251));
    for (let length = 2; length < whole.length; length += 97)
      await expect(gunzip(whole.subarray(0, length), 'a.gz')).rejects.toThrow(
        /^a\.gz: .*truncated gzip file/,
      );
  });

  test('wrong checksums, trailing bytes and other formats are errors', async () => {
    const whole = compress(new Uint8Array(1000));
    const wrongSum = whole.slice();
    wrongSum[wrongSum.length - 6]! ^= 1;
    await expect(gunzip(wrongSum, 'a.gz')).rejects.toThrow('a.gz: corrupt or truncated gzip file');
    await expect(gunzip(new Uint8Array([...whole, 9, 9, 9]), 'a.gz')).rejects.toThrow('a.gz: corrupt');
    await expect(gunzip(Uint8Array.of(0x50, 0x4b, 3, 4), 'a.gz')).rejects.toThrow(
      'a.gz: expected a gzip file (first bytes 1f 8b), found 50 4b 03 04',
    );
    await expect(gunzip(new Uint8Array(0), 'a.gz')).rejects.toThrow('found no bytes');
  });

  test('hostile bytes after the magic number end in a ThinnetError and ask for no more memory than deflate can fill', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (tail) => {
        const asked: number[] = [];
        const file = new Uint8Array([0x1f, 0x8b, 8, 0, ...tail]);
        const create = (length: number): Uint8Array => {
          asked.push(length);
          return new Uint8Array(length);
        };
        const outcome = await gunzip(file, 'a.gz', create).catch((error: unknown) => error);
        expect(outcome).toBeInstanceOf(ThinnetError);
        expect(Math.max(0, ...asked)).toBeLessThanOrEqual(1032 * file.length);
      }),
    );
  });

  test('isGzip looks at the first two bytes', () => {
    expect(isGzip(Uint8Array.of(0x1f, 0x8b))).toBe(true);
    expect(isGzip(Uint8Array.of(0x1f))).toBe(false);
  });
});
