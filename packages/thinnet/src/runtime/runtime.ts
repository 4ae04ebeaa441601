/** @file What executes programs: the one interface between Thinnet and ONNX Runtime. */
import { shown, ThinnetError } from '../error.js';
import type { TensorValue } from '../onnx/model.js';
import { checkOptions, type KeysOf } from '../options/check.js';

export type Feeds = Readonly<Record<string, TensorValue>>;

/** A compiled graph. Release it when done: live sessions slow each other. */
export interface Program {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /**
   * Runs once. Fed arrays must be backed by unshared memory, and stay as they are until the run is done; they are not kept.
   * Results are fresh arrays.
   */
  run(feeds: Feeds): Promise<Readonly<Record<string, TensorValue>>>;
  release(): Promise<void>;
}

export interface LoadOptions {
  /** Threads inside one operator; all cores unless given. In browsers all programs have those of the runtime. */
  readonly threads?: number;
}

/**
 * Checks what `load` takes.
 * Errors: other options; threads that are no whole number of at least 1.
 */
export function checkLoad(options: LoadOptions): void {
  checkOptions('load', options, keys);
  const { threads } = options;
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads >= 1))
    throw new ThinnetError(`threads is ${shown(threads)}; it must be a whole number, at least 1`);
}

const keys: KeysOf<LoadOptions> = { threads: true };

/** One way to execute ONNX: `onnxruntime-node` or `onnxruntime-web`. */
export interface Runtime {
  readonly name: string;
  /** Compiles the bytes of an ONNX file. */
  load(model: Uint8Array, options?: LoadOptions): Promise<Program>;
}
