/** @file Turns an image about its centre. */

/** The side of MNIST's images, in pixels. */
export const side = 28;

/**
 * An image [28, 28] turned clockwise by so many degrees about its centre, by bilinear interpolation; what comes in from
 * outside is 0. Degrees of 0 give the image itself.
 */
export function rotated(image: ArrayLike<number>, degrees: number): Float32Array {
  if (degrees % 360 === 0) return Float32Array.from(image);
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const centre = (side - 1) / 2;
  const at = (row: number, column: number): number =>
    row < 0 || row >= side || column < 0 || column >= side ? 0 : (image[row * side + column] as number);
  const result = new Float32Array(side * side);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      // Where the pixel comes from: the turn undone.
      const [dx, dy] = [column - centre, row - centre];
      const x = centre + cos * dx + sin * dy;
      const y = centre - sin * dx + cos * dy;
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [u, v] = [x - left, y - top];
      result[row * side + column] =
        (1 - v) * ((1 - u) * at(top, left) + u * at(top, left + 1)) +
        v * ((1 - u) * at(top + 1, left) + u * at(top + 1, left + 1));
    }
  return result;
}
