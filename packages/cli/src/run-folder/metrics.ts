/** @file The file metrics.jsonl: lines are added while arms and seeds train, and set right when they are gone on with. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { type MetricsLine, parseMetricsLine } from 'thinnet-runs';
import { writeAtomically } from './atomic.js';
import { readIfThere } from './read.js';

const keyOf = ({ arm, seed, epoch }: Pick<MetricsLine, 'arm' | 'seed' | 'epoch'>) =>
  JSON.stringify([arm, seed, epoch]);

/**
 * The file of metrics. What it should say is known from elsewhere (results and checkpoints), so a torn or foreign
 * line is no loss: `settle` writes the pair's lines anew.
 */
export class MetricsFile {
  readonly #path: string;
  #lines: Map<string, string>;
  #descriptor: number;
  /** Lines that wait until the file is written anew; undefined while it is not. */
  #waiting: string[] | undefined;
  /** Ends when the last rewriting does. */
  #rewriting: Promise<void> = Promise.resolve();

  private constructor(path: string, lines: Map<string, string>) {
    this.#path = path;
    this.#lines = lines;
    this.#descriptor = openSync(path, 'a');
  }

  /** Opens the file; lines that are torn, unreadable or double are removed from it. */
  static async open(path: string): Promise<MetricsFile> {
    const text = (await readIfThere(path))?.toString('utf8') ?? '';
    const lines = new Map<string, string>();
    for (const line of text.split('\n').slice(0, -1)) {
      const read = parseMetricsLine(line);
      if (read !== undefined && !lines.has(keyOf(read))) lines.set(keyOf(read), line);
    }
    if (text !== joined(lines)) await writeAtomically(path, joined(lines));
    return new MetricsFile(path, lines);
  }

  /** Adds an epoch's line, unless the file has it. */
  append(line: MetricsLine): void {
    const key = keyOf(line);
    if (this.#lines.has(key)) return;
    const text = JSON.stringify(line);
    this.#lines.set(key, text);
    if (this.#waiting === undefined) writeSync(this.#descriptor, `${text}\n`);
    else this.#waiting.push(text);
  }

  /**
   * Makes the lines of an arm and seed exactly these; the file is written anew only where they differ. Meanwhile lines of other
   * arms and seeds may be added.
   */
  settle(arm: string, seed: number, lines: readonly MetricsLine[]): Promise<void> {
    const settled = this.#rewriting.then(() => this.#settle(arm, seed, lines));
    // An error is the caller's; who comes next begins anew.
    this.#rewriting = settled.catch(() => undefined);
    return settled;
  }

  async #settle(arm: string, seed: number, lines: readonly MetricsLine[]): Promise<void> {
    const wanted = new Map(lines.map((line) => [keyOf(line), JSON.stringify(line)]));
    const prefix = JSON.stringify([arm, seed]).slice(0, -1);
    const present = [...this.#lines].filter(([key]) => key.startsWith(`${prefix},`));
    if (present.length === wanted.size && present.every(([key, text]) => wanted.get(key) === text)) return;
    const others = [...this.#lines].filter(([key]) => !key.startsWith(`${prefix},`));
    this.#lines = new Map([...others, ...wanted]);
    this.#waiting = [];
    try {
      await writeAtomically(this.#path, joined(this.#lines));
    } finally {
      // Of the new file, or of the old one where that could not be replaced.
      const descriptor = openSync(this.#path, 'a');
      closeSync(this.#descriptor);
      this.#descriptor = descriptor;
      for (const text of this.#waiting) writeSync(descriptor, `${text}\n`);
      this.#waiting = undefined;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

const joined = (lines: ReadonlyMap<string, string>): string =>
  [...lines.values()].map((line) => `${line}\n`).join('');
