/** @file The layers of the drawing, as columns of units. */
import { flowers, measurements, species } from '../model/flowers.js';
import { hiddenUnits } from '../model/network.js';
import type { Pass, Weights } from '../model/pass.js';
import { type StageName, stages } from './stages.js';

export const layerTitles = ['input', 'hidden 1', 'hidden 2', 'output'] as const;

/** A unit by its column and its place in it, both from 0. */
export interface UnitId {
  readonly layer: number;
  readonly unit: number;
}

export const unitCounts: readonly number[] = [measurements.length, hiddenUnits, hiddenUnits, species.length];

/** What stands below a unit. */
export function captionOf({ layer, unit }: UnitId): string | undefined {
  if (layer === 0) return measurements[unit];
  return layer === 3 ? species[unit] : undefined;
}

export const unitName = ({ layer, unit }: UnitId): string => {
  const caption = captionOf({ layer, unit });
  return caption === undefined
    ? `${layerTitles[layer]}, unit ${unit + 1}`
    : `${layerTitles[layer]}, ${caption}`;
};

/** The weights that lead into a layer; none into the input. */
export function weightsInto(pass: Pass, layer: number): Weights | undefined {
  return [undefined, ...pass.hidden, pass.output][layer];
}

/** Whether a unit's output is multiplied by 0. */
export const isDropped = (pass: Pass, { layer, unit }: UnitId): boolean =>
  pass.hidden[layer - 1]?.factor[unit] === 0;

/** What a layer sends on. */
export const sentBy = (pass: Pass, layer: number): readonly number[] =>
  layer === 0 ? pass.input : (pass.hidden[layer - 1]?.scaled ?? []);

/** What comes back into the pre-activations of a layer; none into the input, nor at inference. */
export const gradientAt = (pass: Pass, layer: number): readonly number[] | undefined =>
  [undefined, pass.hidden[0].back, pass.hidden[1].back, pass.output.back][layer]?.preactivation;

/** The number that a stage shows of a unit. */
export function valueAt(pass: Pass, { layer, unit }: UnitId, stage: StageName): number | undefined {
  const { hidden, output, isBack } = stages[stage];
  if (layer === 0) return isBack ? undefined : pass.input[unit];
  const found = pass.hidden[layer - 1];
  return (found ? hidden(found) : output(pass.output))?.[unit];
}

/** Centimetres of the example, as the flower was measured. */
export const centimetres = (flower: number, unit: number): number => flowers[flower]?.features[unit] ?? 0;
