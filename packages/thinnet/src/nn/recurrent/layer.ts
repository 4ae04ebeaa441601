/** @file What all recurrent layers are: a cell, its parameters, and a mask each for inputs and states. */
import { shown, ThinnetError } from '../../error.js';
import type { Value } from '../../graph/value.js';
import { checkRateOrSchedule } from '../../noise/schedule.js';
import { placeOf } from '../dropout/multiply.js';
import type { Layer, Scope } from '../scope.js';
import { sequenceOf } from '../sequence.js';
import { type Cell, type Writer, writerOf } from './cell.js';
import type { RecurrentOptions } from './options.js';
import { stacked, turned, unroll } from './unroll.js';

/** A layer's name, the lengths of its axes, and where to declare parameters and write nodes. */
export interface LayerContext {
  readonly name: string;
  readonly features: number;
  readonly units: number;
  readonly scope: Scope;
  readonly writer: Writer;
}

/** A layer of `units` units; `cellOf` declares its parameters. */
export function recurrent(
  kind: string,
  units: number,
  options: RecurrentOptions,
  cellOf: (context: LayerContext) => Cell,
): Layer {
  const { returnSequences = false, goBackwards = false, dropout = 0, recurrentDropout = 0 } = options;
  const before = placeOf(kind, options);
  if (!Number.isSafeInteger(units) || units < 1)
    throw new ThinnetError(`${before}: units is ${shown(units)}; it must be a positive integer`);
  checkRateOrSchedule(dropout, `dropout of ${before}`);
  checkRateOrSchedule(recurrentDropout, `recurrentDropout of ${before}`);
  return (x, scope) => {
    const name = scope.layerName(kind, options);
    const { builder: b } = scope;
    const { features } = sequenceOf(`${kind} "${name}"`, x);
    const batch = x.shape[0] ?? 'N';
    const cell = cellOf({ name, features, units, scope, writer: writerOf(b, name) });
    const siteOf = (stem: 'dropout' | 'recurrentDropout', shape: Value['shape']) =>
      scope.noise({ name: `${name}.${stem}`, kind: 'variational', rate: options[stem] ?? 0, shape });
    const noise = siteOf('dropout', [batch, 1, features]);
    const stateNoise = siteOf('recurrentDropout', [batch, units]);
    const thinned = noise ? b.op('Mul', [x, noise], {}, { name: `${name}.thinned` }) : x;
    const thin = (h: Value): Value =>
      stateNoise ? b.op('Mul', [h, stateNoise], {}, { name: `${name}.thinnedState` }) : h;
    const byTime = turned(b, thinned, `${name}.byTime`);
    const { states, last } = unroll(b, name, cell, byTime, { goBackwards, thin });
    return returnSequences ? turned(b, stacked(b, name, states), name) : last[0];
  };
}
