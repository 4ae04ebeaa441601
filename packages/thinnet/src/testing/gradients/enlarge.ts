/** @file Cases of Resize, Pad and Tile. */
import fc from 'fast-check';
import { int, string } from '../../onnx/attribute.js';
import type { Attributes } from '../../onnx/model.js';
import { type Call, type Case, caseOf, counter, type Operand, real, shaped } from './case.js';

type Cases = fc.Arbitrary<Case>;

const constant = (xs: readonly number[], type: 'int64' | 'float32' = 'int64'): Operand => ({
  shape: [xs.length],
  draw: counter(xs),
  type,
  constant: true,
});
const nothing: Operand = { shape: [0], draw: () => 0, type: 'float32', constant: true };

interface ResizeMode {
  readonly attributes: Attributes;
  /** PyTorch's arguments for the same, where it has the same. */
  readonly torch?: string;
  /** The length from which on PyTorch's is the same; 1 unless given. */
  readonly from?: number;
}

const named = (mode: string, coordinates: string, nearest?: string): Attributes => ({
  mode: string(mode),
  coordinate_transformation_mode: string(coordinates),
  ...(nearest ? { nearest_mode: string(nearest) } : {}),
});

const resizeModes: readonly ResizeMode[] = [
  { attributes: named('nearest', 'asymmetric', 'floor'), torch: "mode='nearest'" },
  { attributes: {} },
  { attributes: named('nearest', 'half_pixel', 'round_prefer_ceil') },
  { attributes: named('nearest', 'align_corners', 'floor') },
  { attributes: named('nearest', 'pytorch_half_pixel', 'ceil') },
  { attributes: named('linear', 'half_pixel'), torch: "mode='LINEAR', align_corners=False" },
  // ONNX takes a single element from the first one, PyTorch (1.13) from the middle.
  { attributes: named('linear', 'pytorch_half_pixel'), torch: "mode='LINEAR', align_corners=False", from: 2 },
  { attributes: named('linear', 'align_corners'), torch: "mode='LINEAR', align_corners=True" },
  { attributes: named('linear', 'asymmetric') },
];

/** Planes and lines, larger and smaller, by sizes and by scales. */
const Resize: Cases = caseOf(
  fc
    .tuple(
      fc.constantFrom(...resizeModes),
      fc.array(fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 9 })), {
        minLength: 1,
        maxLength: 2,
      }),
      fc.boolean(),
      fc.constantFrom(0, 0, 2, 1.5, 0.5),
    )
    .map(([{ attributes, torch, from: least = 1 }, axes, symbolic, scale]): Call => {
      const plane = axes.map(([from]) => from);
      const to = scale === 0 ? axes.map(([, size]) => size) : plane.map((from) => Math.floor(from * scale));
      const whole = to.every((size, i) => size / (plane[i] as number) === scale);
      const linear = axes.length === 1 ? 'linear' : 'bilinear';
      const byScale = [nothing, constant([1, 1, ...plane.map(() => scale)], 'float32')];
      const bySize = [nothing, nothing, constant([2, 2, ...to])];
      return {
        op: 'Resize',
        precision: 'float32',
        operands: [
          { shape: [symbolic && scale !== 0 ? 'N' : 2, 2, ...plane], draw: real },
          ...(scale === 0 ? bySize : byScale),
        ],
        attributes,
        lengths: { N: 2 },
        torch:
          torch && (scale === 0 || whole) && to.every((size) => size >= least)
            ? `F.interpolate(x[0], size=${JSON.stringify(to)}, ${torch.replace('LINEAR', linear)})`
            : undefined,
      };
    }),
);

/** Constant padding (negative too) of any axes; reflect and edge of the last two. */
const Pad: Cases = caseOf(
  fc
    .tuple(
      shaped(2, 3).map(({ shape, lengths }) => ({
        shape: shape.map((dim) => (typeof dim === 'number' ? dim + 2 : dim)),
        lengths,
      })),
      fc.constantFrom('constant', 'constant', 'reflect', 'edge', 'wrap'),
      fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 6, maxLength: 6 }),
      fc.boolean(),
    )
    .map(([{ shape, lengths }, mode, drawn, filler]): Call => {
      const rank = shape.length;
      const amount = (axis: number, i: number): number => {
        if (mode === 'constant') return drawn[i] as number;
        return axis === 0 ? 0 : Math.max(drawn[i] as number, 0);
      };
      const begins = shape.map((_, axis) => amount(axis, axis));
      const ends = shape.map((_, axis) => amount(axis, axis + 3));
      if (shape[0] === 'N') begins[0] = ends[0] = Math.max(0, begins[0] as number);
      const pads = begins
        .map((begin, i) => [begin, ends[i] as number])
        .toReversed()
        .flat();
      const inner = pads.slice(0, 2 * (rank - 1));
      const value = filler && mode === 'constant';
      const torch: Record<string, string | undefined> = {
        constant: `F.pad(x[0], [${pads.join()}])`,
        reflect: `F.pad(x[0][None], [${inner.join()}], mode='reflect')[0]`,
        edge: `F.pad(x[0][None], [${inner.join()}], mode='replicate')[0]`,
      };
      return {
        op: 'Pad',
        operands: [
          { shape, draw: real },
          constant([...begins, ...ends]),
          ...(value ? [{ shape: [], draw: real }] : []),
        ],
        attributes: { mode: string(mode) },
        lengths,
        torch: value ? undefined : torch[mode],
      };
    }),
);

const Tile: Cases = caseOf(
  fc
    .tuple(shaped(1), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }))
    .map(([{ shape, lengths }, times]): Call => {
      const repeats = times.slice(0, shape.length);
      return {
        op: 'Tile',
        operands: [{ shape, draw: real }, constant(repeats)],
        lengths,
        torch: `x[0].repeat(${repeats.join()})`,
      };
    }),
);

const axisOperand = (axis: number): Operand => ({
  shape: [],
  draw: () => axis,
  type: 'int64',
  constant: true,
});

const CumSum: Cases = caseOf(
  fc
    .tuple(shaped(1), fc.nat({ max: 2 }), fc.boolean(), fc.boolean())
    .map(([{ shape, lengths }, last, exclusive, reverse]): Call => {
      const axis = Math.min(last, shape.length - 1);
      const turned = (x: string) => (reverse ? `torch.flip(${x}, [${axis}])` : x);
      const sum = turned(`torch.cumsum(${turned('x[0]')}, ${axis})`);
      return {
        op: 'CumSum',
        operands: [{ shape, draw: real }, axisOperand(axis)],
        attributes: { exclusive: int(Number(exclusive)), reverse: int(Number(reverse)) },
        lengths,
        torch: exclusive ? `${sum} - x[0]` : sum,
      };
    }),
);

const Trilu: Cases = caseOf(
  fc.tuple(shaped(2), fc.boolean(), fc.option(fc.integer({ min: -2, max: 2 }), { nil: undefined })).map(
    ([{ shape, lengths }, upper, k]): Call => ({
      op: 'Trilu',
      operands: [{ shape, draw: real }, ...(k === undefined ? [] : [axisOperand(k)])],
      attributes: { upper: int(Number(upper)) },
      lengths,
      torch: `torch.${upper ? 'triu' : 'tril'}(x[0], ${k ?? 0})`,
    }),
  ),
);

export const enlarging = { Resize, Pad, Tile, CumSum, Trilu };
