/** @file The options of layers, looked at when a layer is made. */
import { ThinnetError } from '../error.js';
import { checkOptions, type Keys, type KeysOf } from '../options/check.js';
import { type LayerOptions, Scope } from './scope.js';

/** For layers with no options of their own. */
export const layerKeys: KeysOf<LayerOptions> = { name: true };

/**
 * Checks the options of a layer.
 * Errors: as `checkOptions`; the arguments of a layer, which come where `relu` was written for `relu()`.
 */
export function checkLayer(layer: string, options: object, known: Keys): void {
  if (options instanceof Scope || isValue(options))
    throw new ThinnetError(`${layer} stands where a layer belongs; call it to make one: ${layer}(…)`);
  checkOptions(layer, options, known);
}

const isValue = (options: object): boolean =>
  typeof options === 'object' && options !== null && 'type' in options && 'shape' in options;
