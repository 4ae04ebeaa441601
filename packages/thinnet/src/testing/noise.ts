/** @file Feeds for thinned programs. */
import { bindShape, sizeOf } from '../graph/shape.js';
import type { Network } from '../nn/network.js';
import { fillNoise, type NoiseDraw } from '../noise/kinds.js';
import type { TensorValue } from '../onnx/model.js';

/** A float32 tensor. */
export const floats = (
  dims: readonly number[],
  data: ArrayLike<number>,
): TensorValue & { readonly data: Float32Array } => ({
  type: 'float32',
  dims,
  data: Float32Array.from(data),
});

/** The noise of every site of a network for a batch of N examples. */
export const noiseFeeds = (
  { sites }: Network,
  N: number,
  draw: NoiseDraw,
): Record<string, TensorValue & { readonly data: Float32Array }> =>
  Object.fromEntries(
    sites.map((site) => {
      const dims = bindShape(site.shape, { N });
      const noise = floats(dims, new Float32Array(sizeOf(dims)));
      fillNoise(site, draw, noise.data);
      return [site.input, noise];
    }),
  );
