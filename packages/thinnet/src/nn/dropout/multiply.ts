/** @file What most kinds of dropout are: a noise input multiplied into the activation. */
import { checkRateOrSchedule, type Rate } from '../../noise/schedule.js';
import type { NoiseKind } from '../../noise/site.js';
import type { Shape } from '../../onnx/model.js';
import type { Keys } from '../../options/check.js';
import { checkLayer } from '../layer-options.js';
import type { Layer, LayerOptions, NoiseOptions, ReplacedKind } from '../scope.js';

type MultipliedKind = Exclude<NoiseKind, ReplacedKind>;
type Extra<K extends MultipliedKind> = Omit<NoiseOptions<K>, 'name' | 'kind' | 'rate' | 'shape'>;

/** How messages name a layer before it is part of a network. */
export const placeOf = (layer: string, { name }: LayerOptions): string =>
  name === undefined ? layer : `${layer} "${name}"`;

/** y = x ∗ noise, with a noise site of the kind. `known` are the keys of the options; `shapeOf` gives the noise's shape for that of x; `extra` what the kind adds. */
export function multiplied<K extends MultipliedKind>(
  layer: string,
  kind: K,
  rate: Rate,
  options: LayerOptions,
  known: Keys,
  shapeOf: (activation: Shape, place: string) => Shape,
  extra?: Extra<K>,
): Layer {
  checkLayer(layer, options, known);
  checkRateOrSchedule(rate, placeOf(layer, options));
  return (x, scope) => {
    const name = scope.layerName(layer, options);
    const shape = shapeOf(x.shape, `${layer} "${name}"`);
    const noise = scope.noise({
      ...extra,
      name,
      kind,
      rate,
      shape,
    } as unknown as NoiseOptions<MultipliedKind>);
    return noise ? scope.builder.op('Mul', [x, noise], {}, { name }) : x;
  };
}
