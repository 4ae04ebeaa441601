/** @file Comparing float32 numbers bit by bit. */

/** How many elements of two arrays have the same bits; arrays of different lengths have none. */
export function equalBits(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0;
  const [x, y] = [bitsOf(a), bitsOf(b)];
  let equal = 0;
  for (let i = 0; i < x.length; i++) if (x[i] === y[i]) equal++;
  return equal;
}

const bitsOf = ({ buffer, byteOffset, length }: Float32Array): Uint32Array =>
  new Uint32Array(buffer, byteOffset, length);
