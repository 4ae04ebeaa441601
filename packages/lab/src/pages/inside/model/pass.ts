/** @file What one pass of the example through the network computed: every number that the page shows, as plain data. */

/** How the dropout scales: in training, or at inference. */
export const variants = ['inverted', 'standard'] as const;
export type Variant = (typeof variants)[number];

export const modes = ['training', 'inference'] as const;
export type Mode = (typeof modes)[number];

/** What is asked for. */
export interface Question {
  /** Probability to drop, 0 to below 1. */
  readonly rate: number;
  readonly seed: number;
  readonly step: number;
  readonly flower: number;
}

/** A dense layer: row-major weight [in, out], bias [out], and in training the loss's gradient by both. */
export interface Weights {
  readonly weight: readonly number[];
  readonly bias: readonly number[];
  readonly gradient?: { readonly weight: readonly number[]; readonly bias: readonly number[] };
}

/** A hidden layer; all arrays have one number a unit. */
export interface Hidden extends Weights {
  /** z = x · W + b. */
  readonly preactivation: readonly number[];
  /** a = tanh z. */
  readonly activation: readonly number[];
  /** What a is multiplied by: in training the noise, at inference its expectation. */
  readonly factor: readonly number[];
  /** ã = factor · a. */
  readonly scaled: readonly number[];
  /** The loss's gradients, in training. */
  readonly back?: {
    readonly scaled: readonly number[];
    readonly activation: readonly number[];
    readonly preactivation: readonly number[];
  };
}

export interface Output extends Weights {
  readonly preactivation: readonly number[];
  /** softmax z. */
  readonly probabilities: readonly number[];
  readonly back?: { readonly preactivation: readonly number[] };
}

export interface Pass {
  readonly input: readonly number[];
  readonly hidden: readonly [Hidden, Hidden];
  readonly output: Output;
  /** −ln of the right class's probability. */
  readonly loss: number;
  /** The right class. */
  readonly target: number;
}

export type Passes = Readonly<Record<Variant, Readonly<Record<Mode, Pass>>>>;
