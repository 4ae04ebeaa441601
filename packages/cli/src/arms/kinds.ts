/** @file The kinds of arms: what each puts behind every hidden layer. */

type Thinnet = typeof import('thinnet');
/** Names of the library's layers that are made from a rate. */
type DropoutLayer = 'dropout' | 'standardDropout';

export interface ArmKind {
  /** The library's layer; null for none. */
  readonly layer: (DropoutLayer & keyof Thinnet) | null;
  readonly help: string;
}

export const armKinds = {
  none: { layer: null, help: 'no dropout anywhere' },
  dropout: { layer: 'dropout', help: 'inverted dropout: survivors are scaled up in training' },
  standard: { layer: 'standardDropout', help: 'as first published: outputs are scaled down at inference' },
} as const satisfies Readonly<Record<string, ArmKind>>;

export type ArmKindName = keyof typeof armKinds;
export const armKindNames = Object.keys(armKinds) as ArmKindName[];
