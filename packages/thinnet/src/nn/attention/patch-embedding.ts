/** @file Images as sequences of patches. */
import { ThinnetError } from '../../error.js';
import { showShape } from '../../graph/shape.js';
import { ints } from '../../onnx/attribute.js';
import type { KeysOf } from '../../options/check.js';
import { affineOf, type DenseOptions, denseKeys, denseParameters } from '../dense.js';
import { glorotUniform } from '../init.js';
import { checkLayer } from '../layer-options.js';
import type { Layer } from '../scope.js';
import type { PerAxis } from '../window.js';

export interface PatchEmbeddingOptions extends DenseOptions {
  /** Side of the square patches, or their height and width; they must divide the plane. */
  readonly patch: PerAxis;
}

const keys: KeysOf<PatchEmbeddingOptions> = { ...denseKeys, patch: true };

/**
 * Cuts an image into patches that do not overlap and maps each linearly to a vector: a convolution whose stride is its
 * kernel, written as one matrix product.
 *
 * x [N, C, H, W] → y [N, T, width], T = (H / patch) · (W / patch) patches row by row; parameters `name.weight`
 * [C · patch · patch, width], rows in the order of C, height, width, and `name.bias` [width]. Of a convolution's weight
 * [width, C, patch, patch], flattened to [width, C · patch · patch], `name.weight` is the transpose.
 * Dosovitskiy et al. 2021 (arXiv:2010.11929), equation 1. The weight begins as `glorotUniform()` unless given.
 * Errors: width or patch no positive integer; x not [N, C, H, W] with known lengths after N; a patch that does not divide H
 * and W.
 */
export function patchEmbedding(width: number, options: PatchEmbeddingOptions): Layer {
  checkLayer('patchEmbedding', options, keys);
  const { patch, init = glorotUniform() } = options;
  return (x, scope) => {
    const name = scope.layerName('patchEmbedding', options);
    const place = `patchEmbedding "${name}"`;
    const [batch = 'N', channels, height, breadth] = x.shape;
    if (
      x.shape.length !== 4 ||
      typeof channels !== 'number' ||
      typeof height !== 'number' ||
      typeof breadth !== 'number'
    )
      throw new ThinnetError(
        `${place}: its input ${showShape(x.shape)} must be [N, channels, height, width] with known lengths after N`,
      );
    const [p, q, more] = typeof patch === 'number' ? [patch, patch] : Array.isArray(patch) ? patch : [];
    if (!isLength(p) || !isLength(q) || more !== undefined || height % p !== 0 || breadth % q !== 0)
      throw new ThinnetError(
        `${place}: patch is ${JSON.stringify(patch)}; it must be a positive integer, or two, that divide the plane ${height} × ${breadth}`,
      );
    const { builder: b } = scope;
    const [rows, columns, size] = [height / p, breadth / q, channels * p * q];
    const cut = b.op('Reshape', [x, b.int64([0, channels, rows, p, columns, q])]);
    const gathered = b.op('Transpose', [cut], { perm: ints([0, 2, 4, 1, 3, 5]) });
    const patches = b.op(
      'Reshape',
      [gathered, b.int64([0, rows * columns, size])],
      {},
      { name: `${name}.patches`, shapes: [[batch, rows * columns, size]] },
    );
    const { weight, bias } = denseParameters(
      'patchEmbedding',
      name,
      width,
      { ...options, init },
      patches,
      scope,
    );
    return affineOf(name, patches, weight, bias, scope);
  };
}

const isLength = (n: number | undefined): n is number => n !== undefined && Number.isSafeInteger(n) && n >= 1;
