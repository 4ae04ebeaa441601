/** @file One step of training as it is drawn: the example that it took first, and the masks that thinned its network. */
import { fillNoise, type Network, type NoiseKind, type NoiseSite } from 'thinnet';
import type { Column } from './picture.js';

/** What the noise leaves of each drawn element of a column: 0 where it is dropped, 1 where it is kept as it is. */
export interface ColumnMask {
  /** An element for each cell of each drawn unit: [shown, height · width]; one for each unit where a mask covers the plane. */
  readonly kept: Float32Array;
  /** Cells a unit: 1, or height · width. */
  readonly cells: number;
  /** Drawn elements that are dropped, and all of them. */
  readonly dropped: number;
}

export interface Frame {
  readonly arm: number;
  /** Counted from 0. */
  readonly step: number;
  /** A mask for each column; undefined where nothing is dropped. */
  readonly masks: readonly (ColumnMask | undefined)[];
  /** DropConnect: for each column, what is left of the weights to the next one, [shown here, shown there]. */
  readonly edges: readonly (Float32Array | undefined)[];
}

/** Turns a site's noise into what is left: `logit` is the trained number of kinds that learn their noise. */
type Reading = (noise: number, logit: number) => number;

const isKept: Reading = (noise) => (noise === 0 ? 0 : 1);
const factor: Reading = (noise) => noise;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Standout decides by each unit's own input, so that its masks are not a function of the noise alone. */
const readings: { readonly [K in NoiseKind]?: Reading } = {
  dropout: isKept,
  standard: isKept,
  spatial: isKept,
  dropblock: isKept,
  batchwise: isKept,
  dropconnect: isKept,
  alpha: isKept,
  featureAlpha: isKept,
  gaussian: factor,
  // The relaxed mask of Gal, Hron & Kendall 2017, equation 5, at temperature 0.1.
  concrete: (u, logit) => sigmoid((Math.log((1 - u) / u) - logit) / 0.1),
  variationalGaussian: (epsilon, logit) => 1 + Math.sqrt(sigmoid(logit)) * epsilon,
};

/** Whether a kind's masks can be drawn from its noise. */
export const canDraw = (kind: NoiseKind): boolean => readings[kind] !== undefined;

/** Whether a kind's masks depend on a trained number. */
export const isLearned = (kind: NoiseKind): boolean => kind === 'concrete' || kind === 'variationalGaussian';

export interface FrameOptions {
  readonly arm: number;
  readonly seed: number;
  readonly step: number;
  readonly columns: readonly Column[];
  readonly network: Network;
  /** A site with the rate that it has at the step. */
  readonly siteAt: (site: NoiseSite) => NoiseSite;
  /** The trained number of a site that learns its noise. */
  readonly logit?: (site: NoiseSite) => number;
}

/** Draws the masks of a step again: noise is a pure function of (seed, step, site, element). The batch's first example. */
export function frameOf(options: FrameOptions): Frame {
  const { arm, step, columns } = options;
  return {
    arm,
    step,
    masks: columns.map((column) => maskOf(column, options)),
    edges: columns.map((column, i) => edgesOf(column, columns[i + 1], options)),
  };
}

const siteOf = (name: string | undefined, { network }: FrameOptions): NoiseSite | undefined =>
  name === undefined ? undefined : network.sites.find((site) => site.name === name);

function maskOf(column: Column, options: FrameOptions): ColumnMask | undefined {
  const site = siteOf(column.site, options);
  const read = site && readings[site.kind];
  if (!site || !read) return undefined;
  const logit = options.logit?.(site) ?? 0;
  const plane = column.shape === 'image' ? 1 : column.plane[0] * column.plane[1];
  // All axes but the first, which counts examples; one mask for the plane has axes of length 1 there.
  const size = site.shape.slice(1).reduce<number>((product, dim) => product * (dim as number), 1);
  const noise = new Float32Array(size);
  const { seed, step } = options;
  fillNoise(options.siteAt(site), { seed, step }, noise);
  if (column.shape === 'image')
    return counted(
      noise.map((value) => read(value, logit)),
      size,
    );
  const cells = size / column.total === plane ? plane : 1;
  const kept = new Float32Array(column.shown.length * cells);
  for (const [i, unit] of column.shown.entries())
    for (let cell = 0; cell < cells; cell++)
      kept[i * cells + cell] = read(noise[unit * cells + cell] as number, logit);
  return counted(kept, cells);
}

const counted = (kept: Float32Array, cells: number): ColumnMask => ({
  kept,
  cells,
  dropped: kept.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0),
});

/** A row of the weights' mask for each drawn unit: the mask is as large as the weights, [inputs, units]. */
function edgesOf(column: Column, next: Column | undefined, options: FrameOptions): Float32Array | undefined {
  const site = siteOf(column.edges, options);
  if (!site || !next) return undefined;
  const width = site.shape[1] as number;
  const row = new Float32Array(width);
  const { seed, step } = options;
  const now = options.siteAt(site);
  const from = column.shape === 'image' ? [] : column.shown;
  const edges = new Float32Array(from.length * next.shown.length);
  for (const [i, unit] of from.entries()) {
    fillNoise(now, { seed, step }, row, unit * width);
    for (const [j, to] of next.shown.entries()) edges[i * next.shown.length + j] = row[to] === 0 ? 0 : 1;
  }
  return edges;
}
