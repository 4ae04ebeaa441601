/** @file The kinds of dropout that an arm can have, as the command line knows them, and the place in a network of each. */

/**
 * Where a kind drops: of what dense layers read, of feature maps, of attention weights, of residual branches, of words, of what
 * an LSTM reads, of its state.
 */
export type DropPlace = 'dense' | 'maps' | 'attention' | 'branches' | 'words' | 'inputs' | 'state';

export interface ArmKind<P extends DropPlace | undefined = DropPlace | undefined> {
  /** What it drops from; nothing for `none`. */
  readonly place: P;
  /** Whether it is written with a rate, as `dropout=0.5`. */
  readonly takesRate: boolean;
  /** Whether its rate may change over the epochs: it is neither learned nor a constant of the exported file. */
  readonly takesSchedule: boolean;
  /** One line. */
  readonly help: string;
}

const droppingAt =
  <P extends DropPlace>(place: P, takesSchedule = true) =>
  (help: string): ArmKind<P> => ({ place, takesRate: true, takesSchedule, help });

const dense = droppingAt('dense');
const fixedDense = droppingAt('dense', false);
const ofMaps = droppingAt('maps');
const ofAttention = droppingAt('attention');
const ofBranches = droppingAt('branches');

export const armKinds = {
  none: { place: undefined, takesRate: false, takesSchedule: false, help: 'no dropout anywhere' },
  dropout: dense('inverted dropout: survivors are scaled up in training'),
  standard: fixedDense('as first published: outputs are scaled down at inference'),
  gaussian: dense("normal noise of dropout's variance; drops nothing"),
  alpha: dense('keeps the mean and variance of SELU networks (--activation selu)'),
  batchwise: dense('one mask for the mini-batch: dropped units need no arithmetic'),
  dropconnect: dense('drops weights, not units'),
  concrete: fixedDense('learns the rate of each layer, beginning at RATE'),
  'variational-gaussian': fixedDense(
    'learns the variance of normal noise; RATE, below 0.5, is where it begins',
  ),
  standout: fixedDense('keeps a unit the likelier the higher its preactivation; RATE is that at 0'),
  elementwise: ofMaps('inverted dropout of single elements of feature maps'),
  spatial: ofMaps('drops whole feature maps'),
  dropblock: ofMaps('drops squares of feature maps (--block-size)'),
  attention: ofAttention('drops attention weights'),
  depth: ofBranches('drops residual branches whole; RATE is that of the last, the others grow up to it'),
  words: droppingAt('words')('drops words, each wherever it occurs in the mini-batch'),
  inputs: droppingAt('inputs')('drops features of what an LSTM reads, one mask for all words of a text'),
  recurrent: droppingAt('state')("drops units of an LSTM's state, one mask for all words of a text"),
} as const satisfies Readonly<Record<string, ArmKind>>;

export type ArmKindName = keyof typeof armKinds;
export const armKindNames = Object.keys(armKinds) as ArmKindName[];

/** The kinds that drop something. */
export type DropKind = Exclude<ArmKindName, 'none'>;

/** The kinds of a place. */
export type KindAt<P extends DropPlace> = {
  [K in DropKind]: (typeof armKinds)[K]['place'] extends P ? K : never;
}[DropKind];

export const kindsAt = (place: DropPlace): readonly DropKind[] =>
  armKindNames.filter((name): name is DropKind => armKinds[name].place === place);

/** Whether a kind's rate may change over the epochs. */
export const takesSchedule = (kind: string): boolean =>
  armKindNames.some((name) => name === kind && armKinds[name].takesSchedule);

/** The kinds whose rates may change, for messages. */
export const schedulableKinds = armKindNames.filter((name) => armKinds[name].takesSchedule).join(', ');
