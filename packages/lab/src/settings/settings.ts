/** @file What a run of the lab is: everything that its numbers depend on, but the data themselves. */
import { type ArmKind, kinds, type ModelName } from './kinds.js';

export const dataNames = ['mnist', 'fashion-mnist', 'csv'] as const;
export type DataName = (typeof dataNames)[number];

export const activationNames = ['relu', 'selu', 'tanh', 'gelu'] as const;
export type ActivationName = (typeof activationNames)[number];

export const optimizerNames = ['sgd', 'adam', 'adamw'] as const;
export type OptimizerName = (typeof optimizerNames)[number];

/** As people read them. */
export const activationTitles: Readonly<Record<ActivationName, string>> = {
  relu: 'ReLU',
  selu: 'SELU',
  tanh: 'tanh',
  gelu: 'GELU',
};
export const optimizerTitles: Readonly<Record<OptimizerName, string>> = {
  sgd: 'SGD',
  adam: 'Adam',
  adamw: 'AdamW',
};

export const backendNames = ['wasm', 'webgpu'] as const;
export type BackendName = (typeof backendNames)[number];

export interface Arm {
  readonly kind: ArmKind;
  /** Probability to drop; 0 for `none`. */
  readonly rate: number;
}

/** From this step on, an arm's dropout behind the hidden layers has this rate. */
export interface ArmRateChange {
  /** The arm's place in the list, from 0. */
  readonly arm: number;
  readonly step: number;
  readonly rate: number;
}

/** The visitor's own file, which a link can name but not carry. */
export interface CsvChoice {
  readonly name: string;
  readonly sha256: string;
  /** The column that holds the class. */
  readonly label: string;
  /** Columns that are left out; none by default. */
  readonly ignore?: readonly string[];
}

export interface Settings {
  readonly data: DataName;
  /** For `data: 'csv'`, once a file is chosen. */
  readonly csv?: CsvChoice;
  /** Training examples, as many of each class; all of them for `'all'`. */
  readonly images: number | 'all';
  readonly model: ModelName;
  /** Widths of the hidden layers of `mlp`. */
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  /** Filters of the first stage of `allconv`; the second and third have twice and four times as many. */
  readonly filters: number;
  readonly arms: readonly Arm[];
  /** Rate on the input of `mlp`, for all arms but `none`. */
  readonly inputRate: number;
  readonly optimizer: OptimizerName;
  readonly lr: number;
  readonly batch: number;
  readonly epochs: number;
  readonly seed: number;
  readonly backend: BackendName;
  readonly changes: readonly ArmRateChange[];
}

export const maxArms = 6;

/** Small enough for a phone, large enough that the network without dropout overfits. */
export const defaults: Settings = {
  data: 'mnist',
  images: 1000,
  model: 'mlp',
  hidden: [256, 256],
  activation: 'relu',
  filters: 8,
  arms: [
    { kind: 'none', rate: 0 },
    { kind: 'dropout', rate: 0.5 },
  ],
  inputRate: 0.2,
  optimizer: 'sgd',
  lr: 0.02,
  batch: 50,
  epochs: 20,
  seed: 1,
  backend: 'wasm',
  changes: [],
};

/** What a network's own kinds and usual training make of the settings when the network is chosen. */
export const modelDefaults: Readonly<Record<ModelName, Pick<Settings, 'arms' | 'optimizer' | 'lr'>>> = {
  mlp: { arms: defaults.arms, optimizer: 'sgd', lr: 0.02 },
  allconv: {
    arms: [
      { kind: 'none', rate: 0 },
      { kind: 'dropout', rate: 0.2 },
      { kind: 'spatial', rate: 0.2 },
    ],
    optimizer: 'adamw',
    lr: 0.002,
  },
};

/** The learning rate to begin with for an optimizer. */
export const usualLr: Readonly<Record<OptimizerName, number>> = { sgd: 0.02, adam: 0.001, adamw: 0.001 };

/** A kind as it is called wherever people read. */
export const kindTitle = (kind: ArmKind): string => (kind === 'none' ? 'no dropout' : kinds[kind].title);

const began = ({ kind, rate }: Arm): string =>
  kind === 'none' ? kindTitle(kind) : `${kindTitle(kind)} ${rate}`;

function changed(changes: readonly ArmRateChange[]): string {
  const [first, ...others] = changes;
  if (first === undefined) return '';
  return others.length === 0
    ? ` (${first.rate} from step ${first.step})`
    : ` (rate changed ${changes.length} times)`;
}

/** Arms for people, `dropout 0.5`, or `dropout 0.5 (0.2 from step 3)` where its rate changes; equal ones are numbered. */
export const armLabels = ({ arms, changes }: Pick<Settings, 'arms' | 'changes'>): readonly string[] => {
  const labels = arms.map((arm, i) => began(arm) + changed(changes.filter((change) => change.arm === i)));
  return labels.map((label, i) => {
    const before = labels.slice(0, i).filter((other) => other === label).length;
    return before === 0 ? label : `${label} (${before + 1})`;
  });
};
