/** @file The equation of an Einsum. */
import { stringOf } from '../onnx/attribute.js';
import type { Node } from '../onnx/model.js';

export interface Equation {
  /** As the node has it, without blanks. */
  readonly text: string;
  /** Of each operand: a letter an axis, and an ellipsis for axes that broadcast. */
  readonly terms: readonly string[];
  /** What comes after the arrow; without an arrow the letters that occur once, in order, the ellipsis before them. */
  readonly output: string;
}

export function equationOf(node: Node): Equation {
  const text = stringOf(node, 'equation', '').replaceAll(' ', '');
  const [left = '', right] = text.split('->');
  const all = left.replaceAll('...', '').replaceAll(',', '');
  const once = [...new Set(all)].filter((letter) => all.split(letter).length === 2).sort();
  const output = right ?? (left.includes('...') ? '...' : '') + once.join('');
  return { text, terms: left.split(','), output };
}

/** How many axes the ellipsis of a term stands for, on an operand of that rank; 0 for a term without one. */
export const ellipsisRank = (term: string, rank: number): number =>
  term.includes('...') ? rank - (term.length - '...'.length) : 0;
