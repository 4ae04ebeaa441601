/** @file The safetensors format, as far as checkpoints need it: float32 vectors and string metadata. */
import { ThinnetError } from '../error.js';

type Tensors = Readonly<Record<string, Float32Array>>;
type Metadata = Readonly<Record<string, string>>;

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const metadataKey = '__metadata__';

/** Layout: u64 length of the header, the header as JSON padded with spaces to 8 bytes, the tensors' bytes. */
export function writeSafetensors(tensors: Tensors, metadata: Metadata): Uint8Array {
  const header: Record<string, Entry | Metadata> = { [metadataKey]: metadata };
  let end = 0;
  for (const [name, { length }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape: [length], data_offsets: [end, end + length * 4] };
    end += length * 4;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + end).fill(0x20, 8, 8 + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(json, 8);
  let at = 8 + padded;
  for (const data of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** Errors: bytes that are not of the format, or cut short. */
export function readSafetensors(bytes: Uint8Array): {
  readonly tensors: Tensors;
  readonly metadata: Metadata;
} {
  const { header, body } = readHeader(bytes);
  const tensors: Record<string, Float32Array> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === metadataKey) continue;
    const [from, to] = checkEntry(name, entry as Entry, body.byteLength);
    tensors[name] = new Float32Array(body.slice(from, to).buffer);
  }
  return { tensors, metadata: (header[metadataKey] ?? {}) as Metadata };
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; body: Uint8Array } {
  if (bytes.length < 8) throw new ThinnetError(`corrupt: ${bytes.length} bytes are too few for a checkpoint`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8)
    throw new ThinnetError(`corrupt: the header claims ${length} bytes, the file has ${bytes.length}`);
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    if (typeof header === 'object' && header !== null)
      return { header: header as Record<string, unknown>, body: bytes.subarray(8 + length) };
  } catch {
    // falls through to the error below
  }
  throw new ThinnetError('corrupt: its header cannot be read');
}

function checkEntry(
  name: string,
  entry: Partial<Entry> | undefined,
  size: number,
): readonly [number, number] {
  const [from, to] = entry?.data_offsets ?? [];
  const fits = entry?.dtype === 'F32' && Number.isSafeInteger(from) && Number.isSafeInteger(to);
  if (!fits || from === undefined || to === undefined || from < 0 || from > to || (to - from) % 4 !== 0)
    throw new ThinnetError(`corrupt: the entry of tensor "${name}" makes no sense`);
  if (to > size)
    throw new ThinnetError(
      `corrupt: tensor "${name}" ends at byte ${to}, the file has ${size}; it was cut short`,
    );
  return [from, to];
}
