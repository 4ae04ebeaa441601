/** @file One way of calling an operator, with random operands: what gradient rules are tested on. */
import fc from 'fast-check';
import type { GraphBuilder } from '../../graph/builder.js';
import { bindShape, sizeOf } from '../../graph/shape.js';
import { typedArray } from '../../graph/typed.js';
import type { Value } from '../../graph/value.js';
import type { Attributes, DataType, Shape, TensorValue } from '../../onnx/model.js';

/** Uniform in [0, 1). */
export type Random = () => number;

/** Draws element i of an operand. */
export type Draw = (random: Random, i: number) => number;

export interface Operand {
  readonly shape: Shape;
  /** Draws element i. */
  readonly draw: Draw;
  /** The case's precision unless given. */
  readonly type?: DataType;
  /** Given as a constant of the graph instead of an input; its gradient is not asked for. */
  readonly constant?: boolean;
  /** Whether its gradient is checked; true unless it is a constant or not of floating point. */
  readonly differentiate?: boolean;
}

export interface Case {
  readonly title: string;
  /** float64 where ONNX Runtime has the kernels, so that finite differences are exact. */
  readonly precision: 'float32' | 'float64';
  readonly operands: readonly Operand[];
  /** What the symbols in shapes stand for. */
  readonly lengths: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly build: (b: GraphBuilder, operands: readonly Value[]) => Value[];
  /** The same in PyTorch: an expression of the list x of operands, giving a tensor or a list; absent where it has none. */
  readonly torch?: string | undefined;
}

/** Distributions of operands. */
export const real = (random: Random): number => 4 * random() - 2;
export const positive = (random: Random): number => 0.3 + 2 * random();
/** At least 0.2 away from 0, where Relu, Abs and their kin bend. */
export const nonzero = (random: Random): number => (random() < 0.5 ? -1 : 1) * (0.2 + 2 * random());
/** Of up to 256 elements no two within 1e-3 of each other, in any order: no step of 1e-5 changes which is the greatest. */
export const distinct: Draw = (random, i) => Math.floor(8 * random()) / 2 - 2 + (i % 256) / 512;
/** The given numbers in order. */
export const counter =
  (xs: readonly number[]): Draw =>
  (_, i) =>
    xs[i % xs.length] as number;
/** An index into an axis, counted from either end. */
export const index = (length: number) => (random: Random) => Math.floor(2 * length * random()) - length;

/** Mulberry32: enough for test data. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The operands' elements. */
export function drawOperands({ operands, lengths, seed, precision }: Case): TensorValue[] {
  const random = randomFrom(seed);
  return operands.map(({ shape, draw, type = precision }) => {
    const dims = bindShape(shape, lengths);
    return {
      type,
      dims,
      data: typedArray(
        type,
        Array.from({ length: sizeOf(dims) }, (_, i) => draw(random, i)),
      ),
    };
  });
}

/** What a case is about, its shapes aside. */
export interface Call {
  readonly op: string;
  readonly operands: readonly Operand[];
  readonly attributes?: Attributes;
  readonly outputs?: number;
  readonly torch?: string | undefined;
  readonly precision?: 'float32' | 'float64';
  readonly lengths?: Readonly<Record<string, number>>;
}

/** A call of one operator as a case, with a random seed for its data. */
export const caseOf = (calls: fc.Arbitrary<Call>): fc.Arbitrary<Case> =>
  fc.tuple(calls, fc.integer({ min: 1, max: 1e6 })).map(([call, seed]) => {
    const { op, operands, attributes = {}, outputs = 1, precision = 'float64', lengths = {}, torch } = call;
    const shown = Object.entries(attributes).map(
      ([name, a]) => `${name}=${String('value' in a ? a.value : a)}`,
    );
    return {
      title: `${op}(${[...operands.map(({ shape }) => `[${shape.join()}]`), ...shown].join(', ')})`,
      precision,
      operands,
      lengths,
      seed,
      torch,
      build: (b, values) => b.ops(op, values, attributes, { outputs }),
    };
  });

/** A shape, and what its symbol stands for: half of the time the first axis is the symbol N. */
export interface Shaped {
  readonly shape: Shape;
  readonly lengths: Readonly<Record<string, number>>;
}

export const shaped = (minRank = 0, maxRank = 3, maxLength = 4): fc.Arbitrary<Shaped> =>
  fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: maxLength }), { minLength: minRank, maxLength: maxRank }),
      fc.boolean(),
    )
    .map(([dims, symbolic]) =>
      symbolic && dims.length > 0
        ? { shape: ['N', ...dims.slice(1)], lengths: { N: dims[0] as number } }
        : { shape: dims, lengths: {} },
    );

/** A shape that broadcasts to the given one: some leading axes left out, some others of length 1. */
export const stretchable = (shape: Shape): fc.Arbitrary<Shape> =>
  fc
    .tuple(fc.integer({ min: 0, max: shape.length }), fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }))
    .map(([left, ones]) => shape.slice(left).map((dim, i) => (ones[i] ? 1 : dim)));

/** `count` shapes that broadcast together to a common one, which the first or the last of them has. */
export const broadcasting = (count: number): fc.Arbitrary<{ shapes: Shape[]; lengths: Shaped['lengths'] }> =>
  shaped().chain(({ shape, lengths }) =>
    fc
      .tuple(fc.tuple(...Array.from({ length: count - 1 }, () => stretchable(shape))), fc.boolean())
      .map(([others, first]) => ({ shapes: first ? [shape, ...others] : [...others, shape], lengths })),
  );
