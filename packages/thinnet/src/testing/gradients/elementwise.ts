/** @file Cases of element-by-element operators. */
import fc from 'fast-check';
import { float, int, string } from '../../onnx/attribute.js';
import type { Attributes, Shape } from '../../onnx/model.js';
import {
  broadcasting,
  type Call,
  type Case,
  caseOf,
  type Draw,
  nonzero,
  positive,
  type Random,
  real,
  shaped,
  stretchable,
} from './case.js';

type Cases = fc.Arbitrary<Case>;

interface UnaryOptions {
  readonly draw?: Draw;
  readonly precision?: 'float32' | 'float64';
  readonly attributes?: fc.Arbitrary<Attributes>;
  readonly torch: string | ((attributes: Attributes) => string);
}

const attributeOf = (attributes: Attributes, name: string): unknown =>
  (attributes[name] as { value: unknown } | undefined)?.value;

export const unary = (
  op: string,
  { draw = real, precision = 'float64', attributes = fc.constant({}), torch }: UnaryOptions,
): Cases =>
  caseOf(
    fc.tuple(shaped(), attributes).map(([{ shape, lengths }, given]) => ({
      op,
      operands: [{ shape, draw }],
      attributes: given,
      precision,
      lengths,
      torch: typeof torch === 'string' ? torch : torch(given),
    })),
  );

const binary = (op: string, torch: string, [x, y]: readonly [Draw, Draw] = [real, real]): Cases =>
  caseOf(
    broadcasting(2).map(({ shapes: [a, b], lengths }) => ({
      op,
      operands: [
        { shape: a as Shape, draw: x },
        { shape: b as Shape, draw: y },
      ],
      lengths,
      torch,
    })),
  );

/** On a grid of its own for each of four operands, 0.1 or more from the others': no step changes which is the greatest. */
const onGrid = (operand: number, random: Random): number => Math.floor(8 * random()) / 2 - 2 + operand / 10;

interface VariadicOptions {
  readonly draw?: (operand: number, random: Random) => number;
  readonly precision?: 'float32' | 'float64';
  /** What PyTorch does with what it has folded. */
  readonly after?: string;
}

const variadic = (
  op: string,
  fold: string,
  { draw = (_, random) => real(random), precision = 'float64', after = '' }: VariadicOptions = {},
): Cases =>
  caseOf(
    fc.integer({ min: 1, max: 4 }).chain((count) =>
      broadcasting(count).map(({ shapes, lengths }) => ({
        op,
        operands: shapes.map((shape, operand) => ({ shape, draw: (random) => draw(operand, random) })),
        precision,
        lengths,
        torch: `functools.reduce(${fold}, x)${after}`,
      })),
    ),
  );

/** A constant exponent of each special form and of none, and a computed one. */
const Pow: Cases = caseOf(
  fc.oneof(
    fc
      .tuple(fc.constantFrom(0, 1, 2, 3, 0.5, -1, -0.5, 1.7, 4), shaped(), fc.constantFrom<Shape>([], [1]))
      .map(
        ([exponent, { shape, lengths }, scalar]): Call => ({
          op: 'Pow',
          operands: [
            {
              shape: shape.length === 0 ? [1] : shape,
              draw: Number.isInteger(exponent) ? nonzero : positive,
            },
            { shape: scalar, draw: () => exponent, constant: true },
          ],
          lengths,
          torch: 'torch.pow(x[0], x[1])',
        }),
      ),
    broadcasting(2).map(
      ({ shapes: [a, b], lengths }): Call => ({
        op: 'Pow',
        operands: [
          { shape: a as Shape, draw: positive },
          { shape: b as Shape, draw: real },
        ],
        lengths,
        torch: 'torch.pow(x[0], x[1])',
      }),
    ),
  ),
);

/** Up to 0.2 or from 1 to 2: well inside or outside of the bounds. */
const clear = (random: Random): number =>
  random() < 0.5 ? 0.4 * random() - 0.2 : (random() < 0.5 ? -1 : 1) * (1 + random());

/** Both bounds or none; their own gradients too. */
const Clip: Cases = caseOf(
  fc.tuple(shaped(), fc.constantFrom('both', 'none'), fc.boolean()).map(
    ([{ shape, lengths }, bounds, constant]): Call => ({
      op: 'Clip',
      operands: [
        { shape, draw: clear },
        ...(bounds === 'both'
          ? [
              { shape: [], draw: (random: Random) => -0.3 - random() / 2, constant },
              { shape: [], draw: (random: Random) => 0.3 + random() / 2, constant },
            ]
          : []),
      ],
      lengths,
      torch: bounds === 'both' ? 'torch.clamp(x[0], x[1], x[2])' : 'x[0] * 1',
    }),
  ),
);

const Where: Cases = caseOf(
  broadcasting(3).map(({ shapes: [c, a, b], lengths }) => ({
    op: 'Where',
    operands: [
      { shape: c as Shape, draw: (random) => Number(random() < 0.5), type: 'bool' },
      { shape: a as Shape, draw: real },
      { shape: b as Shape, draw: real },
    ],
    lengths,
    torch: 'torch.where(x[0], x[1], x[2])',
  })),
);

const alpha = (least: number, most: number) =>
  fc
    .option(fc.double({ min: least, max: most, noNaN: true }), { nil: undefined })
    .map((value): Attributes => (value === undefined ? {} : { alpha: float(Math.fround(value)) }));

export const elementwise = {
  Add: binary('Add', 'x[0] + x[1]'),
  Sub: binary('Sub', 'x[0] - x[1]'),
  Mul: binary('Mul', 'x[0] * x[1]'),
  Div: binary('Div', 'x[0] / x[1]', [real, nonzero]),
  Pow,
  Min: variadic('Min', 'torch.minimum', { draw: onGrid }),
  Max: variadic('Max', 'torch.maximum', { draw: onGrid }),
  Sum: variadic('Sum', 'torch.add'),
  Mean: variadic('Mean', 'torch.add', { after: ' / len(x)', precision: 'float32' }),
  Clip,
  Where,
  Identity: unary('Identity', { torch: 'x[0] * 1' }),
  Cast: unary('Cast', {
    torch: 'x[0] * 1',
    precision: 'float32',
    attributes: fc.constantFrom({ to: int(1) }, { to: int(11) }),
  }),
  Neg: unary('Neg', { torch: '-x[0]' }),
  Abs: unary('Abs', { torch: 'torch.abs(x[0])', draw: nonzero }),
  Sqrt: unary('Sqrt', { torch: 'torch.sqrt(x[0])', draw: positive }),
  Reciprocal: unary('Reciprocal', { torch: '1 / x[0]', draw: nonzero }),
  Exp: unary('Exp', { torch: 'torch.exp(x[0])' }),
  Log: unary('Log', { torch: 'torch.log(x[0])', draw: positive }),
  Sin: unary('Sin', { torch: 'torch.sin(x[0])' }),
  Cos: unary('Cos', { torch: 'torch.cos(x[0])', precision: 'float32' }),
  Erf: unary('Erf', { torch: 'torch.erf(x[0])', precision: 'float32' }),
};

/** Between −6 and 6, but 0.1 or more from where the function bends. */
const awayFrom =
  (...bends: readonly number[]): Draw =>
  (random) => {
    const x = 12 * random() - 6;
    return bends.some((bend) => Math.abs(x - bend) < 0.1) ? 0 : x;
  };

export const activation = {
  Relu: unary('Relu', { torch: 'F.relu(x[0])', draw: nonzero }),
  LeakyRelu: unary('LeakyRelu', {
    draw: nonzero,
    precision: 'float32',
    attributes: alpha(-0.5, 0.5),
    torch: (a) => `F.leaky_relu(x[0], ${attributeOf(a, 'alpha') ?? 0.01})`,
  }),
  Elu: unary('Elu', {
    draw: nonzero,
    precision: 'float32',
    attributes: alpha(0.1, 2),
    torch: (a) => `F.elu(x[0], ${attributeOf(a, 'alpha') ?? 1})`,
  }),
  Selu: unary('Selu', { draw: nonzero, precision: 'float32', torch: 'F.selu(x[0])' }),
  Gelu: unary('Gelu', {
    precision: 'float32',
    attributes: fc.constantFrom<Attributes>(
      {},
      { approximate: string('none') },
      { approximate: string('tanh') },
    ),
    torch: (a) => `F.gelu(x[0], approximate='${attributeOf(a, 'approximate') ?? 'none'}')`,
  }),
  PRelu: caseOf(
    shaped(1).chain(({ shape, lengths }) =>
      stretchable(shape).map((slope) => ({
        op: 'PRelu',
        precision: 'float32' as const,
        operands: [
          { shape, draw: nonzero },
          { shape: slope, draw: real },
        ],
        lengths,
        torch: 'torch.where(x[0] > 0, x[0], x[0] * x[1])',
      })),
    ),
  ),
  HardSigmoid: caseOf(
    fc
      .tuple(
        shaped(),
        fc.constantFrom<[Attributes, number, number]>(
          [{}, 0.2, 0.5],
          [{ alpha: float(0.25), beta: float(0.375) }, 0.25, 0.375],
        ),
      )
      .map(
        ([{ shape, lengths }, [attributes, slope, offset]]): Call => ({
          op: 'HardSigmoid',
          precision: 'float32',
          operands: [{ shape, draw: awayFrom(-offset / slope, (1 - offset) / slope) }],
          attributes,
          lengths,
          torch: `torch.clamp(x[0] * ${slope} + ${offset}, 0, 1)`,
        }),
      ),
  ),
  HardSwish: unary('HardSwish', { draw: awayFrom(-3, 3), precision: 'float32', torch: 'F.hardswish(x[0])' }),
  Softsign: unary('Softsign', { torch: 'F.softsign(x[0])', draw: nonzero, precision: 'float32' }),
  Sigmoid: unary('Sigmoid', { torch: 'torch.sigmoid(x[0])' }),
  Tanh: unary('Tanh', { torch: 'torch.tanh(x[0])' }),
  Softplus: unary('Softplus', { torch: 'F.softplus(x[0])', precision: 'float32' }),
};
