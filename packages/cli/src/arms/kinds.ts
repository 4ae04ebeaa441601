/** @file The kinds of arms, as the command line knows them; layers.ts has what each puts into a network. */

export interface ArmKind {
  /** Whether it is written with a rate, as `dropout=0.5`. */
  readonly takesRate: boolean;
  /** Whether its rate may change over the epochs: it is neither learned nor a constant of the exported file. */
  readonly takesSchedule: boolean;
  /** One line. */
  readonly help: string;
}

const fixed = (help: string): ArmKind => ({ takesRate: true, takesSchedule: false, help });
const schedulable = (help: string): ArmKind => ({ takesRate: true, takesSchedule: true, help });

export const armKinds = {
  none: { takesRate: false, takesSchedule: false, help: 'no dropout anywhere' },
  dropout: schedulable('inverted dropout: survivors are scaled up in training'),
  standard: fixed('as first published: outputs are scaled down at inference'),
  gaussian: schedulable("normal noise of dropout's variance; drops nothing"),
  alpha: schedulable('keeps the mean and variance of SELU networks (--activation selu)'),
  batchwise: schedulable('one mask for the mini-batch: dropped units need no arithmetic'),
  dropconnect: schedulable('drops weights, not units'),
  concrete: fixed('learns the rate of each layer, beginning at RATE'),
  'variational-gaussian': fixed('learns the variance of normal noise; RATE, below 0.5, is where it begins'),
  standout: fixed('keeps a unit the likelier the higher its preactivation; RATE is that at 0'),
} as const satisfies Readonly<Record<string, ArmKind>>;

export type ArmKindName = keyof typeof armKinds;
export const armKindNames = Object.keys(armKinds) as ArmKindName[];

/** Whether a kind's rate may change over the epochs. */
export const takesSchedule = (kind: string): boolean =>
  armKindNames.some((name) => name === kind && armKinds[name].takesSchedule);

/** The kinds whose rates may change, for messages. */
export const schedulableKinds = armKindNames.filter((name) => armKinds[name].takesSchedule).join(', ');
