/** @file How parameters begin: the usual initialisers, each with its formula and paper. */
import { ThinnetError } from '../error.js';
import { fillNormal, fillUniform } from '../noise/random.js';

/** How many values one output sums (fanIn), and how many outputs one value reaches (fanOut). */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
  /** How the weight lies: [fanIn, units] with a `column` a unit, as of a dense layer (the default), or [units, …fanIn] with a `row`, as of a convolution. */
  readonly unit?: 'column' | 'row';
}

/**
 * Fills a parameter's elements: a pure function of (seed, index), where `index` is the parameter's number in its network.
 * The same seed gives the same bits on every machine.
 */
export type Init = (out: Float32Array, fans: Fans, seed: number, index: number) => void;

const normal =
  (std: (fans: Fans) => number): Init =>
  (out, fans, seed, index) =>
    fillNormal(out, seed, index, 0, std(fans));

const uniform =
  (bound: (fans: Fans) => number): Init =>
  (out, fans, seed, index) =>
    fillUniform(out, seed, index, -bound(fans), bound(fans));

/** N(0, 2 / fanIn), for ReLU networks. He et al. 2015, "Delving deep into rectifiers", equation 10. */
export const heNormal = (): Init => normal(({ fanIn }) => Math.sqrt(2 / fanIn));

/** U(−b, b), b = √(6 / fanIn): the variance of `heNormal`. */
export const heUniform = (): Init => uniform(({ fanIn }) => Math.sqrt(6 / fanIn));

/** N(0, 2 / (fanIn + fanOut)), for tanh and sigmoid networks. Glorot & Bengio 2010, AISTATS, equation 12. */
export const glorotNormal = (): Init => normal(({ fanIn, fanOut }) => Math.sqrt(2 / (fanIn + fanOut)));

/** U(−b, b), b = √(6 / (fanIn + fanOut)). Glorot & Bengio 2010, equation 16. */
export const glorotUniform = (): Init => uniform(({ fanIn, fanOut }) => Math.sqrt(6 / (fanIn + fanOut)));

/** N(0, 1 / fanIn), for SELU networks. LeCun et al. 1998, "Efficient backprop", equation 16; Klambauer et al. 2017. */
export const lecunNormal = (): Init => normal(({ fanIn }) => Math.sqrt(1 / fanIn));

/** U(−b, b), b = √(3 / fanIn): the variance of `lecunNormal`. */
export const lecunUniform = (): Init => uniform(({ fanIn }) => Math.sqrt(3 / fanIn));

/** N(0, std²). Error: std negative or not finite, when the parameter is made. */
export const normalInit = (std: number): Init => normal(() => std);

/** U(−bound, bound). Error: bound negative or not finite, when the parameter is made. */
export const uniformInit = (bound: number): Init => uniform(() => bound);

/** Every element 0. */
export const zeros = (): Init => constantInit(0);

/** Every element `value`. Error: a value that is not finite. */
export function constantInit(value: number): Init {
  if (!Number.isFinite(value))
    throw new ThinnetError(`constant initialiser: value is ${value}; it must be a finite number`);
  return (out) => void out.fill(value);
}
