/** @file What a shape rule is, and what rules share: reading axes, checking types. */
import { ThinnetError } from '../../error.js';
import { intsOf } from '../../onnx/attribute.js';
import type { DataType, Dim, Node, Shape, TensorValue } from '../../onnx/model.js';
import { normalizeAxis } from '../shape.js';
import type { Value } from '../value.js';

/** Type and shape of one output. */
export interface Inferred {
  readonly type: DataType;
  readonly shape: Shape;
  /** The elements of a small integer tensor (a shape being computed), row-major, where they are known. */
  readonly elements?: readonly Dim[] | undefined;
}

/** What a rule found out: the shape is undefined where it depends on the data. */
export interface Finding extends Omit<Inferred, 'shape'> {
  readonly shape: Shape | undefined;
}

/** What a rule sees of its node. Required inputs are present; optional ones may be undefined. */
export interface InferContext {
  readonly node: Node;
  readonly inputs: readonly (Value | undefined)[];
  /** The elements of an input, where they are known while building. */
  readonly constantOf: (value: Value) => TensorValue | undefined;
  /** The elements of a small integer input, symbolic ones included: those of Shape(x) with x [N, 3] are N and 3. */
  readonly elementsOf: (value: Value) => readonly Dim[] | undefined;
}

export type InferRule = (context: InferContext) => readonly Finding[];

/** A rule with the least and the greatest number of inputs that its operator takes. */
export interface OperatorRule {
  readonly least: number;
  readonly most: number;
  readonly infer: InferRule;
}

export type Rules = Readonly<Record<string, OperatorRule>>;

export const rule = (least: number, most: number, infer: InferRule): OperatorRule => ({ least, most, infer });

/** One entry a name, all with the same rule. */
export const each = (names: string, entry: OperatorRule): Rules =>
  Object.fromEntries(names.split(' ').map((name) => [name, entry]));

/** Input `i`, which the dispatcher has checked to be there. */
export const inputOf = ({ inputs }: InferContext, i: number): Value => inputs[i] as Value;

/** The inputs that are there. */
export const present = ({ inputs }: InferContext): Value[] => inputs.filter((x) => x !== undefined);

/** Integers given as an attribute (older opsets) or as an input; 'computed' where that input is not known yet. */
export function integersOf(
  context: InferContext,
  attribute: string,
  index: number,
): readonly number[] | 'computed' | undefined {
  const given = intsOf(context.node, attribute);
  if (given !== undefined) return given;
  const input = context.inputs[index];
  if (input === undefined) return undefined;
  const elements = context.elementsOf(input);
  return elements?.every((x) => typeof x === 'number') ? elements : 'computed';
}

/** As `integersOf`, counted from the front. */
export function axesOf(
  context: InferContext,
  index: number,
  rank: number,
): readonly number[] | 'computed' | undefined {
  const axes = integersOf(context, 'axes', index);
  return axes === undefined || axes === 'computed' ? axes : axes.map((axis) => normalizeAxis(axis, rank));
}

/** The type that all these values share. */
export function sameType(values: readonly Value[]): DataType {
  const first = values[0] as Value;
  for (const value of values)
    if (value.type !== first.type)
      throw new ThinnetError(
        `"${first.name}" is ${first.type} but "${value.name}" is ${value.type}; cast one of them`,
      );
  return first.type;
}

export function requireType(value: Value, type: DataType): void {
  if (value.type !== type) throw new ThinnetError(`"${value.name}" is ${value.type}, expected ${type}`);
}

export function requireRank(value: Value, least: number, most = least): void {
  const rank = value.shape.length;
  if (rank < least || rank > most)
    throw new ThinnetError(
      `"${value.name}" has rank ${rank}, expected ${least === most ? least : `${least} to ${most === Infinity ? 'any' : most}`}`,
    );
}

/** A symbol for an axis whose length depends on data; named after the output, hence the same in every build. */
export const unknownDim = ({ node }: InferContext, axis: number, output = 0): string =>
  `${node.outputs[output] || node.name}.${axis}`;
