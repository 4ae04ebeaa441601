/** @file Models of other exporters: after reading and writing they compute the same bits. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, expect, it } from 'vitest';
import { describeTorch, torch } from '../testing/torch.js';
import { readModel, writeModel } from './index.js';

const script = `
import base64, io, json, sys, warnings
import torch, torch.nn as nn
warnings.filterwarnings('ignore')

branches = torch.jit.ScriptModule()
branches.define('''
def forward(self, x):
    for i in range(3):
        if bool(x.sum() > 0):
            x = x * 0.5 - 1
        else:
            x = x + 2
    return x
''')

def export(model, example, opset, **options):
    file = io.BytesIO()
    torch.onnx.export(model, (example,), file, opset_version=opset, input_names=['x'], **options)
    return base64.b64encode(file.getvalue()).decode()

torch.manual_seed(0)
training = dict(training=torch.onnx.TrainingMode.TRAINING, do_constant_folding=False)
dense = lambda: nn.Sequential(nn.Linear(5, 7), nn.ReLU(), nn.Dropout(0.5), nn.Linear(7, 3))
conv = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(676, 10), nn.LogSoftmax(-1))
json.dump({
    'dense': export(dense().eval(), torch.randn(2, 5), 16, dynamic_axes={'x': {0: 'N'}}),
    'dense in training': export(dense(), torch.randn(2, 5), 13, **training),
    'convolution': export(conv.eval(), torch.randn(2, 1, 28, 28), 11),
    'LSTM': export(nn.LSTM(4, 6, batch_first=True).eval(), torch.randn(2, 5, 4), 14),
    'transformer': export(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True).eval(), torch.randn(2, 5, 8), 14),
    'loops and branches': export(branches, torch.randn(2, 3), 16),
}, sys.stdout)
`;

const cases: readonly (readonly [name: string, shape: readonly number[]])[] = [
  ['dense', [2, 5]],
  ['dense in training', [2, 5]],
  ['convolution', [2, 1, 28, 28]],
  ['LSTM', [2, 5, 4]],
  ['transformer', [2, 5, 8]],
  ['loops and branches', [2, 3]],
];

async function run(file: Uint8Array, shape: readonly number[]): Promise<Record<string, unknown>> {
  // Without optimisation, which would drop the training-mode dropout.
  const session = await InferenceSession.create(file, {
    graphOptimizationLevel: 'disabled',
    intraOpNumThreads: 1,
  });
  const size = shape.reduce((a, b) => a * b, 1);
  const x = Float32Array.from({ length: size }, (_, i) => Math.sin(i + 1));
  const outputs = await session.run({ x: new Tensor('float32', x, shape) });
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { type, dims, data }]) => [name, { type, dims, data }]),
  );
}

describeTorch('a model exported by PyTorch', () => {
  let files: Readonly<Record<string, string>>;
  beforeAll(() => {
    files = torch(script, {}) as Readonly<Record<string, string>>;
  });

  it.each(cases)('(%s) is the same model after writing and reading', (name) => {
    const model = readModel(Buffer.from(files[name] as string, 'base64'));
    expect(model.producer.name).toBe('pytorch');
    expect(readModel(writeModel(model))).toEqual(model);
  });

  it.each(cases.filter(([name]) => name !== 'dense in training'))(
    '(%s) gives the same bits on ONNX Runtime',
    async (name, shape) => {
      const file = Buffer.from(files[name] as string, 'base64');
      const written = writeModel(readModel(file));
      const expected = await run(file, shape);
      expect(Object.keys(expected).length).toBeGreaterThan(0);
      expect(await run(written, shape)).toEqual(expected);
    },
  );

  it('in training mode keeps its Dropout nodes with their ratio and mode', () => {
    const { graph } = readModel(Buffer.from(files['dense in training'] as string, 'base64'));
    const dropout = graph.nodes.find((node) => node.op === 'Dropout');
    expect(dropout?.inputs).toHaveLength(3);
    const constants = dropout?.inputs
      .slice(1)
      .map((name) => graph.nodes.find((node) => node.outputs[0] === name)?.attributes.value);
    expect(constants).toMatchObject([
      { type: 'tensor', value: { type: 'float32', data: Float32Array.of(0.5) } },
      { type: 'tensor', value: { type: 'bool', data: Uint8Array.of(1) } },
    ]);
  });
});
