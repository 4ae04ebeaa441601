/** @file Cases of Einsum, and of scattering and gathering by tuples. */
import fc from 'fast-check';
import { int, string } from '../../onnx/attribute.js';
import type { Shape } from '../../onnx/model.js';
import { type Call, type Case, caseOf, counter, real } from './case.js';

type Cases = fc.Arbitrary<Case>;

const sizes: Readonly<Record<string, number>> = { a: 2, b: 3, c: 1, i: 2, j: 3, k: 4, n: 2 };

/** Products of matrices, batches, outer and inner products, sums; with ellipses that broadcast. */
const equations: readonly (readonly [equation: string, dots?: readonly Shape[]])[] = [
  ['ij,jk->ik'],
  ['ij,jk'],
  ['nij,njk->nik'],
  ['nij,nkj->nki'],
  ['i,j->ij'],
  ['ij,ij->'],
  ['ij->j'],
  ['ij->ji'],
  ['abc,cij,jk->abik'],
  ['nij,nkj,k->n'],
  [
    '...ij,...jk->...ik',
    [
      [2, 3],
      [1, 3],
    ],
  ],
  [
    '...ij,...jk->...ik',
    [
      [2, 1],
      [1, 3],
    ],
  ],
  ['...i,i->...', [[2, 2], []]],
];

const Einsum: Cases = caseOf(
  fc.tuple(fc.constantFrom(...equations), fc.boolean()).map(([[equation, dots], symbolic]): Call => {
    const terms = (equation.split('->')[0] as string).split(',');
    const shapes = terms.map(
      (term, t): Shape => [
        ...(dots?.[t] ?? []),
        ...[...term.replace('...', '')].map((letter) =>
          letter === 'n' && symbolic ? 'N' : (sizes[letter] as number),
        ),
      ],
    );
    return {
      op: 'Einsum',
      operands: shapes.map((shape) => ({ shape, draw: real })),
      attributes: { equation: string(equation) },
      lengths: { N: sizes.n as number },
      torch: `torch.einsum('${equation}', *x)`,
    };
  }),
);

/** Every row of a vector of rows at most once, so that replacing has one meaning. */
const rows = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 });

const ScatterElements: Cases = caseOf(
  fc
    .tuple(rows, fc.constantFrom('none', 'add'), fc.boolean(), fc.boolean())
    .map(([picked, reduction, last, symbolic]): Call => {
      const data: Shape = last ? [symbolic ? 'N' : 3, 4] : [4, 3];
      const shape: Shape = last ? [symbolic ? 'N' : 3, picked.length] : [picked.length, 3];
      const repeated = last ? picked : picked.flatMap((row) => [row, row, row]);
      const twice = reduction === 'add' ? repeated.map((row) => (row > 1 ? row : 0)) : repeated;
      return {
        op: 'ScatterElements',
        operands: [
          { shape: data, draw: real },
          { shape, draw: counter(twice), type: 'int64' },
          { shape, draw: real },
        ],
        attributes: { axis: int(last ? 1 : 0), reduction: string(reduction) },
        lengths: { N: 3 },
        torch: `x[0].${reduction === 'add' ? 'scatter_add' : 'scatter'}(${last ? 1 : 0}, x[1], x[2])`,
      };
    }),
);

const ScatterND: Cases = caseOf(
  fc.tuple(rows, fc.constantFrom('none', 'add'), fc.boolean()).map(([picked, reduction, deep]): Call => {
    const twice = reduction === 'add' ? picked.map((row) => (row > 1 ? row : 0)) : picked;
    const tuples = deep ? twice.flatMap((row) => [row, row % 3]) : twice;
    const at = deep ? '(x[1][:, 0], x[1][:, 1])' : '(x[1][:, 0],)';
    return {
      op: 'ScatterND',
      operands: [
        { shape: [4, 3, 2], draw: real },
        { shape: [picked.length, deep ? 2 : 1], draw: counter(tuples), type: 'int64' },
        { shape: [picked.length, ...(deep ? [2] : [3, 2])], draw: real },
      ],
      attributes: { reduction: string(reduction) },
      torch: `x[0].index_put(${at}, x[2], accumulate=${reduction === 'add' ? 'True' : 'False'})`,
    };
  }),
);

/** Tuples of one and of two numbers, from both ends, repeated, with and without batch axes. */
const GatherND: Cases = caseOf(
  fc
    .tuple(fc.constantFrom(1, 2), fc.constantFrom(0, 1), fc.boolean(), fc.integer({ min: 1, max: 4 }))
    .map(([depth, batch, symbolic, count]): Call => {
      const first = symbolic ? 'N' : 2;
      const limit = batch === 0 ? 2 : 3;
      const drawn = (random: () => number) => Math.floor(random() * 2 * limit) - limit;
      const columns = Array.from({ length: depth }, (_, i) => {
        const column =
          batch === 0 ? `x[1][..., ${i}] % ${i === 0 ? 2 : 3}` : `x[1][..., ${i}] % ${i === 0 ? 3 : 4}`;
        return `(${column})`;
      });
      const place = `torch.arange(2)[:, None].expand(2, ${count}), `;
      return {
        op: 'GatherND',
        operands: [
          { shape: [first, 3, 4], draw: real },
          { shape: batch === 0 ? [2, count, depth] : [first, count, depth], draw: drawn, type: 'int64' },
        ],
        attributes: { batch_dims: int(batch) },
        lengths: { N: 2 },
        torch: `x[0][${batch === 0 ? '' : place}${columns.join(', ')}]`,
      };
    }),
);

export const scattering = { Einsum, ScatterElements, ScatterND, GatherND };
