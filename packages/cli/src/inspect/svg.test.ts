/** @file Drawings of graphs: what is drawn, what is marked, and that it is a well-formed file. */
import fc from 'fast-check';
import { GraphBuilder, standardModel } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { chain, dropoutModel } from '../testing/dropout-model.js';
import { boxesOf } from './boxes.js';
import { inspect } from './inspection.js';
import { layoutOf, type Rectangle } from './layout.js';
import { drawGraph } from './svg.js';

describe('the boxes of a drawing', () => {
  it('are the features, the nodes between them and the outputs, and the outputs; dropout is marked', () => {
    const { boxes, edges } = boxesOf(inspect(dropoutModel()));
    expect(boxes.map(({ look, lines }) => [look, ...lines])).toEqual([
      ['boundary', 'x', '[N, 1, 6, 6]'],
      ['node', 'Conv', 'conv', '[N, 4, 4, 4]'],
      ['warned', 'dropout 0.25', 'early', '[N, 4, 4, 4]', '⚠ element-wise-on-feature-map'],
      ['node', 'Flatten', 'rows', '[N, 64]'],
      ['warned', 'dropout 0.875', 'late', '[N, 64]', '⚠ rate-like-keep-probability'],
      ['node', 'Gemm', 'y', '[N, 3]'],
      ['boundary', 'y', '[N, 3]'],
    ]);
    expect(edges).toHaveLength(6);
    const silent = inspect(dropoutModel(), ['rate-like-keep-probability']);
    expect(boxesOf(silent).boxes.map(({ look }) => look)).toContain('site');
  });

  it('leave out what comes from constants alone and what no output reads', () => {
    const b = new GraphBuilder('g');
    const x = b.input('x', 'float32', ['N', 4]);
    b.op('Tanh', [x], {}, { name: 'unread' });
    const constant = b.op('Exp', [b.scalar(2)], {}, { name: 'constant' });
    b.output(b.op('Mul', [x, constant], {}, { name: 'product' }), 'y');
    const { boxes } = boxesOf(inspect(standardModel(b.build())));
    expect(boxes.map(({ lines }) => lines[0])).toEqual(['x', 'Mul', 'Identity', 'y']);
  });

  it('do not overlap, and lie within the drawing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 30 }), (pairs) => {
        const boxes = Array.from(
          { length: 21 },
          (_, i) => ({ id: `${i}`, look: 'node', lines: ['a'], details: '' }) as const,
        );
        const edges = pairs.filter(([a, b]) => a < b).map(([a, b]) => [`${a}`, `${b}`] as const);
        const unique = [...new Map(edges.map((edge) => [edge.join(), edge])).values()];
        const { width, height, places, lines } = layoutOf({ boxes, edges: unique }, (id) => ({
          width: 40 + Number(id),
          height: 20,
        }));
        const all = [...places.values()];
        for (const [i, a] of all.entries()) {
          expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
          expect(a.x + a.width / 2).toBeLessThanOrEqual(width);
          expect(a.y + a.height / 2).toBeLessThanOrEqual(height);
          for (const b of all.slice(i + 1)) expect(apart(a, b)).toBe(true);
        }
        for (const { x, y } of lines.flat()) {
          expect([x >= 0, x <= width]).toEqual([true, true]);
          expect([y >= 0, y <= height]).toEqual([true, true]);
        }
        expect(lines.map((points) => points.length > 1)).toEqual(unique.map(() => true));
      }),
      { numRuns: 15 },
    );
  });
});

const apart = (a: Rectangle, b: Rectangle): boolean =>
  Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 1e-6 ||
  Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - 1e-6;

describe('the drawing', () => {
  it('is one SVG element with its own light and dark style, and no script and nothing to load', () => {
    const svg = drawGraph(inspect(dropoutModel()));
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox=/);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toContain('<title>example · 2 dropout sites · 2 warnings</title>');
    expect(svg.match(/<g class="warned">/g)).toHaveLength(2);
    expect(svg.match(/marker-end/g)).toHaveLength(6);
    expect(svg).not.toMatch(/<script|href=|@import|NaN|undefined/);
  });

  it('is the same each time, and shows any name as text', () => {
    const model = dropoutModel();
    const named = { ...model, graph: { ...model.graph, name: '<a & "b">' } };
    const svg = drawGraph(inspect(named));
    expect(svg).toBe(drawGraph(inspect(named)));
    expect(svg).toContain('&lt;a &amp; &quot;b&quot;&gt; · 2');
    expect(svg.match(/</g)?.length).toBe(svg.match(/>/g)?.length);
  });

  it('takes a long graph', () => {
    expect(drawGraph(inspect(chain('Relu', 300))).match(/<g class="node">/g)).toHaveLength(301);
    const endless = inspect(chain('Relu', 1000));
    expect(() => drawGraph(endless)).toThrow('it has 1003 boxes, and at most 1000 can be drawn');
  });
});
