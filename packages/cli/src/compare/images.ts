/** @file Whether the data fit the model. */

import type { Dataset } from 'thinnet';
import type { ModelName } from 'thinnet-runs';
import { models } from '../arms/models.js';
import { UsageError } from '../usage-error.js';

/** Errors: UsageError of a model of images and examples that are none, or whose channels come last. */
export function refuseOtherThanImages(model: ModelName, { name, shape }: Dataset): void {
  if (!models[model].takesImages) return;
  const shown = `[${shape.join(', ')}]`;
  if (shape.length !== 2 && shape.length !== 3) {
    throw new UsageError(
      `${name}: its examples have shape ${shown}, but the model ${model} takes images, [height, width] or ` +
        '[channels, height, width]; use --model mlp',
    );
  }
  const [first, , last] = shape;
  if (first !== undefined && last !== undefined && last <= 4 && first > 4) {
    throw new UsageError(
      `${name}: its images of shape ${shown} seem to have their channels last, but the model ${model} takes ` +
        '[channels, height, width]; transpose the files',
    );
  }
}
