/** @file One attribute of a node, between its AttributeProto and plain data. */
import { ThinnetError } from '../error.js';
import { attributeKinds, kindOf, type Readers, type Writers } from './attribute-kinds.js';
import type { Attribute, AttributeValue } from './model.js';
import { type AttributeProto, attributeProto, REFERENCE } from './schema.js';
import { decode, encode, rest } from './wire.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads an encoded AttributeProto; `owner` names the node in errors. */
export function readAttribute(
  bytes: Uint8Array,
  owner: string,
  readers: Readers,
): readonly [name: string, attribute: Attribute] {
  const proto = decode(attributeProto, bytes, { name: `${owner}: attribute` });
  const name = proto.name ?? '';
  if (name === '') throw new ThinnetError(`${owner}: an attribute has no name; the file is damaged`);
  const what = `${owner}: attribute "${name}"`;
  const kind = kindOf(proto);
  if (kind === undefined || isReference(proto) || !isText(proto, kind))
    return [name, { type: 'opaque', value: bytes }];
  const { field, read } = attributeKinds[kind];
  const value = read(proto, what, readers);
  if (value === undefined)
    throw new ThinnetError(`${what} is of type ${kind} and holds none; the file is damaged`);
  const unknown = rest(attributeProto, proto, ['name', 'type', field]);
  return [name, { type: kind, value, ...(unknown.length > 0 && { unknown }) } as Attribute];
}

/** Encodes an attribute as an AttributeProto. */
export function writeAttribute(
  name: string,
  attribute: Attribute,
  owner: string,
  writers: Writers,
): Uint8Array {
  if (attribute.type === 'opaque') return attribute.value;
  const { code, write } = attributeKinds[attribute.type] as {
    code: number;
    write(value: AttributeValue['value'], what: string, writers: Writers): AttributeProto;
  };
  const value = write(attribute.value, `${owner}: attribute "${name}"`, writers);
  const unknown = attribute.unknown && { unknown: attribute.unknown };
  return encode(attributeProto, { ...value, name, type: code, ...unknown }).concat();
}

const isReference = (proto: AttributeProto): boolean =>
  proto.unknown?.some(({ number }) => number === REFERENCE) ?? false;

/** Some operators keep bytes in their strings; those stay as they are. */
function isText(proto: AttributeProto, kind: AttributeValue['type']): boolean {
  const texts =
    kind === 'string' ? [proto.s ?? new Uint8Array()] : kind === 'strings' ? (proto.strings ?? []) : [];
  try {
    for (const text of texts) utf8.decode(text);
    return true;
  } catch {
    return false;
  }
}
