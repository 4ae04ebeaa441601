/** @file The digest by which a run knows its data again. */
import { createHash } from 'node:crypto';
import { type Dataset, isTextDataset, type Split, vocabularyToJson } from 'thinnet';

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/**
 * SHA-256 over shapes, features and labels of both sets, of texts over vocabulary and classes too, which config.json has for those
 * who use the network elsewhere. Other names do not count: the digest of a run that is gone on with must stay what it was.
 */
export function digestOf({ train, test }: Split): string {
  const hash = createHash('sha256');
  for (const { length, shape, classes, features, labels } of [train, test] as readonly Dataset[]) {
    hash.update(JSON.stringify({ length, shape, classes }));
    hash.update(bytesOf(features));
    hash.update(bytesOf(labels));
  }
  if (isTextDataset(train))
    hash.update(vocabularyToJson(train.vocabulary)).update(JSON.stringify(train.classNames));
  return `sha256:${hash.digest('hex')}`;
}
