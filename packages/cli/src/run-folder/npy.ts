/** @file Writes a float32 matrix as an NPY file, which NumPy loads. */

/** Version 1.0 of the NPY format; values row-major [rows, columns]. */
export function npyMatrix(values: Float32Array, rows: number): Uint8Array {
  const shape = `(${rows}, ${values.length / rows})`;
  const prefixLength = 10;
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = `${header.padEnd(Math.ceil((prefixLength + header.length + 1) / 64) * 64 - prefixLength - 1)}\n`;
  const bytes = Buffer.alloc(prefixLength + padded.length + values.byteLength);
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(padded.length, 8);
  bytes.write(padded, prefixLength, 'latin1');
  const body = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  bytes.set(body, prefixLength + padded.length);
  return bytes;
}
