/** @file Cases of convolution and pooling: random windows over lines, planes and volumes. */
import fc from 'fast-check';
import { int, ints, string } from '../../onnx/attribute.js';
import type { Attributes, Dim } from '../../onnx/model.js';
import { type Call, type Case, caseOf, type Draw, distinct, real } from './case.js';

type Cases = fc.Arbitrary<Case>;

/** Windows along one axis, with padding as it counts in the end. */
interface Line {
  readonly length: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly begin: number;
  readonly end: number;
}

type AutoPad = 'NOTSET' | 'VALID' | 'SAME_UPPER' | 'SAME_LOWER';

const line: fc.Arbitrary<Line> = fc.record({
  length: fc.integer({ min: 3, max: 7 }),
  kernel: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 2 }),
  begin: fc.integer({ min: 0, max: 2 }),
  end: fc.integer({ min: 0, max: 2 }),
});

const extent = ({ kernel, dilation }: Line): number => (kernel - 1) * dilation + 1;

/** The line with a window that fits, and the padding that `auto_pad` stands for; less padding than the window is long. */
function settled(given: Line, autoPad: AutoPad): Line {
  const dilation = given.kernel > 1 && extent(given) > given.length ? 1 : given.dilation;
  const fits = { ...given, dilation };
  const most = Math.max(0, fits.kernel - 1);
  if (autoPad === 'NOTSET')
    return { ...fits, begin: Math.min(fits.begin, most), end: Math.min(fits.end, most) };
  if (autoPad === 'VALID') return { ...fits, begin: 0, end: 0 };
  const windows = Math.ceil(fits.length / fits.stride);
  const total = Math.max((windows - 1) * fits.stride + extent(fits) - fits.length, 0);
  const [less, more] = [total >> 1, total - (total >> 1)];
  return { ...fits, ...(autoPad === 'SAME_UPPER' ? { begin: less, end: more } : { begin: more, end: less }) };
}

interface Windows {
  readonly lines: readonly Line[];
  readonly autoPad: AutoPad;
  readonly attributes: Attributes;
}

const windows = (
  most = 3,
  autoPads: readonly AutoPad[] = ['NOTSET', 'NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'],
) =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.tuple(line, line, line), fc.constantFrom(...autoPads))
    .map(([rank, all, autoPad]): Windows => {
      // ONNX Runtime has no SAME padding with dilations, nor in pools with a stride beyond the window.
      const given = all.slice(0, rank).map((l) => {
        if (!autoPad.startsWith('SAME')) return l;
        return { ...l, dilation: 1, stride: Math.min(l.stride, l.kernel) };
      });
      const lines = given.map((l) =>
        settled(rank === 3 ? { ...l, length: Math.min(l.length, 4) } : l, autoPad),
      );
      const pads = ints([...lines.map(({ begin }) => begin), ...lines.map(({ end }) => end)]);
      const attributes = {
        strides: ints(lines.map(({ stride }) => stride)),
        dilations: ints(lines.map(({ dilation }) => dilation)),
        ...(autoPad === 'NOTSET' ? { pads } : { auto_pad: string(autoPad) }),
      };
      return { lines, autoPad, attributes };
    });

/** Python's padding lists begin with the last axis. */
const padded = (x: string, lines: readonly Line[], value = '0.0'): string =>
  `F.pad(${x}, [${lines
    .toReversed()
    .flatMap(({ begin, end }) => [begin, end])
    .join()}], value=${value})`;

const list = (lines: readonly Line[], of: (l: Line) => number): string => `[${lines.map(of).join()}]`;

/** A batch of 1 or 2, as a number or a symbol. */
const batch = fc.constantFrom<[Dim, Record<string, number>]>(
  [1, {}],
  [2, {}],
  ['N', { N: 2 }],
  ['N', { N: 1 }],
);

/** Channels a group: 17 take the lowering for many channels. */
const channels = fc.constantFrom(1, 2, 3, 17);

const Conv: Cases = caseOf(
  fc
    .tuple(
      windows(),
      batch,
      channels,
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(1, 1, 1, 2, 3),
      fc.boolean(),
    )
    .map(([{ lines, attributes }, [n, lengths], inner, outer, group, bias]): Call => {
      const size = lines.reduce((product, { length }) => product * length, 1);
      // finite differences take a run for each element
      const c = inner > 3 && size * group > 40 ? 2 : inner;
      const torch = [
        padded('x[0]', lines),
        'x[1]',
        bias ? 'x[2]' : 'None',
        list(lines, (l) => l.stride),
        '0',
        list(lines, (l) => l.dilation),
        group,
      ];
      return {
        op: 'Conv',
        precision: 'float32',
        operands: [
          { shape: [n, c * group, ...lines.map(({ length }) => length)], draw: real },
          { shape: [outer * group, c, ...lines.map(({ kernel }) => kernel)], draw: real },
          ...(bias ? [{ shape: [outer * group], draw: real }] : []),
        ],
        attributes: { ...attributes, group: int(group) },
        lengths,
        torch: `F.conv${lines.length}d(${torch.join(', ')})`,
      };
    }),
);

const ConvTranspose: Cases = caseOf(
  fc
    .tuple(
      windows(3, ['NOTSET', 'NOTSET', 'VALID']),
      batch,
      fc.constantFrom(1, 2),
      fc.constantFrom(1, 2, 17),
      fc.constantFrom(1, 1, 2),
      fc.boolean(),
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }),
    )
    .map(([{ lines, attributes }, [n, lengths], c, outer, group, bias, more]): Call => {
      const plane = lines.map(({ length }) => Math.min(length, outer > 2 || lines.length === 3 ? 3 : 5));
      const extra = lines.map(({ stride }, i) => Math.min(more[i] as number, stride - 1));
      const same = lines.every(({ begin, end }) => begin === end);
      return {
        op: 'ConvTranspose',
        precision: 'float32',
        operands: [
          { shape: [n, c * group, ...plane], draw: real },
          { shape: [c * group, outer, ...lines.map(({ kernel }) => kernel)], draw: real },
          ...(bias ? [{ shape: [outer * group], draw: real }] : []),
        ],
        attributes: { ...attributes, group: int(group), output_padding: ints(extra) },
        lengths,
        torch: same
          ? `F.conv_transpose${lines.length}d(x[0], x[1], ${bias ? 'x[2]' : 'None'}, ${list(lines, (l) => l.stride)}, ${list(lines, (l) => l.begin)}, [${extra.join()}], ${group}, ${list(lines, (l) => l.dilation)})`
          : undefined,
      };
    }),
);

/** Pools: half of them side by side, without padding. */
const pooling = (
  op: string,
  precision: 'float32' | 'float64',
  draw: Draw,
  more: fc.Arbitrary<Attributes>,
  torch: (lines: readonly Line[], ceil: boolean, attributes: Attributes) => string | undefined,
): Cases =>
  caseOf(
    fc
      .tuple(windows(), batch, fc.integer({ min: 1, max: 2 }), fc.boolean(), fc.boolean(), more)
      .map(([drawn, [n, lengths], c, tiles, ceil, extra]): Call => {
        const tiling = tiles
          ? drawn.lines.map((l) => ({ ...l, stride: l.kernel, dilation: 1, begin: 0, end: 0 }))
          : drawn.lines;
        const kernel = ints(tiling.map(({ kernel: k }) => k));
        const attributes: Attributes = tiles
          ? { kernel_shape: kernel, strides: kernel, ...extra }
          : { kernel_shape: kernel, ...drawn.attributes, ...extra };
        const ceils = ceil && (tiles || drawn.autoPad === 'NOTSET');
        return {
          op,
          precision,
          operands: [{ shape: [n, c, ...tiling.map(({ length }) => length)], draw }],
          attributes: { ...attributes, ...(ceils ? { ceil_mode: int(1) } : {}) },
          lengths,
          torch: torch(tiling, ceils, attributes),
        };
      }),
  );

const isPadded = (lines: readonly Line[]): boolean => lines.some(({ begin, end }) => begin + end > 0);

/** PyTorch counts windows that begin in the end padding when it rounds up, ONNX does not. */
const MaxPool = pooling('MaxPool', 'float64', distinct, fc.constant({}), (lines, ceil) =>
  ceil && isPadded(lines)
    ? undefined
    : `F.max_pool${lines.length}d(${padded('x[0]', lines, '-math.inf')}, ${list(lines, (l) => l.kernel)}, ${list(lines, (l) => l.stride)}, 0, ${list(lines, (l) => l.dilation)}, ${ceil ? 'True' : 'False'})`,
);

/** PyTorch's has no dilations, and the same padding at both ends. */
const AveragePool = pooling(
  'AveragePool',
  'float32',
  real,
  fc.constantFrom<Attributes>({}, { count_include_pad: int(0) }, { count_include_pad: int(1) }),
  (lines, ceil, { count_include_pad }) => {
    const counts = count_include_pad?.type === 'int' && count_include_pad.value === 1;
    const same = lines.every(
      ({ begin, end, dilation, kernel }) =>
        begin === end && (dilation === 1 || kernel === 1) && 2 * begin <= kernel,
    );
    if (!same || (ceil && isPadded(lines))) return undefined;
    return `F.avg_pool${lines.length}d(x[0], ${list(lines, (l) => l.kernel)}, ${list(lines, (l) => l.stride)}, ${list(lines, (l) => l.begin)}, ${ceil ? 'True' : 'False'}, ${counts ? 'True' : 'False'})`;
  },
);

/** Numbers 0.1 apart or more, so that a finite step does not change which is the greatest. */
const apart: Draw = (_, i) => ((i * 67) % 257) / 10 - 12;

const whole = (op: string, torch: string): Cases =>
  caseOf(
    fc.tuple(batch, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })).map(
      ([[n, lengths], plane]): Call => ({
        op,
        precision: 'float32',
        operands: [{ shape: [n, 2, ...plane], draw: apart }],
        lengths,
        torch: `${torch}(x[0], [${plane.map((_, i) => i + 2).join()}], True)`,
      }),
    ),
  );

export const windowed = {
  Conv,
  ConvTranspose,
  MaxPool,
  AveragePool,
  GlobalAveragePool: whole('GlobalAveragePool', 'torch.mean'),
  GlobalMaxPool: whole('GlobalMaxPool', 'torch.amax'),
};
