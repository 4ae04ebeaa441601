/** @file The parameters of recurrent layers. */
import type { Value } from '../../graph/value.js';
import { glorotUniform, type Init, zeros } from '../init.js';
import { orthogonal, perGate } from '../init-orthogonal.js';
import type { CellWeights } from './cell.js';
import type { LayerContext } from './layer.js';
import type { RecurrentOptions } from './options.js';

/** `name.inputWeight`, `name.recurrentWeight` and `name.bias`; `biasInit` fills the bias. */
export function recurrentParameters(
  { name, features, units, scope }: LayerContext,
  gates: number,
  options: RecurrentOptions,
  biasInit: Init = zeros(),
): CellWeights {
  const { bias = true, init = glorotUniform(), recurrentInit = orthogonal() } = options;
  const columns = gates * units;
  const weight = (stem: string, rows: number, begin: Init): Value =>
    scope.parameter({
      name: `${name}.${stem}`,
      shape: [rows, columns],
      role: 'weight',
      incomingAxes: [0],
      init: perGate(gates, begin),
      fans: { fanIn: rows, fanOut: units },
    });
  const inputWeight = weight('inputWeight', features, init);
  const recurrentWeight = weight('recurrentWeight', units, recurrentInit);
  return {
    inputWeight,
    recurrentWeight,
    bias: bias
      ? scope.parameter({
          name: `${name}.bias`,
          shape: [columns],
          role: 'bias',
          incomingAxes: [],
          init: biasInit,
          fans: { fanIn: features, fanOut: units },
        })
      : undefined,
  };
}
