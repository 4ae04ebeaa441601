/** @file Formulas as nodes: arithmetic on values and plain numbers. */
import type { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import type { DataType } from '../onnx/model.js';
import { cast } from './cast.js';

/** A plain number takes the element type of the value it meets. */
export type Operand = Value | number;

export interface Arithmetic {
  add(x: Operand, y: Operand): Value;
  sub(x: Operand, y: Operand): Value;
  mul(x: Operand, y: Operand): Value;
  div(x: Operand, y: Operand): Value;
  /** 1 and 0 where `x` is greater than `y`, and elsewhere, as a condition. */
  greater(x: Operand, y: Operand): Value;
  less(x: Operand, y: Operand): Value;
  equal(x: Operand, y: Operand): Value;
  /** `x` where the condition holds, else `y`; `like` gives the element type when both are numbers. */
  where(condition: Value, x: Operand, y: Operand, like?: DataType): Value;
  /** An operator of one input, such as 'Exp'. */
  of(op: string, x: Value): Value;
}

export function scalar(b: GraphBuilder, x: number, type: DataType): Value {
  return type === 'float16' || type === 'bfloat16' ? cast(b, b.scalar(x), type) : b.scalar(x, type);
}

export function arithmetic(b: GraphBuilder): Arithmetic {
  const operands = (x: Operand, y: Operand, like?: DataType): [Value, Value] => {
    const type = typeof x !== 'number' ? x.type : typeof y !== 'number' ? y.type : (like ?? 'float32');
    return [typeof x === 'number' ? scalar(b, x, type) : x, typeof y === 'number' ? scalar(b, y, type) : y];
  };
  const binary = (op: string) => (x: Operand, y: Operand) => b.op(op, operands(x, y));
  return {
    add: binary('Add'),
    sub: binary('Sub'),
    mul: binary('Mul'),
    div: binary('Div'),
    greater: binary('Greater'),
    less: binary('Less'),
    equal: binary('Equal'),
    where: (condition, x, y, like) => b.op('Where', [condition, ...operands(x, y, like)]),
    of: (op, x) => b.op(op, [x]),
  };
}
