/** @file Collects an encoded message as chunks: a large tensor is copied once, when the file is put together. */
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { ThinnetError } from '../error.js';

/** Byte strings shorter than this are copied into the running chunk. */
const COPY_BELOW = 4096;
/** Protobuf's limit on a message: readers refuse anything longer. */
const MAX_BYTES = 2 ** 31 - 1;

/** Encoded bytes in pieces, and their sum. */
export interface Chunks {
  readonly parts: readonly Uint8Array[];
  readonly size: number;
}

export class Output {
  /** Takes tags and small values. */
  readonly writer = new BinaryWriter();
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  /** Writes a length and the bytes; the bytes must not change until the file is put together. */
  bytes(value: Uint8Array): void {
    if (value.length < COPY_BELOW) {
      this.writer.bytes(value);
      return;
    }
    this.#length(value.length);
    this.#flush();
    this.#push(value);
  }

  /** Writes a length and an inner message. */
  message(inner: Output): void {
    const { parts, size } = inner.close();
    this.#length(size);
    if (size < COPY_BELOW) {
      for (const part of parts) this.writer.raw(part);
      return;
    }
    this.#flush();
    for (const part of parts) this.#push(part);
  }

  /** Ends the writing. */
  close(): Chunks {
    this.#flush();
    return { parts: this.#parts, size: this.#size };
  }

  /** Ends the writing and gives the bytes in one piece. */
  concat(): Uint8Array {
    const { parts, size } = this.close();
    this.#limit(size);
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  #length(size: number): void {
    this.#limit(size);
    this.writer.uint32(size);
  }

  #limit(size: number): void {
    if (size > MAX_BYTES)
      throw new ThinnetError(
        `the model takes ${size} bytes or more; an ONNX file holds at most ${MAX_BYTES}: use fewer parameters`,
      );
  }

  #flush(): void {
    this.#push(this.writer.finish());
  }

  #push(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#parts.push(part);
    this.#size += part.length;
  }
}
