/** @file Monte Carlo dropout over model files: of this library's writing, and of PyTorch's. */
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import type { Value } from '../graph/value.js';
import { standardModel } from '../onnx/version.js';
import { writeModel } from '../onnx/write.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { describeTorch, torch } from '../testing/torch.js';
import { type CompiledOptions, monteCarloOfOnnx } from './compiled.js';
import type { AskOptions } from './monte-carlo.js';

const x = Float32Array.from({ length: 8 * 4 }, (_, i) => Math.sin(1 + i));

async function ask(file: Uint8Array, options: Partial<CompiledOptions> = {}, asked: AskOptions = {}) {
  const mc = await monteCarloOfOnnx(file, nodeRuntime, { seed: 1, draws: 400, threads: 1, ...options });
  try {
    return await mc.regress(x, asked);
  } finally {
    await mc.release();
  }
}

/** y = W · Dropout(x), as an exporter writes it; without dropout where the ratio is undefined. */
function linear(ratio: number | undefined): Uint8Array {
  const b = new GraphBuilder('linear');
  const input = b.input('x', 'float32', ['batch', 4]);
  const weight = b.initializer({
    name: 'w',
    type: 'float32',
    dims: [4, 2],
    data: Float32Array.of(1, -2, 0.5, 3, -1, 1, 2, 0.25),
  });
  const thin = ratio === undefined ? input : (b.ops('Dropout', [input, b.scalar(ratio)])[0] as Value);
  b.output(b.op('MatMul', [thin, weight]), 'y');
  return writeModel(standardModel(b.build()));
}

describe('a model file with a Dropout node', () => {
  it('has the mean and the variance of inverted dropout before a linear layer, to 5 standard errors', async () => {
    const ratio = 0.25;
    const seen = await ask(linear(ratio), { draws: 4000 }, { keepDraws: true });
    const w = [1, -2, 0.5, 3, -1, 1, 2, 0.25];
    for (let n = 0; n < 8; n++)
      for (let k = 0; k < 2; k++) {
        const terms = [0, 1, 2, 3].map((j) => (x[n * 4 + j] as number) * (w[2 * j + k] as number));
        const mean = terms.reduce((a, b) => a + b, 0);
        // Var(r) = rate / (1 − rate) for each input's factor r.
        const variance = (terms.reduce((sum, t) => sum + t * t, 0) * ratio) / (1 - ratio);
        const i = 2 * n + k;
        expect(Math.abs((seen.mean[i] as number) - mean)).toBeLessThan(5 * Math.sqrt(variance / 4000));
        // The standard error of a variance is at most variance · √((κ − 1) / T), κ < 4 here.
        expect(Math.abs((seen.spread[i] as number) - variance)).toBeLessThan(
          5 * variance * Math.sqrt(3 / 4000),
        );
        expect(seen.meanNetwork[i]).toBeCloseTo(mean, 5);
      }
  });

  it('is refused without one, with what exporters need to be told', async () => {
    for (const ratio of [undefined, 0])
      await expect(ask(linear(ratio))).rejects.toThrow(
        'model "linear" has no Dropout nodes with a ratio above 0: exporters leave them out unless told',
      );
  });
});

describeTorch('a model file that PyTorch exported in training mode', () => {
  it('has PyTorch’s mean network and PyTorch’s spread, to 5 standard errors', async () => {
    const file = join(tmpdir(), `thinnet-uncertainty-${process.pid}.onnx`);
    const draws = 4000;
    const { mean, variance, evaluated } = torch(
      `
import json, sys, torch
q = json.load(sys.stdin)
torch.manual_seed(1)
net = torch.nn.Sequential(torch.nn.Linear(4, 32), torch.nn.ReLU(), torch.nn.Dropout(0.3), torch.nn.Linear(32, 2))
x = torch.tensor(q['x']).reshape(8, 4)
torch.onnx.export(net, x, q['file'], training=torch.onnx.TrainingMode.TRAINING, do_constant_folding=False,
    input_names=['x'], output_names=['y'], dynamic_axes={'x': {0: 'n'}, 'y': {0: 'n'}}, opset_version=13)
with torch.no_grad():
    evaluated = net.eval()(x)
    t = torch.stack([net.train()(x) for _ in range(q['draws'])]).double()
json.dump({'mean': t.mean(0).flatten().tolist(), 'variance': t.var(0).flatten().tolist(),
    'evaluated': evaluated.flatten().tolist()}, sys.stdout)`,
      { x: [...x], file, draws },
    ) as Record<string, number[]>;
    const bytes = readFileSync(file);
    rmSync(file);
    const seen = await ask(bytes, { draws });
    for (const [i, theirs] of (variance as number[]).entries()) {
      expect(seen.meanNetwork[i]).toBeCloseTo(evaluated?.[i] as number, 5);
      const error = Math.sqrt((2 * theirs) / draws);
      expect(Math.abs((seen.mean[i] as number) - (mean?.[i] as number))).toBeLessThan(5 * error);
      expect(Math.abs((seen.spread[i] as number) / theirs - 1)).toBeLessThan(5 * Math.sqrt((2 * 3) / draws));
    }
  });
});
