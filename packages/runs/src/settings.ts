/** @file What a comparison can be told: its settings as plain data. */

export const optimizerNames = ['sgd', 'adamw'] as const;
export type OptimizerName = (typeof optimizerNames)[number];

export const scheduleNames = ['constant', 'step', 'cosine'] as const;
export type ScheduleName = (typeof scheduleNames)[number];

export const rateScheduleNames = ['constant', 'linear', 'early', 'late', 'curriculum'] as const;
export type RateScheduleName = (typeof rateScheduleNames)[number];

export const activationNames = ['relu', 'leaky-relu', 'elu', 'selu', 'gelu', 'tanh', 'sigmoid'] as const;
export type ActivationName = (typeof activationNames)[number];

export const modelNames = ['mlp', 'cnn', 'allconv', 'resnet20', 'vit', 'text'] as const;
export type ModelName = (typeof modelNames)[number];

/** Settings that one arm may have differently from the others. */
export interface TrainingSettings {
  readonly inputRate: number;
  /** How the dropout rates change over the epochs, in kinds whose rate may. */
  readonly rateSchedule: RateScheduleName;
  /** Epochs until a rate that changes has its last value. */
  readonly rateEpochs: number;
  /** Side of DropBlock's squares, in elements of a feature map. */
  readonly blockSize: number;
  readonly optimizer: OptimizerName;
  readonly lr: number;
  readonly momentum: number;
  readonly weightDecay: number;
  /** null: no bound. */
  readonly maxNorm: number | null;
  /** null: no bound. */
  readonly clipNorm: number | null;
  readonly labelSmoothing: number;
  readonly schedule: ScheduleName;
  /** Epochs between two steps of the schedule `step`. */
  readonly stepEpochs: number;
  readonly stepFactor: number;
  /** Epochs over which the learning rate rises to its first value. */
  readonly warmUp: number;
}

/** Settings that all arms share, or else their comparison would not be one of dropout. */
export interface SharedSettings {
  readonly data: string;
  readonly label: string | null;
  readonly test: string | null;
  /** Columns of a CSV file that are no features. */
  readonly ignore: readonly string[] | null;
  /** The column of a CSV file that holds texts. */
  readonly text: string | null;
  /** How many words of the texts are known. */
  readonly words: number;
  /** How many words of a text are read; null: as few as leave 19 training texts of 20 whole, at most 80. */
  readonly length: number | null;
  /** Training examples drawn for each seed; null: all. */
  readonly subset: number | null;
  /** Share of the training examples set apart for validation. */
  readonly validation: number;
  readonly model: ModelName;
  /** Widths of the hidden layers of `mlp`; the other models have layers of their own. */
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly epochs: number;
  /** How many seeds. */
  readonly seeds: number;
  readonly seedFrom: number;
  readonly batch: number;
  /** Epochs without improvement of the validation loss; null: no early stopping. */
  readonly earlyStopping: number | null;
  /** Of ONNX Runtime, for each run. null: the processors, divided among the runs that go on at once. */
  readonly threads: number | null;
  /** How many runs go on at once. null: as many as fill the processors, or one where threads are given. */
  readonly atOnce: number | null;
}

export interface Settings extends TrainingSettings, SharedSettings {
  /** Each arm as it is written on the command line. */
  readonly arms: readonly string[];
}

/** What was asked for; the rest is left to the defaults. */
export type Given = { readonly [K in keyof Settings]?: Settings[K] };
