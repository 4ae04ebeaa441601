/** @file What a graph says of the types and shapes of its values. */
import type { DataType, Graph, Shape } from '../onnx/model.js';

/** Blank axes, of which a file says nothing, get a symbol of their own. */
export const nameAxes = (name: string, shape: Shape): Shape =>
  shape.map((dim, axis) => (dim === '' ? `${name}.${axis}` : dim));

/** Types and shapes by name, of inner values and outputs. */
export function hintsOf(graph: Graph): Map<string, { type: DataType; shape?: Shape | undefined }> {
  const infos = [...graph.values, ...graph.outputs];
  return new Map(
    infos.map(({ name, type, shape }) => [name, { type, shape: shape && nameAxes(name, shape) }]),
  );
}
