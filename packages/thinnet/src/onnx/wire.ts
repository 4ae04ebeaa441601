/** @file Decodes and encodes protobuf messages by tables of their fields; what no table names is kept. */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { ThinnetError } from '../error.js';
import type { UnknownField } from './model.js';
import { Output } from './output.js';

/** What every decoded message has: the fields that its table does not name, in file order. */
export interface Wire {
  readonly unknown?: readonly UnknownField[];
}

/** Where in the file a message lies; rendered only in errors. */
export interface Place {
  readonly name: string;
  readonly parent?: Place;
}

/** How one field is read and written. */
export interface Field<V> {
  readonly number: number;
  /** Whether the field is read from this wire type; otherwise the occurrence is kept as an unknown field. */
  accepts(wireType: WireType): boolean;
  /** Reads one occurrence behind its tag; `before` is what earlier occurrences gave. */
  read(reader: BinaryReader, wireType: WireType, before: V | undefined, place: Place): V;
  /** Writes all occurrences, tags included. */
  write(out: Output, value: V): void;
}

/** The table of a message: a field for each property of its record. */
export interface Message<T extends Wire> {
  readonly name: string;
  readonly fields: { readonly [K in Exclude<keyof T, 'unknown'>]-?: Field<Exclude<T[K], undefined>> };
}

/** Messages in messages, at most; the limit that protobuf's own readers have. */
const MAX_DEPTH = 100;

type Entry = readonly [key: string, field: Field<unknown>];
const indexes = new WeakMap<object, ReadonlyMap<number, Entry>>();

function indexOf(message: Message<never>): ReadonlyMap<number, Entry> {
  const known = indexes.get(message);
  if (known) return known;
  const entries = Object.entries(message.fields) as unknown as Entry[];
  const index = new Map(entries.map((entry) => [entry[1].number, entry]));
  indexes.set(message, index);
  return index;
}

/** `graph.node[3].attribute` */
function showPlace(place: Place): string {
  return place.parent ? `${showPlace(place.parent)}.${place.name}` : place.name;
}

function depthOf(place: Place): number {
  return place.parent ? depthOf(place.parent) + 1 : 1;
}

/** Decodes a message; `into` is an earlier occurrence of the same field, which protobuf merges. */
export function decode<T extends Wire>(
  message: Message<T>,
  bytes: Uint8Array,
  place: Place = { name: message.name },
  into?: T,
): T {
  if (depthOf(place) > MAX_DEPTH)
    throw new ThinnetError(
      `the ONNX file nests more than ${MAX_DEPTH} messages, which is not supported; flatten it`,
    );
  const index = indexOf(message as unknown as Message<never>);
  const record: Record<string, unknown> = { ...into };
  const unknown: UnknownField[] = [...(into?.unknown ?? [])];
  const reader = new BinaryReader(bytes);
  let at = place;
  try {
    while (reader.pos < reader.len) {
      at = place;
      const [number, wireType] = reader.tag();
      const entry = index.get(number);
      if (entry?.[1].accepts(wireType)) {
        const [key, field] = entry;
        at = { name: key, parent: place };
        record[key] = field.read(reader, wireType, record[key], at);
      } else unknown.push({ number, wireType, bytes: reader.skip(wireType, number) });
    }
  } catch (error) {
    if (error instanceof ThinnetError) throw error;
    throw new ThinnetError(
      `the ONNX file is damaged at ${showPlace(at)} (${(error as Error).message}); get a fresh copy`,
    );
  }
  if (unknown.length > 0) record.unknown = unknown;
  return record as unknown as T;
}

/** Encodes a message: known fields in the table's order, then unknown ones in theirs. */
export function encode<T extends Wire>(message: Message<T>, record: T): Output {
  const out = new Output();
  for (const [key, field] of Object.entries(message.fields) as unknown as Entry[]) {
    const value = (record as Record<string, unknown>)[key];
    if (value !== undefined) field.write(out, value);
  }
  for (const { number, wireType, bytes } of record.unknown ?? []) {
    out.writer.tag(number, wireType as WireType);
    out.writer.raw(bytes);
  }
  return out;
}

/** What a record holds beyond the fields named `used`, as unknown fields: nothing that was read gets lost. */
export function rest<T extends Wire>(
  message: Message<T>,
  record: T,
  used: readonly (keyof T)[],
): readonly UnknownField[] {
  const left: Record<string, unknown> = { ...(record as Record<string, unknown>) };
  for (const key of used) delete left[key as string];
  if (Object.keys(left).every((key) => key === 'unknown')) return record.unknown ?? [];
  return (
    decode<Wire>({ name: message.name, fields: {} }, encode(message, left as unknown as T).concat())
      .unknown ?? []
  );
}

/** The messages among unknown fields of that number. */
export const messagesOf = (unknown: readonly UnknownField[] | undefined, number: number): Uint8Array[] =>
  (unknown ?? [])
    .filter((field) => field.number === number && field.wireType === WireType.LengthDelimited)
    .map(({ bytes }) => new BinaryReader(bytes).bytes());

/** A message as an unknown field of that number. */
export function asUnknown(number: number, message: Uint8Array): UnknownField {
  const out = new Output();
  out.bytes(message);
  return { number, wireType: WireType.LengthDelimited, bytes: out.concat() };
}
