/** @file Recurrent networks as PyTorch exports them: imported, trainable, with the same outputs. */
import { expect, it } from 'vitest';
import type { Model } from '../../onnx/model.js';
import { readModel } from '../../onnx/read.js';
import { distance } from '../../testing/gradients/check.js';
import { floats } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { describeTorch, torch } from '../../testing/torch.js';
import { fromOnnx } from '../import.js';
import { meanProgram } from '../programs.js';

const script = `
import base64, io, json, sys, torch, warnings
from torch import nn
warnings.simplefilter('ignore')
class Classifier(nn.Module):
    def __init__(self, kind, **options):
        super().__init__()
        self.words = nn.Embedding(20, 6)
        self.recurrent = kind(6, 5, batch_first=True, **options)
        self.out = nn.Linear(10 if options.get('bidirectional') else 5, 3)
    def forward(self, x):
        return self.out(self.recurrent(self.words(x.long()))[0][:, -1])
found = {}
for name, kind, options in (('LSTM', nn.LSTM, dict(num_layers=2)), ('GRU', nn.GRU, dict(bidirectional=True)), ('RNN', nn.RNN, dict(nonlinearity='relu'))):
    torch.manual_seed(1)
    model = Classifier(kind, **options).eval()
    file = io.BytesIO()
    x = torch.randint(20, (3, 7)).float()
    torch.onnx.export(model, (x,), file, opset_version=14, input_names=['x'], output_names=['y'], dynamic_axes={'x': {0: 'batch'}, 'y': {0: 'batch'}})
    found[name] = {'file': base64.b64encode(file.getvalue()).decode(), 'x': x.flatten().tolist(), 'y': model(x).flatten().tolist()}
json.dump(found, sys.stdout)
`;

describeTorch('recurrent classifiers of PyTorch', () => {
  it('are imported with all their weights to train, and give the same outputs to 1e-5', async () => {
    const exported = torch(script, {}) as Record<string, { file: string; x: number[]; y: number[] }>;
    for (const [name, { file, x, y }] of Object.entries(exported)) {
      const model: Model = readModel(Buffer.from(file, 'base64'));
      const network = fromOnnx(model);
      expect(network.graph.nodes.filter(({ op }) => ['LSTM', 'GRU', 'RNN'].includes(op))).toEqual([]);
      // Of the embedding, of each recurrent layer (W, R, B), of the dense layer.
      expect(network.parameters.length, name).toBe(1 + 3 * (name === 'LSTM' ? 2 : 1) + 2);
      const ours = (await runGraph(meanProgram(network), { x: floats([3, 7], x) })).y?.data as Float32Array;
      expect(distance(ours, y), name).toBeLessThan(1e-5);
    }
  });
});
