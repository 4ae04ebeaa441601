/** @file What the numbers of a noise tensor are: how they are shaded, what they drop, what is to be said of them. */

export interface NoiseMeaning {
  /** From 0, shaded darkest, to 1, lightest; what is beyond is shaded as these. */
  readonly lightness: (value: number, rate: number) => number;
  /** Whether a value drops its element; undefined where nothing is dropped. */
  readonly drops?: (value: number, rate: number) => boolean;
  /** What is fed, where it is not the mask itself. */
  readonly explain?: (rate: number) => string;
}

const round = (value: number): number => Number(value.toPrecision(3));
const deviationOf = (rate: number): number => Math.sqrt(rate / (1 - rate));

/** Three standard deviations to either side of the mean; 1 where there is no deviation. */
const within3 = (value: number, mean: number, deviation: number): number =>
  deviation === 0 ? 1 : 0.5 + (value - mean) / (6 * deviation);

export const meanings = {
  /** 0 where dropped; the others may differ, as the scale of DropBlock does from example to example. */
  mask: { lightness: (value) => (value === 0 ? 0 : 1), drops: (value) => value === 0 },
  /** Factors around 1. */
  gaussian: {
    lightness: (value, rate) => within3(value, 1, deviationOf(rate)),
    explain: (rate) => `factors r ~ N(1, ${round(rate / (1 - rate))}): they perturb, and drop nothing`,
  },
  /** Compared with a probability inside the graph. */
  uniform: {
    lightness: (value) => value,
    drops: (value, rate) => value >= 1 - rate,
    explain: (rate) =>
      `u ~ U(0, 1), from which the layer makes its mask: where its rate is ${rate}, u from ${round(1 - rate)} on drops`,
  },
  /** Given its deviation inside the graph. */
  normal: {
    lightness: (value) => within3(value, 0, 1),
    explain: (rate) =>
      `ε ~ N(0, 1), of which the layer makes factors 1 + √α·ε: where its rate is ${rate}, α is ${round(rate / (1 - rate))}`,
  },
} as const satisfies Readonly<Record<string, NoiseMeaning>>;

export type Meaning = keyof typeof meanings;

/** The meaning seen without its name. */
export const meaningOf = (meaning: Meaning): NoiseMeaning => meanings[meaning];
