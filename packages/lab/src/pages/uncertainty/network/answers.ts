/** @file What thinned networks answer, as plain data. */

/** Thinned networks that are asked. */
export const draws = 100;
/** The seed of their masks: not that of any training. */
export const maskSeed = 2016;
/** The angles of the curve, in degrees. */
export const angles: readonly number[] = Array.from({ length: 37 }, (_, i) => 5 * i);

/** Of one image. */
export interface Answer {
  readonly classes: number;
  /** Probabilities of every thinned network: row-major [draws, classes]. */
  readonly samples: Float32Array;
  /** Their mean, [classes]. */
  readonly mean: readonly number[];
  /** Their standard deviation, [classes]. */
  readonly std: readonly number[];
  /** Probabilities by the mean network, [classes]. */
  readonly meanNetwork: readonly number[];
  /** Nats. */
  readonly entropy: number;
  readonly expectedEntropy: number;
  readonly mutualInformation: number;
}

/** Of one image at every angle, in nats. */
export interface Sweep {
  readonly entropy: readonly number[];
  readonly mutualInformation: readonly number[];
  /** Of the mean network's own answer. */
  readonly meanNetworkEntropy: readonly number[];
}

/** How many thinned networks say each class first. */
export function votesOf({ samples, classes }: Answer): readonly number[] {
  const votes = Array.from({ length: classes }, () => 0);
  for (let at = 0; at < samples.length; at += classes) {
    const row = samples.subarray(at, at + classes);
    const first = row.indexOf(Math.max(...row));
    votes[first] = (votes[first] ?? 0) + 1;
  }
  return votes;
}

export const likeliest = (probabilities: readonly number[]): number =>
  probabilities.indexOf(Math.max(...probabilities));
