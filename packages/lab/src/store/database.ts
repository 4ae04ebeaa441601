/** @file What the lab keeps between visits, in IndexedDB: runs, their checkpoints, and the visitor's own files. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Epoch } from 'thinnet';

/** `running` also after a reload or a crash in the middle: such a run can be resumed. */
export type RunStatus = 'running' | 'finished' | 'stopped';

/** An arm of a run: how it was written, and how far it came. */
export interface ArmRecord {
  /** For people: `dropout 0.5`. */
  readonly label: string;
  readonly history: readonly Epoch[];
  /** Why it could not go on, where it could not. */
  readonly failed?: string;
  /** Parameters and statistics at the end, by name; once the run has ended. */
  readonly parameters?: Readonly<Record<string, Float32Array>>;
  /** The mean program at the end: an ONNX file without a trace of dropout. */
  readonly model?: Uint8Array;
}

export interface RunRecord {
  readonly id: string;
  /** The settings as the Train page's address has them: the query of `#/train?…`. */
  readonly query: string;
  /** One line: `MNIST, 1000 examples, dense 256-256: no dropout, dropout 0.5; 20 epochs, seed 1`. */
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly updated: number;
  readonly status: RunStatus;
  /** Where it ran: `WebAssembly, 2 threads`. */
  readonly where: string;
  readonly epochs: number;
  readonly arms: readonly ArmRecord[];
}

/** A CSV file that a visitor gave, by its SHA-256. */
export interface FileRecord {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** When it was last kept or read, in milliseconds since 1970. */
  readonly used: number;
}

interface Schema extends DBSchema {
  readonly runs: { key: string; value: RunRecord; indexes: { readonly updated: number } };
  /** Keys are `run id/arm number`. */
  readonly checkpoints: { key: string; value: Uint8Array };
  readonly files: { key: string; value: FileRecord };
  /** Small values of other pages, by a name of their own, such as `deck.progress`. */
  readonly values: { key: string; value: unknown };
}

export type Database = IDBPDatabase<Schema>;

let opened: Promise<Database> | undefined;

/** The database, opened once. Errors: a browser that keeps nothing, such as in some private windows. */
export function database(): Promise<Database> {
  opened ??= openDB<Schema>('thinnet-lab', 1, {
    upgrade(db) {
      db.createObjectStore('runs', { keyPath: 'id' }).createIndex('updated', 'updated');
      db.createObjectStore('checkpoints');
      db.createObjectStore('files', { keyPath: 'sha256' });
      db.createObjectStore('values');
    },
  });
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}
