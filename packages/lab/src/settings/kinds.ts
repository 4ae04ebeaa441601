/** @file The kinds of dropout that an arm can have, and where each has a place; `experiment/` puts them into networks. */

export const modelNames = ['mlp', 'allconv'] as const;
export type ModelName = (typeof modelNames)[number];

export interface KindEntry {
  readonly title: string;
  /** One line. */
  readonly help: string;
  /** The networks that have a place for it. */
  readonly models: readonly ModelName[];
  /** Rates must be below this; above 0 always. */
  readonly below: number;
  /** Whether the rate can be changed while it trains: it is neither learned nor a constant of the compiled program. */
  readonly canChange: boolean;
  /** The rate that a new arm gets. */
  readonly usual: number;
}

const dense: readonly ModelName[] = ['mlp'];
const maps: readonly ModelName[] = ['allconv'];
const both: readonly ModelName[] = ['mlp', 'allconv'];

export const kinds = {
  dropout: {
    title: 'dropout',
    help: 'inverted dropout of single elements: survivors are scaled up in training',
    models: both,
    below: 1,
    canChange: true,
    usual: 0.5,
  },
  standard: {
    title: 'standard dropout',
    help: 'as first published: nothing is scaled in training, outputs are scaled down at inference',
    models: both,
    below: 1,
    canChange: false,
    usual: 0.5,
  },
  spatial: {
    title: 'spatial dropout',
    help: 'drops whole feature maps',
    models: maps,
    below: 1,
    canChange: true,
    usual: 0.2,
  },
  dropblock: {
    title: 'DropBlock',
    help: 'drops squares of 3 × 3 from the feature maps',
    models: maps,
    below: 1,
    canChange: true,
    usual: 0.2,
  },
  gaussian: {
    title: 'Gaussian dropout',
    help: 'multiplies by normal noise of mean 1 and of the variance of dropout; drops nothing',
    models: both,
    below: 1,
    canChange: true,
    usual: 0.5,
  },
  alpha: {
    title: 'alpha dropout',
    help: 'keeps mean and variance of networks with SELU, the activation to choose with it',
    models: dense,
    below: 1,
    canChange: true,
    usual: 0.1,
  },
  batchwise: {
    title: 'batchwise dropout',
    help: 'one mask for the mini-batch, so that dropped units need no arithmetic',
    models: dense,
    below: 1,
    canChange: true,
    usual: 0.5,
  },
  dropconnect: {
    title: 'DropConnect',
    help: 'drops weights, not units',
    models: dense,
    below: 1,
    canChange: true,
    usual: 0.5,
  },
  concrete: {
    title: 'concrete dropout',
    help: 'learns the rate of each layer; the rate is where it begins',
    models: dense,
    below: 1,
    canChange: false,
    usual: 0.1,
  },
  'variational-gaussian': {
    title: 'variational Gaussian dropout',
    help: 'learns the variance of normal noise; the rate, below 0.5, is where it begins',
    models: dense,
    below: 0.5,
    canChange: false,
    usual: 0.2,
  },
  standout: {
    title: 'standout',
    help: 'keeps a unit the likelier the higher its preactivation; the rate is that at preactivation 0',
    models: dense,
    below: 1,
    canChange: false,
    usual: 0.5,
  },
} as const satisfies Readonly<Record<string, KindEntry>>;

export type DropKind = keyof typeof kinds;
export const dropKinds = Object.keys(kinds) as DropKind[];

/** `none`: the arm without dropout anywhere. */
export type ArmKind = 'none' | DropKind;

/** The kinds of arms that a network has a place for. */
export const kindsOf = (model: ModelName): readonly ArmKind[] => [
  'none',
  ...dropKinds.filter((kind) => (kinds[kind].models as readonly ModelName[]).includes(model)),
];
