/** @file Gradient of Einsum: an Einsum of the gradient and the other operands. */
import { ThinnetError } from '../../error.js';
import { ellipsisRank, equationOf } from '../../graph/einsum.js';
import type { Value } from '../../graph/value.js';
import { string } from '../../onnx/attribute.js';
import type { Dim, Node } from '../../onnx/model.js';
import { sumTo } from '../broadcast.js';
import { gradientOfOutput, inputOf, type Rule } from '../rule.js';
import { expandLike, range } from '../shapes.js';

/** Letters of each operand and of the output; what an ellipsis stood for has letters too. */
interface Lettered {
  readonly terms: readonly string[];
  readonly output: string;
}

const alphabet = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

function letteredOf(node: Node, operands: readonly Value[]): Lettered {
  const { text, terms, output } = equationOf(node);
  const free = alphabet.filter((letter) => !text.includes(letter));
  const spare = terms.map((term, i) => ellipsisRank(term, operands[i]?.shape.length ?? 0));
  const longest = Math.max(0, ...spare);
  const dots = free.slice(0, longest);
  // Axes that broadcast are aligned at their ends.
  const lettered = (term: string, count: number): string =>
    term.replace('...', dots.slice(longest - count).join(''));
  return {
    terms: terms.map((term, i) => lettered(term, spare[i] as number)),
    output: lettered(output, longest),
  };
}

const Einsum: Rule = (context) => {
  const { b, node, needs } = context;
  const operands = context.inputs.map((_, i) => inputOf(context, i));
  const g = gradientOfOutput(context);
  const { terms, output } = letteredOf(node, operands);
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
    // A letter that only this operand has was summed: its gradient repeats along that axis, as along one of which the
    // others have length 1.
    const summed = range(term.length).filter((at) => !kept.includes(term[at] as string));
    const open = summed.length === 0 ? product : b.op('Unsqueeze', [product, b.int64(summed)]);
    const shape = x.shape.map((dim, at): Dim => (open.shape[at] === 1 ? 1 : dim));
    return expandLike(b, sumTo(b, open, shape), x);
  });
};

export const einsum = { Einsum } satisfies Record<string, Rule>;
