/** @file What draws of class probabilities say: entropies and mutual information in nats, and the variation ratio. */
import { ThinnetError } from '../error.js';
import type { Numbers } from '../measure/check.js';
import { argmax } from '../measure/softmax.js';
import { Moments } from './moments.js';

/** Draws of class probabilities [T, N, C], row-major: of each example T distributions over C classes. */
export interface Draws {
  readonly probabilities: Numbers;
  /** T, at least 1. */
  readonly draws: number;
  /** C, at least 2. */
  readonly classes: number;
}

/**
 * H(p) = −Σ_c p_c · ln p_c of each row of probabilities [n, classes], in nats: 0 (certain) to ln C (all alike). For the mean
 * of Monte Carlo draws it is the predictive entropy H[y|x], which holds both the noise of the data and the ignorance of
 * the network. Shannon 1948; Gal 2016, "Uncertainty in deep learning", section 3.3.1.
 *
 * @returns [n]
 * Errors: fewer than two classes; a number of probabilities that is no multiple of them.
 */
export function predictiveEntropy(probabilities: Numbers, classes: number): Float64Array {
  const rows = rowsOf('predictiveEntropy', probabilities, 1, classes);
  return Float64Array.from({ length: rows }, (_, row) => entropyOf(probabilities, row * classes, classes));
}

/**
 * E_w H[y|x, w] ≈ 1/T Σ_t H(p_t), in nats: the entropy that single thinned networks have on average. It estimates the
 * noise of the data, which more training data does not remove (aleatoric uncertainty).
 *
 * @returns [N]
 * Errors: as `predictiveEntropy`.
 */
export const expectedEntropy = (draws: Draws): Float64Array =>
  summaryOf('expectedEntropy', draws).expectedEntropy;

/**
 * I[y, w|x] = H(1/T Σ_t p_t) − 1/T Σ_t H(p_t), in nats: how much the thinned networks disagree, 0 to ln C, at most the
 * predictive entropy. It estimates what more training data would teach (epistemic uncertainty). Houlsby, Huszár,
 * Ghahramani & Lengyel 2011, "Bayesian active learning for classification and preference learning" (arXiv:1112.5745),
 * equation 2 (BALD); Gal 2016, section 3.3.1. Rounding below 0 is set to 0.
 *
 * @returns [N]
 * Errors: as `predictiveEntropy`.
 */
export const mutualInformation = (draws: Draws): Float64Array =>
  summaryOf('mutualInformation', draws).mutualInformation;

/**
 * 1 − f/T, f the number of draws whose likeliest class is the commonest one: 0 (all agree) to 1 − 1/C. Among equally
 * likely classes of a draw the lowest counts. Freeman 1965, "Elementary applied statistics"; Gal 2016, section 3.3.1.
 *
 * @returns [N]
 * Errors: as `predictiveEntropy`.
 */
export const variationRatio = (draws: Draws): Float64Array =>
  summaryOf('variationRatio', draws).variationRatio;

/** What T draws say of each of N examples. */
export interface ClassSummary {
  /** 1/T Σ_t p_t: the predictive distribution, [N, C]. */
  readonly probabilities: Float64Array;
  /** Standard deviation of each class's probability over the draws, [N, C]. */
  readonly std: Float64Array;
  /** Of `probabilities`, in nats, [N]; see `predictiveEntropy`. */
  readonly entropy: Float64Array;
  /** Nats, [N]; see `expectedEntropy`. */
  readonly expectedEntropy: Float64Array;
  /** Nats, [N]; see `mutualInformation`. */
  readonly mutualInformation: Float64Array;
  /** [N]; see `variationRatio`. */
  readonly variationRatio: Float64Array;
}

/** Takes draws one after another and keeps what the summary needs, not the draws. */
export class ClassDraws {
  readonly #classes: number;
  readonly #probabilities: Moments;
  readonly #entropy: Moments;
  readonly #votes: Uint32Array;
  #draws = 0;

  constructor(examples: number, classes: number) {
    this.#classes = classes;
    this.#probabilities = new Moments(examples * classes);
    this.#entropy = new Moments(examples);
    this.#votes = new Uint32Array(examples * classes);
  }

  /** @param probabilities [N, C] of one draw */
  add(probabilities: Numbers): void {
    this.#draws++;
    this.#probabilities.add(probabilities);
    this.#entropy.add(predictiveEntropy(probabilities, this.#classes));
    for (let row = 0; row < this.#entropy.mean.length; row++) {
      const winner = argmax(probabilities, row, this.#classes);
      if (winner >= 0) this.#votes[row * this.#classes + winner]!++;
    }
  }

  summary(): ClassSummary {
    const probabilities = this.#probabilities.mean.slice();
    const expected = this.#entropy.mean.slice();
    const entropy = predictiveEntropy(probabilities, this.#classes);
    return {
      probabilities,
      std: this.#probabilities.std(),
      entropy,
      expectedEntropy: expected,
      mutualInformation: entropy.map((total, n) => Math.max(0, total - (expected[n] as number))),
      variationRatio: expected.map((_, n) => {
        const votes = this.#votes.subarray(n * this.#classes, (n + 1) * this.#classes);
        return 1 - Math.max(...votes) / this.#draws;
      }),
    };
  }
}

function summaryOf(what: string, { probabilities, draws, classes }: Draws): ClassSummary {
  const examples = rowsOf(what, probabilities, draws, classes);
  const taken = new ClassDraws(examples, classes);
  const size = examples * classes;
  for (let t = 0; t < draws; t++) taken.add(probabilities.slice(t * size, (t + 1) * size));
  return taken.summary();
}

function rowsOf(what: string, probabilities: Numbers, draws: number, classes: number): number {
  for (const [name, value, least] of [
    ['draws', draws, 1],
    ['classes', classes, 2],
  ] as const)
    if (!Number.isSafeInteger(value) || value < least)
      throw new ThinnetError(`${what}: ${name} is ${value}; it must be a whole number, at least ${least}`);
  const rows = probabilities.length / (draws * classes);
  if (Number.isInteger(rows)) return rows;
  const sizes = draws === 1 ? `rows of ${classes} classes` : `${draws} draws of rows of ${classes} classes`;
  throw new ThinnetError(`${what}: ${probabilities.length} probabilities are not ${sizes}`);
}

/** 0 · ln 0 is 0. */
function entropyOf(probabilities: Numbers, from: number, classes: number): number {
  let sum = 0;
  for (let i = from; i < from + classes; i++) {
    const p = probabilities[i] as number;
    if (p !== 0) sum -= p * Math.log(p);
  }
  // A certain distribution has −1 · ln 1 = −0.
  return sum === 0 ? 0 : sum;
}
