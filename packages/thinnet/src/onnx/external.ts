/** @file Tensors whose bytes lie in other files beside the model's. */
import { firstLineOf, ThinnetError } from '../error.js';
import type { ExternalBytes } from './tensor.js';

/** Gives the bytes of a file by its path, which is relative to the folder of the model's file and stays within it. */
export type ReadExternal = (location: string) => Uint8Array;

/** Gives the bytes of tensors in other files; each file is asked for once. */
export function externalReader(read: ReadExternal | undefined): ExternalBytes {
  const files = new Map<string, Uint8Array>();
  return (proto, what, size) => {
    const entries = new Map((proto.externalData ?? []).map(({ key = '', value = '' }) => [key, value]));
    const location = entries.get('location') ?? '';
    if (location === '')
      throw new ThinnetError(
        `${what} is kept in another file, but the model does not say which; the file is damaged`,
      );
    if (read === undefined)
      throw new ThinnetError(
        `${what} is kept in the file ${JSON.stringify(location)}; give readModel an \`external\` that reads it, or save the model in one file`,
      );
    requireInside(location, what);
    const bytes = files.get(location) ?? open(read, location, what);
    files.set(location, bytes);
    const offset = count(entries.get('offset'), 'offset', what) ?? 0;
    const length = count(entries.get('length'), 'length', what) ?? size;
    if (length !== size)
      throw new ThinnetError(
        `${what} takes ${size} bytes, but the model says that ${JSON.stringify(location)} holds ${length}`,
      );
    if (offset + length > bytes.length)
      throw new ThinnetError(
        `${what} lies in bytes ${offset} to ${offset + length} of ${JSON.stringify(location)}, which has only ${bytes.length}; get a fresh copy`,
      );
    return bytes.subarray(offset, offset + length);
  };
}

/** A model must not make its reader open files elsewhere. */
function requireInside(location: string, what: string): void {
  if (/^[/\\]|^[a-z]+:|\\|\0/i.test(location) || location.split('/').includes('..'))
    throw new ThinnetError(
      `${what} is kept in ${JSON.stringify(location)}, outside the model's folder; move it there and correct the model`,
    );
}

function open(read: ReadExternal, location: string, what: string): Uint8Array {
  try {
    return read(location);
  } catch (error) {
    if (error instanceof ThinnetError) throw error;
    throw new ThinnetError(
      `${what} is kept in ${JSON.stringify(location)}, which could not be read: ${firstLineOf(error)}`,
      { cause: error },
    );
  }
}

function count(value: string | undefined, key: string, what: string): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number))
    throw new ThinnetError(
      `${what} has the external ${key} ${JSON.stringify(value)}, which is no whole number; the file is damaged`,
    );
  return number;
}
