/** @file What masks do to a filter's gradient: cosines with and without them, for each rate. */
import { type Dataset, type Network, type NoiseSite, takeExamples } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { drawNoise } from '../masks.js';
import { featuresOf } from '../predict.js';
import { floats, numbersOf, withProgram } from '../run.js';
import { gradientProgram, ports } from './filter-gradient.js';

export interface GradientDraws {
  readonly rates: readonly number[];
  readonly batches: number;
  readonly batchSize: number;
  /** Masks a batch and rate. */
  readonly masks: number;
  readonly seed: number;
}

/** Of one network and one kind of dropout, at one rate: means over batches and masks. */
export interface Comparison {
  /** Cosine of the gradient without dropout and that with the layer's input masked, the error signals being the same. */
  readonly held: number;
  /** Cosine of the gradient without dropout and the thinned network's. */
  readonly whole: number;
  /** Cosine of the thinned network's gradients under two masks. */
  readonly agreement: number;
  /** The held gradient's component along the gradient without dropout, as a share of that gradient. */
  readonly size: number;
  /** Elements that the masks dropped, of `elements`, and how many of them the gradient reached as exactly 0. */
  readonly elements: number;
  readonly dropped: number;
  readonly silent: number;
}

export interface Comparisons {
  /** For each rate. */
  readonly byRate: readonly Comparison[];
  /** The error signals of the first batch, [examples, …the layer's output]. */
  readonly errors: Float32Array;
}

/** Measures a network with one dropout, ahead of `layer`. The rate of its own dropout does not count. */
export function compareGradients(
  laboratory: Laboratory,
  network: Network,
  layer: string,
  images: Dataset,
  draws: GradientDraws,
): Promise<Comparisons> {
  const [site] = network.sites as readonly [NoiseSite];
  const batches = Array.from({ length: draws.batches }, (_, batch) =>
    batchOf(images, batch, draws.batchSize),
  );
  const dims = site.shape.map((dim) => (dim === 'N' ? draws.batchSize : Number(dim)));
  const length = dims.reduce((a, b) => a * b, 1);
  return withProgram(laboratory, gradientProgram(laboratory, network, layer), async (program) => {
    let errors = new Float32Array();
    const byRate: Comparison[] = [];
    for (const [r, rate] of draws.rates.entries()) {
      const seen: Seen[] = [];
      for (const [batch, feeds] of batches.entries()) {
        laboratory.signal?.throwIfAborted();
        const wholes: Float32Array[] = [];
        for (let mask = 0; mask < draws.masks; mask++) {
          const step = (r * draws.batches + batch) * draws.masks + mask;
          const at = { ...site, rate } as NoiseSite;
          const noise = drawNoise(laboratory, at, { seed: draws.seed, step }, length);
          const results = await program.run({ ...feeds, [site.input]: floats(dims, noise) });
          const [without, whole, held, arriving] = (['without', 'whole', 'held', 'arriving'] as const).map(
            (name) => numbersOf(results, ports[name]),
          ) as [Float32Array, Float32Array, Float32Array, Float32Array];
          if (errors.length === 0) errors = Float32Array.from(numbersOf(results, ports.errors));
          seen.push({
            held: cosine(held, without),
            whole: cosine(whole, without),
            size: product(held, without) / product(without, without),
            agreement: wholes.map((other) => cosine(other, whole)),
            ...silence(noise, arriving),
          });
          wholes.push(whole);
        }
      }
      byRate.push(meanOf(seen));
    }
    return { byRate, errors };
  });
}

type Seen = Omit<Comparison, 'agreement'> & { readonly agreement: readonly number[] };

function batchOf(images: Dataset, batch: number, size: number) {
  const part = takeExamples(
    images,
    Array.from({ length: size }, (_, i) => batch * size + i),
  );
  const targets = new Float32Array(size * images.classes);
  for (const [i, label] of part.labels.entries()) targets[i * images.classes + label] = 1;
  return {
    [ports.features]: floats([size, ...images.shape], Float32Array.from(featuresOf(part))),
    [ports.targets]: floats([size, images.classes], targets),
  };
}

/** How much of a gradient is exactly 0 where the noise is; one factor may stand for a whole map. */
function silence(noise: Float32Array, arriving: Float32Array) {
  const area = arriving.length / noise.length;
  let [dropped, silent] = [0, 0];
  for (let at = 0; at < arriving.length; at++) {
    if (noise[Math.floor(at / area)] !== 0) continue;
    dropped++;
    if (arriving[at] === 0) silent++;
  }
  return { elements: arriving.length, dropped, silent };
}

function meanOf(seen: readonly Seen[]): Comparison {
  const sum = (xs: readonly number[]) => xs.reduce((total, x) => total + x, 0);
  const mean = (xs: readonly number[]) => sum(xs) / xs.length;
  return {
    held: mean(seen.map(({ held }) => held)),
    whole: mean(seen.map(({ whole }) => whole)),
    size: mean(seen.map(({ size }) => size)),
    agreement: mean(seen.flatMap(({ agreement }) => agreement)),
    elements: sum(seen.map(({ elements }) => elements)),
    dropped: sum(seen.map(({ dropped }) => dropped)),
    silent: sum(seen.map(({ silent }) => silent)),
  };
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** The cosine of the angle between two vectors: 1 where they point the same way, 0 where they are perpendicular or one is 0. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const lengths = Math.sqrt(product(a, a) * product(b, b));
  return lengths > 0 ? product(a, b) / lengths : 0;
}
