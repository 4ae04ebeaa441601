/** @file What JavaScript can call. `open` chooses the seed, step and site, `limit` the rate; the rest draws. */
export { limit } from './bits';
export { blocks } from './blocks';
export { maskValues, thinFloat32, thinUint8 } from './elements';
export { FREE, LARGEST_PLANE } from './map';
export { maskBits, maskIndices } from './mask';
export { gaussian, uniform } from './real';
export { open } from './stream';
