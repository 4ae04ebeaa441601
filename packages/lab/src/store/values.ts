/** @file Small values that pages keep in the database, each under a name such as `deck.progress`. */
import { database } from './database.js';

/** What is kept under a name; undefined where nothing is. */
export async function getValue(name: string): Promise<unknown> {
  return (await database()).get('values', name);
}

export async function putValue(name: string, value: unknown): Promise<void> {
  await (await database()).put('values', value, name);
}

/** All values whose name begins so, by the rest of their names. */
export async function valuesUnder(prefix: string): Promise<ReadonlyMap<string, unknown>> {
  const store = (await database()).transaction('values').store;
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const [names, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  return new Map(names.map((name, i) => [name.slice(prefix.length), values[i]]));
}

/** Replaces a value by what `change` makes of it, so that two windows do not undo each other's changes. */
export async function updateValue<T>(name: string, change: (value: unknown) => T): Promise<T> {
  const transaction = (await database()).transaction('values', 'readwrite');
  const value = change(await transaction.store.get(name));
  await transaction.store.put(value, name);
  await transaction.done;
  return value;
}
