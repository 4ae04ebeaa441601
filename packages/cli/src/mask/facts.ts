/** @file What can be said of a mask in numbers. */
import { createHash } from 'node:crypto';
import type { Mask } from './draw.js';
import { maskKinds } from './kinds.js';
import { meaningOf } from './meanings.js';

export interface MaskFacts {
  readonly kind: string;
  readonly rate: number;
  /** Of dropblock only: the side of its squares, on a smaller map the map's shorter side. */
  readonly blockSize?: number;
  readonly shape: readonly number[];
  readonly noiseShape: readonly number[];
  readonly seed: number;
  readonly step: number;
  readonly site: number;
  /** Elements of the noise. */
  readonly elements: number;
  /** The share of them that drop; null where nothing is dropped. */
  readonly dropped: number | null;
  /** The different values in order; null where there are more than eight. */
  readonly values: readonly number[] | null;
  readonly least: number;
  readonly largest: number;
  readonly mean: number;
  /** Of the noise as little-endian float32, in hexadecimal. */
  readonly sha256: string;
  /** What the numbers are, where they are not factors of 0 and more. */
  readonly fed?: string;
}

const fewValues = 8;

export function factsOf({ choice, noiseShape, noise }: Mask): MaskFacts {
  const { kind, rate, shape, blockSize, seed, step, site } = choice;
  const { drops, explain } = meaningOf(maskKinds[kind].meaning);
  const values = new Set<number>();
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [sum, dropped] = [0, 0];
  for (const value of noise) {
    if (values.size <= fewValues) values.add(value);
    least = Math.min(least, value);
    largest = Math.max(largest, value);
    sum += value;
    if (drops?.(value, rate)) dropped++;
  }
  return {
    kind,
    rate,
    ...(blockSize === undefined ? {} : { blockSize: Math.min(blockSize, ...shape.slice(-2)) }),
    shape,
    noiseShape,
    seed,
    step,
    site,
    elements: noise.length,
    dropped: drops === undefined ? null : dropped / noise.length,
    values: values.size > fewValues ? null : [...values].sort((a, b) => a - b),
    least,
    largest,
    mean: sum / noise.length,
    sha256: createHash('sha256')
      .update(new Uint8Array(noise.buffer, noise.byteOffset, noise.byteLength))
      .digest('hex'),
    ...(explain === undefined ? {} : { fed: explain(rate) }),
  };
}

/** Which noise it is, and what there is to know of it: a line each. */
export function factsInWords(facts: MaskFacts): readonly string[] {
  const { kind, rate, blockSize, shape, noiseShape, seed, step, site, elements, dropped, mean } = facts;
  const block = blockSize === undefined ? '' : `, block size ${blockSize}`;
  const target = `[${shape.join(', ')}]`;
  const shapes =
    noiseShape.join() === shape.join() ? target : `[${noiseShape.join(', ')}], broadcast to ${target}`;
  const share = dropped === null ? [] : [`${percent(dropped)} % dropped`];
  return [
    `${kind} ${rate}${block}: noise ${shapes} · seed ${seed}, step ${step}, site ${site}`,
    ...(facts.fed === undefined ? [] : [facts.fed]),
    [
      `${elements.toLocaleString('en-US')} element${elements === 1 ? '' : 's'}`,
      ...share,
      valuesInWords(facts),
      `mean ${short(mean)}`,
      `sha256 ${facts.sha256.slice(0, 12)}`,
    ].join(' · '),
  ];
}

function valuesInWords({ values, least, largest }: MaskFacts): string {
  if (values === null) return `values ${short(least)} to ${short(largest)}`;
  return `${values.length === 1 ? 'value' : 'values'} ${values.map(short).join(', ')}`;
}

const short = (value: number): string => String(Number(value.toPrecision(5)));
const percent = (share: number): string => String(Number((100 * share).toFixed(2)));
