/** @file What models of images take. */
import { ThinnetError } from '../error.js';
import { showShape } from '../graph/shape.js';
import { reshape } from '../nn/reshape.js';
import type { Layer } from '../nn/scope.js';

/**
 * Gives grey images their channel axis. x [N, height, width] → [N, 1, height, width]; x [N, C, height, width] stays as it is,
 * without a node. Errors: any other number of axes.
 */
export const channelsFirst =
  (model: string): Layer =>
  (x, scope) => {
    const example = x.shape.slice(1);
    if (example.length === 3) return x;
    if (example.length !== 2 || !example.every((dim): dim is number => typeof dim === 'number'))
      throw new ThinnetError(
        `${model}: its input ${showShape(x.shape)} must be images, [N, height, width] or [N, channels, height, width]`,
      );
    return reshape([1, ...example], { name: 'image' })(x, scope);
  };
