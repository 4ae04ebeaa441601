/** @file The header of an NPY file: a Python dictionary that says element type, order and shape. */
import { ThinnetError } from '../error.js';

export interface NpyHeader {
  /** NumPy's element type with its byte order, such as `<f4`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the elements start, in bytes. */
  readonly start: number;
}

/** The dictionary as NumPy writes it: these three keys, in any order and each once. */
const entries: Readonly<Record<string, RegExp>> = {
  descr: /^'descr': *('[^'\\]*'|"[^"\\]*")$/,
  fortran_order: /^'fortran_order': *(True|False)$/,
  shape: /^'shape': *\(([^()]*)\)$/,
};

/** Splits `{'a': (1, 2), 'b': 3, }` at the commas outside brackets. */
function splitEntries(dictionary: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < dictionary.length; i++) {
    const char = dictionary[i] as string;
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === ',' && depth === 0) {
      parts.push(dictionary.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(dictionary.slice(from));
  return parts.map((part) => part.trim().replace(/^"(\w+)":/, "'$1':")).filter((part) => part !== '');
}

/** The lengths in `3, 4` or `5,` (Python 2 wrote `5L`); undefined for anything else. */
function parseShape(tuple: string | undefined): number[] | undefined {
  const parts = tuple?.split(',').map((part) => part.trim());
  if (parts?.at(-1) === '') parts.pop();
  return parts?.every((part) => /^\d+L?$/.test(part))
    ? parts.map((part) => Number.parseInt(part, 10))
    : undefined;
}

/**
 * Reads the header of a file whose first six bytes are NPY's. Version 1.0 has a 16-bit header length, 2.0 and 3.0 a
 * 32-bit one.
 *
 * Errors: another version; a truncated header; a header that isn't the three-entry dictionary.
 */
export function parseNpyHeader(bytes: Uint8Array, source: string): NpyHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [major, minor] = [bytes[6], bytes[7]];
  const lengthBytes = major === 1 ? 2 : 4;
  if (bytes.length < 8 + lengthBytes)
    throw new ThinnetError(
      `${source}: truncated: an NPY header has at least ${8 + lengthBytes} bytes, found ${bytes.length}`,
    );
  if (!(major === 1 || major === 2 || major === 3) || minor !== 0)
    throw new ThinnetError(`${source}: NPY version ${major}.${minor}; versions 1.0, 2.0 and 3.0 can be read`);
  const from = 8 + lengthBytes;
  const start = from + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < start)
    throw new ThinnetError(
      `${source}: truncated: the NPY header ends at byte ${start}, found ${bytes.length}`,
    );
  // slice, not subarray: TextDecoder takes no shared memory.
  const text = new TextDecoder().decode(bytes.slice(from, Math.min(start, from + MAX_HEADER))).trim();
  const parts = text.startsWith('{') && text.endsWith('}') ? splitEntries(text.slice(1, -1)) : [];
  const found = Object.values(entries).map((pattern) =>
    parts.map((part) => pattern.exec(part)?.[1]).find((value) => value !== undefined),
  );
  const [descr, order, tuple] = found;
  const shape = parseShape(tuple);
  if (parts.length !== 3 || descr === undefined || order === undefined || shape === undefined) {
    const expected = "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)}";
    throw new ThinnetError(
      `${source}: NPY header is ${JSON.stringify(text.slice(0, 100))}; expected the like of ${expected}`,
    );
  }
  return {
    descr: descr.slice(1, -1),
    fortranOrder: order === 'True',
    shape,
    start,
  };
}

/** Far longer than any header of a plain element type; those of structured types end in an error anyway. */
const MAX_HEADER = 65_536;
