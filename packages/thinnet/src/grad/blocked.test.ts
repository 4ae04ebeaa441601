/** @file Which nodes would stop the gradient on its way to the parameters. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import { int } from '../onnx/attribute.js';
import { nodesWithoutGradient } from './blocked.js';
import { gradients } from './gradients.js';

/** y = op(x · w); operators without a gradient before the parameter, beside the output, and to an output of integers. */
function graphWith(op: string, attributes = {}): GraphBuilder {
  const b = new GraphBuilder('blocked');
  const x = b.input('x', 'float32', ['N', 3]);
  const w = b.initializer({ name: 'w', type: 'float32', dims: [3, 3], data: new Float32Array(9) });
  const before = b.op('Ceil', [x], {}, { name: 'beforeParameters' });
  const product = b.op('MatMul', [before, w], {}, { name: 'product' });
  b.op('Floor', [product], {}, { name: 'aside' });
  const index = b.op('ArgMax', [product], { axis: int(1) }, { name: 'index' });
  b.output(b.op(op, [product], attributes, { name: 'last' }), 'y');
  b.output(index, 'class');
  return b;
}

describe('nodesWithoutGradient', () => {
  it('names the operators on the way that have no rule, and no others', () => {
    const names = (op: string) => nodesWithoutGradient(graphWith(op).build(), ['w']).map((node) => node.name);
    expect(names('Relu')).toEqual([]);
    expect(names('Hardmax')).toEqual(['last']);
    const graph = graphWith('Relu').build();
    const custom = graph.nodes.map((node) =>
      node.name === 'last' ? { ...node, domain: 'org.example' } : node,
    );
    expect(nodesWithoutGradient({ ...graph, nodes: custom }, ['w'])).toEqual([
      custom.find((n) => n.name === 'last'),
    ]);
  });

  it('names none exactly where the gradient can be written', () => {
    for (const op of ['Relu', 'Hardmax']) {
      const b = graphWith(op);
      const y = b.output(b.value('last'), 'seed');
      const attempt = () => gradients(b, [{ value: y, gradient: b.op('Identity', [y]) }], [b.value('w')]);
      if (nodesWithoutGradient(b.build(), ['w']).length === 0) expect(attempt()).toHaveLength(1);
      else expect(attempt).toThrow('has no gradient');
    }
  });
});
