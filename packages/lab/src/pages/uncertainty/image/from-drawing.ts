/** @file A drawing as an MNIST image: scaled into a box of 20 by 20 pixels, its centre of mass in the middle of 28 by 28. */
import { side } from './rotate.js';

/** LeCun, Cortes & Burges, "The MNIST database": the digits' boxes. */
const box = 20;
/** Of 255; less is no ink. */
const leastInk = 16;

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * @param ink [size, size], 0 (nothing) to 255 (ink)
 * @returns [28, 28], 0 to 255; undefined where there is no ink
 */
export function fromDrawing(ink: ArrayLike<number>, size: number): Float32Array | undefined {
  const frame = frameOf(ink, size);
  if (frame === undefined) return undefined;
  const scale = box / Math.max(frame.width, frame.height);
  const [width, height] = [frame.width * scale, frame.height * scale];
  const centred = place(ink, size, frame, scale, (side - width) / 2, (side - height) / 2);
  const { x, y } = massOf(centred);
  // A pixel's middle is half a pixel from its edge.
  const left = (side - width) / 2 + side / 2 - (x + 0.5);
  const top = (side - height) / 2 + side / 2 - (y + 0.5);
  return place(ink, size, frame, scale, left, top);
}

function frameOf(ink: ArrayLike<number>, size: number): Frame | undefined {
  let [left, right, top, bottom] = [size, -1, size, -1];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      if ((ink[row * size + column] as number) < leastInk) continue;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
    }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Samples a pixel as the mean of so many points a side. */
const points = 4;

/** The frame, scaled, with its corner at (left, top) of the image. */
function place(
  ink: ArrayLike<number>,
  size: number,
  frame: Frame,
  scale: number,
  left: number,
  top: number,
): Float32Array {
  const at = (x: number, y: number): number => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const isInside = column >= 0 && row >= 0 && column < size && row < size;
    return isInside ? (ink[row * size + column] as number) : 0;
  };
  return Float32Array.from({ length: side * side }, (_, pixel) => {
    const [column, row] = [pixel % side, Math.floor(pixel / side)];
    let sum = 0;
    for (let i = 0; i < points * points; i++) {
      const x = column + ((i % points) + 0.5) / points;
      const y = row + (Math.floor(i / points) + 0.5) / points;
      sum += at(frame.left + (x - left) / scale, frame.top + (y - top) / scale);
    }
    return sum / (points * points);
  });
}

/** The centre of mass, in pixels. */
function massOf(image: Float32Array): { readonly x: number; readonly y: number } {
  let [mass, x, y] = [0, 0, 0];
  for (const [pixel, value] of image.entries()) {
    mass += value;
    x += value * (pixel % side);
    y += value * Math.floor(pixel / side);
  }
  return { x: x / mass, y: y / mass };
}
