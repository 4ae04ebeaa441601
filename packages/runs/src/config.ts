/** @file config.json: all that it takes to repeat a run. */
import type { Given, Settings, TrainingSettings } from './settings.js';

export interface DataDescription {
  readonly name: string;
  /** `sha256:` and the digest of all features and labels; of texts of the vocabulary and the classes' names too. */
  readonly digest: string;
  /** Training examples. */
  readonly train: number;
  /** Test examples. */
  readonly test: number;
  /** Of one example. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** What the classes are called, in the order of a network's outputs, where that is known. */
  readonly classNames?: readonly string[];
  /** Of texts, how many words are known; the shape of one example is how many are read. */
  readonly words?: number;
}

export interface Versions {
  readonly thinnet: string;
  readonly 'onnxruntime-node': string;
  readonly node: string;
  readonly platform: string;
}

/** An arm with its own settings resolved, for the reader: on resuming arms are read from `settings` and `given`. */
export interface ArmConfig {
  /** As written: `dropout=0.5,max-norm=2`. */
  readonly spec: string;
  /** For people: `dropout 0.5, max-norm 2`. */
  readonly label: string;
  /** Its folder within the run folder: `dropout-0.5-max-norm-2`. */
  readonly folder: string;
  /** The kinds of dropout by their names on the command line, each with its probability to drop; empty for `none`. */
  readonly drops: readonly { readonly kind: string; readonly rate: number }[];
  readonly training: TrainingSettings;
}

export interface RunConfig {
  readonly format: typeof configFormat;
  readonly versions: Versions;
  /** The command that repeats the run. */
  readonly command: string;
  readonly data: DataDescription;
  /** What was asked for, from which the arms' own settings follow. */
  readonly given: Given;
  /** Every setting, the defaults resolved. */
  readonly settings: Settings;
  readonly arms: readonly ArmConfig[];
}

/** The format of config.json that is written and read. */
export const configFormat = 1;

/** What the data consist of. */
export const examplesOf = ({
  shape,
  words,
}: Pick<DataDescription, 'shape' | 'words'>): 'texts' | 'images' | 'examples' =>
  words === undefined ? (shape.length > 1 ? 'images' : 'examples') : 'texts';
