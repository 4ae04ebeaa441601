/** @file Tells whether bytes are an ONNX file, and what else they look like. */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { ThinnetError } from '../error.js';
import { IR_VERSION_FIELD, modelWireTypes } from './schema.js';

interface Format {
  readonly name: string;
  /** Begins at `at`, 0 unless given; each character is a byte. */
  readonly magic: string;
  readonly at?: number;
}

/** What people take for ONNX files, most telling first. No ONNX file begins like this: a tag is never 0. */
const formats: readonly Format[] = [
  { name: 'a PNG image', magic: '\x89PNG' },
  { name: 'a JPEG image', magic: '\xff\xd8\xff' },
  { name: 'gzip data; decompress it first', magic: '\x1f\x8b' },
  { name: 'Zstandard data; decompress it first', magic: '\x28\xb5\x2f\xfd' },
  {
    name: 'a zip archive, such as PyTorch (.pt), Keras (.keras) or NumPy (.npz) files; export the model to ONNX',
    magic: 'PK\x03\x04',
  },
  { name: 'an HDF5 file, such as Keras saves; export the model to ONNX', magic: '\x89HDF' },
  { name: 'a Python pickle, such as PyTorch saved; export the model to ONNX', magic: '\x80\x02' },
  { name: 'a Python pickle; export the model to ONNX', magic: '\x80\x04' },
  { name: 'a TensorFlow Lite model; convert it to ONNX', magic: '\0\0TFL3', at: 2 },
  { name: 'an ONNX Runtime (.ort) model; use the .onnx file it was made from', magic: '\0\0ORTM', at: 2 },
  { name: 'a NumPy array', magic: '\x93NUMPY' },
  { name: 'a safetensors file; it holds weights without a graph', magic: '\0\0\0\0{"', at: 4 },
  { name: 'a GGUF file', magic: 'GGUF' },
  { name: 'a PDF document', magic: '%PDF' },
  { name: 'an XML or HTML page', magic: '<' },
  { name: 'a Git LFS pointer; fetch the real file with `git lfs pull`', magic: 'version https://git-lfs' },
  { name: 'JSON text', magic: '{' },
  { name: 'JSON text', magic: '[' },
];

/** Throws a `ThinnetError` that says what the bytes are, unless they have the outline of a whole ONNX file. */
export function requireOnnx(bytes: Uint8Array): void {
  const size = `${bytes.length} byte${bytes.length === 1 ? '' : 's'}`;
  if (bytes.length === 0)
    throw new ThinnetError('the ONNX file is empty (0 bytes); write it again or get a fresh copy');
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  const format = formats.find(({ magic, at = 0 }) => start.startsWith(magic, at));
  if (format) throw new ThinnetError(`this is not an ONNX file: its ${size} look like ${format.name}`);
  const expected = outlineOf(bytes);
  if (expected === undefined) {
    const looks = isText(bytes.subarray(0, 512))
      ? 'look like plain text'
      : 'follow no format that is known here';
    throw new ThinnetError(`this is not an ONNX file: its ${size} ${looks}`);
  }
  if (expected > bytes.length)
    throw new ThinnetError(
      `the ONNX file is truncated: ${size} came, at least ${expected} were expected; get a fresh copy`,
    );
}

/** UTF-8 without control characters but white space: an ONNX file has one at its start. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * The length that the outermost fields add up to, which exceeds the number of bytes where the file is truncated;
 * undefined where the bytes cannot be a ModelProto: it holds a field in a form of another, or no IR version.
 */
function outlineOf(bytes: Uint8Array): number | undefined {
  const reader = new BinaryReader(bytes);
  let versioned = false;
  try {
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      if (modelWireTypes.has(number) && modelWireTypes.get(number) !== wireType) return undefined;
      versioned ||= number === IR_VERSION_FIELD;
      if (wireType !== WireType.LengthDelimited) {
        reader.skip(wireType, number);
        continue;
      }
      const length = reader.uint32();
      reader.pos += length;
      if (reader.pos > reader.len) break;
    }
  } catch (error) {
    if (!versioned) return undefined;
    return error instanceof RangeError ? bytes.length + 1 : bytes.length; // damage is for the decoder to report
  }
  return versioned ? reader.pos : undefined;
}
