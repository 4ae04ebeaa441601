/** @file Guessing a dropped activation from what dropout left: from its neighbours in the map, or from other units of the layer. */
import { explainedShare, fitLeastSquares, type Rows, residualOf } from './least-squares.js';
import { type Maps, startOf } from './maps.js';

/** Where the 8 neighbours of an element are, row and column. */
const around = [
  [-1, -1],
  [-1, 0],
  [-1, 1],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 0],
  [1, 1],
] as const;

/** Of the fits: units that are active for a handful of images get no large coefficients from these. */
const ridge = 1e-3;

/** How many predictors there are in either case. */
export const predictors = around.length;

/**
 * A channel's inner elements, each with its 8 neighbours as predictors. With noise, of maps' shape, only the elements that
 * it drops, and the neighbours as it leaves them.
 */
export function neighbourRows(maps: Maps, channel: number, noise?: Maps): Rows {
  const { examples, height, width, values } = maps;
  const rows = new RowList(examples * (height - 2) * (width - 2));
  const seen = (at: number) => (values[at] as number) * (noise ? (noise.values[at] as number) : 1);
  for (let example = 0; example < examples; example++) {
    const start = startOf(maps, example, channel);
    for (let row = 1; row < height - 1; row++)
      for (let column = 1; column < width - 1; column++) {
        const at = start + row * width + column;
        if (noise && noise.values[at] !== 0) continue;
        for (const [down, right] of around) rows.predictor(seen(at + down * width + right));
        rows.target(values[at] as number);
      }
  }
  return rows.list();
}

/** A layer's activations for some examples, [examples, units]. */
export interface Units {
  readonly units: number;
  readonly values: Float32Array;
}

/** A unit's activations, each with those of the 8 `partners` as predictors. With noise, [examples, units], as `neighbourRows`. */
export function partnerRows(
  { units, values }: Units,
  unit: number,
  partners: readonly number[],
  noise?: Float32Array,
): Rows {
  const rows = new RowList(values.length / units);
  for (let start = 0; start < values.length; start += units) {
    if (noise && noise[start + unit] !== 0) continue;
    for (const partner of partners)
      rows.predictor((values[start + partner] as number) * (noise ? (noise[start + partner] as number) : 1));
    rows.target(values[start + unit] as number);
  }
  return rows.list();
}

/** Rows as they are found, up to a number known beforehand. */
class RowList {
  readonly #predictors: Float64Array;
  readonly #targets: Float64Array;
  #filled = 0;
  #count = 0;

  constructor(most: number) {
    this.#predictors = new Float64Array(most * predictors);
    this.#targets = new Float64Array(most);
  }

  predictor(value: number): void {
    this.#predictors[this.#filled++] = value;
  }

  target(value: number): void {
    this.#targets[this.#count++] = value;
  }

  list(): Rows {
    return {
      width: predictors,
      predictors: this.#predictors.subarray(0, this.#filled),
      targets: this.#targets.subarray(0, this.#count),
    };
  }
}

/** For each unit the 8 others whose activations correlate most with its own, in absolute value. */
export function partnersOf({ units, values }: Units): number[][] {
  const examples = values.length / units;
  const scores = new Float64Array(values.length);
  for (let unit = 0; unit < units; unit++) {
    let [sum, squares] = [0, 0];
    for (let at = unit; at < values.length; at += units) sum += values[at] as number;
    const mean = sum / examples;
    for (let at = unit; at < values.length; at += units) squares += ((values[at] as number) - mean) ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let at = unit; at < values.length; at += units) scores[at] = ((values[at] as number) - mean) * scale;
  }
  const correlation = (a: number, b: number): number => {
    let sum = 0;
    for (let start = 0; start < values.length; start += units)
      sum += (scores[start + a] as number) * (scores[start + b] as number);
    return Math.abs(sum);
  };
  return Array.from({ length: units }, (_, unit) =>
    Array.from({ length: units }, (_, other) => ({
      other,
      r: other === unit ? -1 : correlation(unit, other),
    }))
      .sort((a, b) => b.r - a.r || a.other - b.other)
      .slice(0, predictors)
      .map(({ other }) => other),
  );
}

/**
 * R² of predictors that are fitted to one set's rows and judged on another's, over all channels or units together. One of which
 * there are too few rows to fit to is judged by its mean alone.
 */
export const explained = (count: number, fitted: (i: number) => Rows, judged: (i: number) => Rows): number =>
  explainedShare(
    Array.from({ length: count }, (_, i) => {
      const fit = fitted(i);
      const enough = fit.targets.length > 4 * predictors;
      return residualOf(enough ? fitLeastSquares(fit, ridge) : meanOf(fit), judged(i));
    }),
  );

/** The fit that does without predictors. */
function meanOf({ width, targets }: Rows): Float64Array {
  const mean = targets.reduce((sum, y) => sum + y, 0) / Math.max(1, targets.length);
  return Float64Array.of(mean, ...new Float64Array(width));
}
