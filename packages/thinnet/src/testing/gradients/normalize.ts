/** @file Cases of normalisation. */
import fc from 'fast-check';
import { float, int } from '../../onnx/attribute.js';
import type { Attributes, Dim, Shape } from '../../onnx/model.js';
import { type Call, type Case, caseOf, type Draw, type Operand, positive, real, shaped } from './case.js';

type Cases = fc.Arbitrary<Case>;

const epsilon = fc.constantFrom(1e-5, 1e-2);
const drawn = (shape: Shape): Operand => ({ shape, draw: real });

/**
 * From 0.5 to 2, the sign of one run of elements the opposite of the next run's: what is normalised together holds both signs and
 * varies by 0.2 or more. Of elements closer to each other than a step of the differences, they would tell nothing.
 */
const alternating =
  (run = 1): Draw =>
  (random, i) =>
    (Math.floor(i / run) % 2 === 0 ? 1 : -1) * (0.5 + 1.5 * random());
const input = (shape: Shape, run?: number): Operand => ({ shape, draw: alternating(run) });

/** Scales of the inner axes; half of the cases without a bias. */
const LayerNormalization: Cases = caseOf(
  fc
    .tuple(shaped(1, 3), fc.integer({ min: -3, max: -1 }), epsilon, fc.boolean())
    .map(([{ shape, lengths }, last, eps, bias]): Call => {
      // An axis of one element is 0 whatever it holds, and its gradient rounding alone.
      const wide = [...shape.slice(0, -1), (shape.at(-1) as Dim) === 'N' ? 'N' : Number(shape.at(-1)) + 2];
      const axis = Math.max(last, -wide.length);
      const inner = wide.slice(axis);
      const isSymbolic = inner.some((dim) => typeof dim !== 'number');
      return {
        op: 'LayerNormalization',
        precision: 'float32',
        operands: [input(wide), drawn(inner), ...(bias ? [drawn(inner)] : [])],
        attributes: { axis: int(axis), epsilon: float(isSymbolic ? 1e-2 : eps) },
        lengths: isSymbolic ? { N: (lengths.N as number) + 2 } : lengths,
        torch: `F.layer_norm(x[0], x[0].shape[${axis}:], x[1], ${bias ? 'x[2]' : 'None'}, ${isSymbolic ? 1e-2 : eps})`,
      };
    }),
);

const batch = fc.constantFrom<[Dim, Record<string, number>]>([2, {}], [3, {}], ['N', { N: 2 }]);
const plane = fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 1, maxLength: 2 });

const InstanceNormalization: Cases = caseOf(
  fc.tuple(batch, fc.integer({ min: 1, max: 3 }), plane, fc.boolean()).map(
    ([[n, lengths], c, sizes, symbolic]): Call => ({
      op: 'InstanceNormalization',
      precision: 'float32',
      operands: [input([n, c, ...(symbolic ? ['L', ...sizes.slice(1)] : sizes)]), drawn([c]), drawn([c])],
      attributes: { epsilon: float(1e-2) },
      lengths: symbolic ? { ...lengths, L: sizes[0] as number } : lengths,
      torch: 'F.instance_norm(x[0], None, None, x[1], x[2], True, 0.1, 0.01)',
    }),
  ),
);

const GroupNormalization: Cases = caseOf(
  fc.tuple(batch, fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 }), plane, epsilon).map(
    ([[n, lengths], groups, inner, sizes, eps]): Call => ({
      op: 'GroupNormalization',
      precision: 'float32',
      operands: [input([n, groups * inner, ...sizes]), drawn([groups * inner]), drawn([groups * inner])],
      attributes: { num_groups: int(groups), epsilon: float(eps) },
      lengths,
      torch: `F.group_norm(x[0], ${groups}, x[1], x[2], ${eps})`,
    }),
  ),
);

/** With running statistics (their own gradients too), and with those of the batch, given out or not. */
const BatchNormalization: Cases = caseOf(
  fc
    .tuple(
      batch,
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.integer({ min: 2, max: 3 }), { maxLength: 2 }),
      epsilon,
      fc.constantFrom('running', 'batch', 'batch, momentum 0'),
    )
    .map(([[n, lengths], c, sizes, eps, how]): Call => {
      const training = how !== 'running';
      const attributes: Attributes = {
        epsilon: float(training ? 1e-2 : eps),
        ...(training ? { training_mode: int(1) } : {}),
        ...(how === 'batch, momentum 0' ? { momentum: float(0) } : {}),
      };
      return {
        op: 'BatchNormalization',
        precision: 'float32',
        operands: [
          input(
            [n, c, ...sizes],
            sizes.reduce((product, size) => product * size, c),
          ),
          drawn([c]),
          drawn([c]),
          { ...drawn([c]), differentiate: !training },
          { shape: [c], draw: positive, differentiate: !training },
        ],
        attributes,
        outputs: training ? 3 : 1,
        lengths,
        torch: training
          ? `F.batch_norm(x[0], None, None, x[1], x[2], True, 0.1, 0.01)`
          : `(x[0] - chan(x[3], x[0])) / torch.sqrt(chan(x[4], x[0]) + ${eps}) * chan(x[1], x[0]) + chan(x[2], x[0])`,
      };
    }),
).map((given) =>
  given.torch?.startsWith('F.batch_norm')
    ? { ...given, build: (b, values) => given.build(b, values).slice(0, 1) }
    : given,
);

export const normalization = {
  LayerNormalization,
  InstanceNormalization,
  GroupNormalization,
  BatchNormalization,
};
