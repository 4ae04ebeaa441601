/** @file Places boxes in layers from top to bottom. */
import { Graph, layout } from '@dagrejs/dagre';
import type { Boxes } from './boxes.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  /** x and y are the centre's. */
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Rectangle>;
  /** A line for each edge, in their order. */
  readonly lines: readonly (readonly Point[])[];
}

const margin = 24;

/** The layered drawing of Sugiyama et al. 1981, as dagre makes it; boxes of the sizes that `sizeOf` gives. */
export function layoutOf(
  { boxes, edges }: Boxes,
  sizeOf: (id: string) => { readonly width: number; readonly height: number },
): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', ranksep: 30, nodesep: 28 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of boxes) graph.setNode(id, { ...sizeOf(id) });
  for (const [from, to] of edges) graph.setEdge(from, to);
  layout(graph);
  const places = boxes.map(({ id }) => [id, graph.node(id) as Rectangle] as const);
  const lines = edges.map(([from, to]) => (graph.edge(from, to) as { points: Point[] }).points);
  return framed(new Map(places), lines);
}

/** Moved so that all lies within a margin: dagre's own frame leaves out the lines that swing wide of the boxes. */
function framed(places: Layout['places'], lines: Layout['lines']): Layout {
  const corners = [...places.values()].flatMap(({ x, y, width, height }) => [
    { x: x - width / 2, y: y - height / 2 },
    { x: x + width / 2, y: y + height / 2 },
  ]);
  const points = [...corners, ...lines.flat()];
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  const moved = <P extends Point>(point: P): P => ({ ...point, x: point.x - left, y: point.y - top });
  return {
    width: Math.max(...xs) + margin - left,
    height: Math.max(...ys) + margin - top,
    places: new Map([...places].map(([id, place]) => [id, moved(place)])),
    lines: lines.map((line) => line.map(moved)),
  };
}
