/** @file Small models with Dropout nodes, as exporters write them. */
import { attribute, GraphBuilder, type Model, standardModel } from 'thinnet';

const filled = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i));

/** Conv, Dropout 0.25 on its feature map, Flatten, Dropout 0.875, Gemm: two dropouts to warn of. */
export function dropoutModel(): Model {
  const b = new GraphBuilder('example');
  const x = b.input('x', 'float32', ['N', 1, 6, 6]);
  const kernel = b.initializer({
    name: 'conv.weight',
    type: 'float32',
    dims: [4, 1, 3, 3],
    data: filled(36),
  });
  const weight = b.initializer({ name: 'fc.weight', type: 'float32', dims: [64, 3], data: filled(192) });
  const map = b.op('Conv', [x, kernel], {}, { name: 'conv' });
  const early = b.op('Dropout', [map, b.scalar(0.25)], {}, { name: 'early' });
  const rows = b.op('Flatten', [early], { axis: attribute.int(1) }, { name: 'rows' });
  const late = b.op('Dropout', [rows, b.scalar(0.875)], {}, { name: 'late' });
  b.output(b.op('Gemm', [late, weight], {}, { name: 'y' }));
  return standardModel(b.build());
}

/** MatMul and as many times `op`, the last node named `last`. */
export function chain(op: string, length = 1): Model {
  const b = new GraphBuilder('chain');
  const weight = b.initializer({ name: 'weight', type: 'float32', dims: [4, 4], data: filled(16) });
  let value = b.op('MatMul', [b.input('x', 'float32', ['N', 4]), weight]);
  for (let i = 1; i <= length; i++) value = b.op(op, [value], {}, { name: i === length ? 'last' : 'inner' });
  b.output(value);
  return standardModel(b.build());
}
