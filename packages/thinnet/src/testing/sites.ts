/** @file A noise site of every kind, for tests that must not forget one. */
import type { Rate } from '../noise/schedule.js';
import type { NoiseKind, NoiseSite } from '../noise/site.js';
import type { Shape } from '../onnx/model.js';

/** A site's kind, the shape of its noise and what the kind adds. */
export type Example<K extends NoiseKind> = Omit<NoiseSite<K>, 'id' | 'name' | 'input' | 'rate'>;

const mean = { output: 'drop', by: 'x' };
const flat: Shape = ['N', 8];

export const examples: { readonly [K in NoiseKind]: Example<K> } = {
  dropout: { kind: 'dropout', shape: flat },
  standard: { kind: 'standard', shape: flat },
  spatial: { kind: 'spatial', shape: ['N', 8, 1, 1] },
  dropblock: { kind: 'dropblock', shape: ['N', 2, 7, 6], blockSize: 3 },
  gaussian: { kind: 'gaussian', shape: flat },
  alpha: { kind: 'alpha', shape: flat, part: 'scale', mean },
  featureAlpha: { kind: 'featureAlpha', shape: ['N', 8, 1], part: 'scale', mean },
  dropconnect: { kind: 'dropconnect', shape: [16, 8] },
  batchwise: { kind: 'batchwise', shape: [1, 8] },
  embedding: { kind: 'embedding', shape: [100, 1] },
  variational: { kind: 'variational', shape: ['N', 1, 8] },
  depth: { kind: 'depth', shape: ['N', 1] },
  attention: { kind: 'attention', shape: ['N', 2, 5, 5] },
  concrete: { kind: 'concrete', shape: flat, mean },
  variationalGaussian: { kind: 'variationalGaussian', shape: flat, mean },
  standout: { kind: 'standout', shape: flat, mean },
};

export const allKinds = Object.keys(examples) as NoiseKind[];

/** The example of a kind as site number 2. */
export const siteOf = (kind: NoiseKind, rate: Rate, changes: object = {}): NoiseSite =>
  ({ ...examples[kind], id: 2, name: 'drop', input: 'noise.drop', rate, ...changes }) as NoiseSite;
