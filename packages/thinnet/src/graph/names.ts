/** @file Free names: in a finished graph, and in one that is being built, with others around it and inside it. */
import type { Graph } from '../onnx/model.js';
import { allNames, outerReferences } from './subgraph.js';

/** Gives names that begin with a stem and that no value of the graph or of its subgraphs has; a name is given once. */
export function freshNames(graph: Graph): (stem: string) => string {
  const taken = new Set([...allNames(graph), ...outerReferences(graph)]);
  const suffixes = new Map<string, number>();
  return (stem) => {
    const name = firstFree(stem, suffixes, (tried) => taken.has(tried));
    taken.add(name);
    return name;
  };
}

/**
 * The first of stem, stem_1, stem_2, … that is not taken, as long as names stay taken. `suffixes` keeps which is the next
 * to try, as a graph of many time steps asks for the same stems over and over.
 */
function firstFree(stem: string, suffixes: Map<string, number>, isTaken: (name: string) => boolean): string {
  let next = suffixes.get(stem) ?? 0;
  let name: string;
  do {
    name = next === 0 ? stem : `${stem}_${next}`;
    next++;
  } while (isTaken(name));
  suffixes.set(stem, next);
  return name;
}

/** The names of a graph under construction. */
export class Names {
  readonly #taken = new Set<string>();
  /** Names that the subgraphs of this graph's nodes define. */
  readonly #inner = new Set<string>();
  /** Names in subgraphs still being built: those that nobody chose keep clear of them. */
  readonly #pending = new Set<string>();
  /** Names that `unique` gave out and that no value has yet. */
  readonly #reserved = new Set<string>();
  readonly #suffixes = new Map<string, number>();
  readonly #outer: Names | undefined;
  /** How many names became free again for graphs inside this one. */
  #freed = 0;
  /** `#freedAround()` when `#suffixes` began: names that are free again can be given once more. */
  #freedBefore = 0;

  /** `outer` are the names of the graph that will contain this one as a subgraph. */
  constructor(outer?: Names) {
    this.#outer = outer;
  }

  /** A free name that begins with `stem`; it is the caller's to use once. */
  unique(stem: string): string {
    const freed = this.#freedAround();
    if (freed !== this.#freedBefore) this.#suffixes.clear();
    this.#freedBefore = freed;
    const name = firstFree(stem, this.#suffixes, (tried) => this.isTaken(tried) || this.#pending.has(tried));
    this.#take(name);
    this.#reserved.add(name);
    return name;
  }

  /** Takes a name for a value; false where it is neither free nor given by `unique` for this. */
  claim(name: string): boolean {
    if (!this.#reserved.delete(name) && this.isTaken(name)) return false;
    this.#take(name);
    return true;
  }

  /** Takes a name for a value inside a subgraph of a finished node; false where a value around it has the name. */
  claimInside(name: string): boolean {
    if (this.#reserved.delete(name)) {
      this.#taken.delete(name);
      this.#freed++;
    }
    if (this.#isVisible(name)) return false;
    this.#inner.add(name);
    return true;
  }

  /** ONNX forbids a name inside a subgraph that is also used around it, before or after; two subgraphs may share names. */
  isTaken(name: string): boolean {
    return this.#inner.has(name) || this.#isVisible(name);
  }

  #isVisible(name: string): boolean {
    if (this.#taken.has(name)) return true;
    return this.#outer === undefined ? false : this.#outer.#isVisible(name);
  }

  #take(name: string): void {
    this.#taken.add(name);
    for (let outer = this.#outer; outer; outer = outer.#outer) outer.#pending.add(name);
  }

  #freedAround(): number {
    return this.#outer === undefined ? 0 : this.#outer.#freed + this.#outer.#freedAround();
  }
}
