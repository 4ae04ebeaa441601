/** @file The fault of survivors that are not scaled. */
import { fillNoise, type NoiseKind } from 'thinnet';

/** The kinds whose noise is 0 or a scale above 1. */
const scaling: ReadonlySet<NoiseKind> = new Set([
  'dropout',
  'spatial',
  'dropblock',
  'dropconnect',
  'batchwise',
  'embedding',
  'variational',
  'depth',
  'attention',
]);

/** Draws the noise, and leaves survivors at 1. */
export const withoutScale: typeof fillNoise = (site, draw, out, ...rest) => {
  fillNoise(site, draw, out, ...rest);
  if (!scaling.has(site.kind)) return;
  for (let i = 0; i < out.length; i++) if (out[i] !== 0) out[i] = 1;
};
