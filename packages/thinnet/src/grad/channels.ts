/** @file What layers with channels share: sums a channel, and vectors of channels that broadcast. */
import type { GraphBuilder } from '../graph/builder.js';
import { isStatic, sizeOf } from '../graph/shape.js';
import type { Value } from '../graph/value.js';
import { int } from '../onnx/attribute.js';
import type { Dim } from '../onnx/model.js';
import { sumTo } from './broadcast.js';

/** [N, C, ...plane] summed to [C]: first over the plane, which is contiguous, then over the batch by a product. */
export function sumOfChannels(b: GraphBuilder, x: Value): Value {
  const channels = x.shape[1] as Dim;
  if (x.shape.length === 2) return sumTo(b, x, [channels]);
  const flat = x.shape.length === 3 ? x : flatPlane(b, x);
  const sums = b.op('ReduceSum', [flat, b.int64([2])], { keepdims: int(0) });
  return sumTo(b, sums, [channels]);
}

/** [N, C, ...plane] as [N, C, elements of the plane]. */
export function flatPlane(b: GraphBuilder, x: Value): Value {
  const plane = x.shape.slice(2);
  return b.op('Reshape', [x, b.int64([0, 0, isStatic(plane) ? sizeOf(plane) : -1])]);
}

/** [C] as [C, 1, …], to broadcast against `like` [N, C, ...plane]. */
export function perChannel(b: GraphBuilder, vector: Value, like: Value): Value {
  const plane = like.shape.length - 2;
  if (plane === 0) return vector;
  return b.op('Reshape', [vector, b.int64([-1, ...Array<number>(plane).fill(1)])]);
}
