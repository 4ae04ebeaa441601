/** @file Gradient of Einsum: an Einsum of the gradient and the other operands. */
import { ThinnetError } from '../../error.js';
import type { Value } from '../../graph/value.js';
import { string, stringOf } from '../../onnx/attribute.js';
import type { Dim, Node } from '../../onnx/model.js';
import { sumTo } from '../broadcast.js';
import { gradientOfOutput, inputOf, type Rule } from '../rule.js';
import { expandLike, range } from '../shapes.js';

interface Equation {
  /** Letters of each operand; what an ellipsis stood for has letters too. */
  readonly terms: readonly string[];
  readonly output: string;
}

const alphabet = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The equation with all its axes lettered, and an output. */
function equationOf(node: Node, operands: readonly Value[]): Equation {
  const text = stringOf(node, 'equation', '').replaceAll(' ', '');
  const [left = '', right] = text.split('->');
  const terms = left.split(',');
  const named = new Set(text.replaceAll(/[^a-zA-Z]/g, ''));
  const free = alphabet.filter((letter) => !named.has(letter));
  const spare = (i: number): number =>
    terms[i]?.includes('...') ? (operands[i]?.shape.length ?? 0) - (terms[i]?.length ?? 0) + 3 : 0;
  const longest = Math.max(0, ...terms.map((_, i) => spare(i)));
  const dots = free.slice(0, longest);
  const lettered = (term: string, count: number): string =>
    term.replace('...', dots.slice(longest - count).join(''));
  const full = terms.map((term, i) => lettered(term, spare(i)));
  const all = full.join('');
  const once = [...named].filter((letter) => all.split(letter).length === 2).sort();
  const output = right === undefined ? dots.join('') + once.join('') : lettered(right, longest);
  return { terms: full, output };
}

const Einsum: Rule = (context) => {
  const { b, node, needs } = context;
  const operands = context.inputs.map((_, i) => inputOf(context, i));
  const g = gradientOfOutput(context);
  const { terms, output } = equationOf(node, operands);
  for (const term of [...terms, output])
    if (new Set(term).size !== term.length)
      throw new ThinnetError(
        `node "${node.name}" (Einsum): the equation's term "${term}" repeats a letter, a diagonal, which has no gradient`,
      );
  return operands.map((x, i) => {
    if (!needs[i]) return undefined;
    const others = range(operands.length).filter((j) => j !== i);
    const sources = [output, ...others.map((j) => terms[j] as string)];
    const term = terms[i] as string;
    const kept = [...term].filter((letter) => sources.some((source) => source.includes(letter)));
    const equation = `${sources.join(',')}->${kept.join('')}`;
    const values = [g, ...others.map((j) => operands[j] as Value)];
    const product = b.op('Einsum', values, { equation: string(equation) });
    // A letter that only this operand has was summed: its gradient repeats along that axis.
    const summed = range(term.length).filter((at) => !kept.includes(term[at] as string));
    const open = summed.length === 0 ? product : b.op('Unsqueeze', [product, b.int64(summed)]);
    const stretched = open.shape.map((dim, at): Dim => (summed.includes(at) ? 1 : dim));
    const shape = x.shape.map((dim, at): Dim => (summed.includes(at) ? (stretched[at] as Dim) : dim));
    return expandLike(b, sumTo(b, open, shape), x);
  });
};

export const einsum = { Einsum } satisfies Record<string, Rule>;
