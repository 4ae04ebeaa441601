/** @file The checkpoint's container: what is written is read, what is broken is refused. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ThinnetError } from '../error.js';
import { readSafetensors, writeSafetensors } from './safetensors.js';

const floats = fc.float32Array({ maxLength: 20 });
const names = fc
  .string({ minLength: 1, maxLength: 12 })
  .filter((name) => name !== '__metadata__' && name !== '__proto__');

it('reads back every tensor bit for bit, and the metadata', () => {
  fc.assert(
    fc.property(fc.dictionary(names, floats), fc.dictionary(names, fc.string()), (tensors, metadata) => {
      const read = readSafetensors(writeSafetensors({ ...tensors }, { ...metadata }));
      expect(Object.keys(read.tensors).sort()).toEqual(Object.keys(tensors).sort());
      for (const [name, data] of Object.entries(tensors))
        expect(new Uint8Array((read.tensors[name] as Float32Array).buffer)).toEqual(
          new Uint8Array(data.slice().buffer),
        );
      expect({ ...read.metadata }).toEqual({ ...metadata });
    }),
  );
});

it('answers damaged bytes with a tensor set or a ThinnetError, never with another error', () => {
  const good = writeSafetensors({ w: Float32Array.of(1, 2, 3), b: Float32Array.of(4) }, { format: 'x' });
  fc.assert(
    fc.property(
      fc.nat(good.length),
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 }),
      (length, changes) => {
        const bytes = good.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        try {
          readSafetensors(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ThinnetError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
