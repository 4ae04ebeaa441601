/** @file Feature maps as plain arrays. */

/** Feature maps [examples, channels, height, width], row-major. */
export interface Maps {
  readonly examples: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Maps out of a program's output. Errors: a length that the shape does not divide. */
export function mapsOf(
  values: Float32Array,
  { channels, height, width }: Pick<Maps, 'channels' | 'height' | 'width'>,
): Maps {
  const examples = values.length / (channels * height * width);
  if (!Number.isInteger(examples))
    throw new Error(`${values.length} numbers are no maps of [${channels}, ${height}, ${width}]`);
  return { examples, channels, height, width, values };
}

/** Where element (0, 0) of a map is. */
export const startOf = ({ channels, height, width }: Maps, example: number, channel: number): number =>
  (example * channels + channel) * height * width;
