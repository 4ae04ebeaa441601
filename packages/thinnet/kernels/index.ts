/** @file What JavaScript can call. `open` chooses the seed, step and site, `limit` the rate; the rest draws. */
export { limit } from './bits';
export { blocks } from './blocks';
export { FREE, LARGEST_PLANE } from './map';
export { maskBits, maskIndices, maskValues } from './mask';
export { gaussian, uniform } from './real';
export { open } from './stream';
export { thinFloat32, thinUint8 } from './thin';
