/** @file What experiments share, so that it is made once: trained networks. */
import type { Laboratory } from './laboratory.js';

const memories = new WeakMap<Laboratory, Map<string, Promise<unknown>>>();

/** What `make` made under this key the first time. What fails or is aborted is not kept. */
export function remembered<T>(laboratory: Laboratory, key: string, make: () => Promise<T>): Promise<T> {
  const memory = memoryOf(laboratory);
  const known = memory.get(key);
  if (known !== undefined) return known as Promise<T>;
  const made = make();
  memory.set(key, made);
  made.catch(() => memory.delete(key));
  return made;
}

function memoryOf(laboratory: Laboratory): Map<string, Promise<unknown>> {
  if (laboratory.memory) return laboratory.memory;
  const known = memories.get(laboratory) ?? new Map<string, Promise<unknown>>();
  memories.set(laboratory, known);
  return known;
}
