/** @file What convolutions and pools take: kernels, strides and padding as a user writes them, checked against x. */
import { shown, ThinnetError } from '../error.js';
import { showShape } from '../graph/shape.js';
import { ints } from '../onnx/attribute.js';
import type { Attributes, Dim, Shape } from '../onnx/model.js';
import type { KeysOf } from '../options/check.js';

/** One number for all axes of the plane, or one an axis. */
export type PerAxis = number | readonly number[];

export interface WindowOptions {
  /** Length of a window along each axis of the plane. */
  readonly kernel: PerAxis;
  /** Steps from one window to the next (default 1; for pools the kernel). */
  readonly stride?: PerAxis;
  /**
   * `valid` (default): none. `same`: as much that the output has ⌈length / stride⌉ windows; the odd element goes to the
   * end. Numbers: so many elements at both ends.
   */
  readonly padding?: 'same' | 'valid' | PerAxis;
  /** Distance between neighbouring elements of a window (default 1). */
  readonly dilation?: PerAxis;
}

export const windowKeys: KeysOf<WindowOptions> = {
  kernel: true,
  stride: true,
  padding: true,
  dilation: true,
};

/** A window in numbers, one an axis. */
export interface Window {
  readonly kernel: readonly number[];
  readonly attributes: Attributes;
}

/**
 * The windows over x [N, C, ...plane] with `rank` axes in its plane.
 * Errors, naming `place`: another rank; numbers that are not whole or too small; a window longer than the padded plane;
 * `same` with a stride where the length is not known.
 */
export function windowFor(place: string, options: WindowOptions, shape: Shape, rank: number): Window {
  if (shape.length !== rank + 2)
    throw new ThinnetError(
      `${place}: its input ${showShape(shape)} must be [N, C, ${['length', 'height, width', 'depth, height, width'][rank - 1]}]`,
    );
  const each = (what: string, given: PerAxis, least: number): readonly number[] => {
    const numbers = typeof given === 'number' ? Array<number>(rank).fill(given) : given;
    const fits = Array.isArray(numbers) && numbers.length === rank;
    if (!fits || !numbers.every((n) => Number.isSafeInteger(n) && n >= least))
      throw new ThinnetError(
        `${place}: ${what} is ${Array.isArray(given) ? JSON.stringify(given) : shown(given)}; it must be a whole number of at least ${least}, or ${rank} of them`,
      );
    return numbers;
  };
  const kernel = each('kernel', options.kernel, 1);
  const strides = each('stride', options.stride ?? 1, 1);
  const dilations = each('dilation', options.dilation ?? 1, 1);
  const padding = options.padding ?? 'valid';
  const plane = shape.slice(2);
  const extents = kernel.map((k, i) => (k - 1) * (dilations[i] as number) + 1);
  const pads: (readonly [begin: number, end: number])[] =
    padding === 'same'
      ? plane.map((dim, i) => samePads(place, dim, extents[i] as number, strides[i] as number))
      : (padding === 'valid' ? kernel.map(() => 0) : each('padding', padding, 0)).map((p) => [p, p]);
  for (const [i, dim] of plane.entries()) {
    const [begin, end] = pads[i] as readonly [number, number];
    if (typeof dim === 'number' && dim + begin + end < (extents[i] as number))
      throw new ThinnetError(
        `${place}: its window of ${extents[i]} does not fit into ${showShape(shape)}, padded by ${begin} and ${end}`,
      );
  }
  const attributes = {
    kernel_shape: ints(kernel),
    strides: ints(strides),
    ...(dilations.some((d) => d !== 1) ? { dilations: ints(dilations) } : {}),
    ...(pads.flat().some((p) => p > 0)
      ? { pads: ints([...pads.map(([begin]) => begin), ...pads.map(([, end]) => end)]) }
      : {}),
  };
  return { kernel, attributes };
}

function samePads(place: string, dim: Dim, extent: number, stride: number): readonly [number, number] {
  if (typeof dim !== 'number' && stride !== 1)
    throw new ThinnetError(
      `${place}: padding "same" with stride ${stride} needs the length of axis "${dim}"; give padding in numbers`,
    );
  const total = typeof dim === 'number' ? (Math.ceil(dim / stride) - 1) * stride + extent - dim : extent - 1;
  const begin = Math.floor(Math.max(total, 0) / 2);
  return [begin, Math.max(total, 0) - begin];
}

/** The number of channels of x [N, C, ...]. Errors: a length that is not known. */
export function channelsOf(place: string, shape: Shape): number {
  const channels = shape[1];
  if (shape.length < 2 || typeof channels !== 'number')
    throw new ThinnetError(
      `${place}: its input ${showShape(shape)} needs a second axis of known length, the channels`,
    );
  return channels;
}
