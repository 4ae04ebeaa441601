/** @file Losses inside a graph equal their formulas, and the gradients are those of the formulas. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradientOf } from '../../grad/gradients.js';
import { GraphBuilder } from '../../graph/builder.js';
import type { TensorValue } from '../../onnx/model.js';
import { runGraph } from '../../testing/run.js';
import { binaryCrossEntropy, crossEntropy, type Loss, meanSquaredError } from '../loss.js';
import { lossRule } from './table.js';

async function lossAndGradient(
  loss: Loss,
  outputs: number[][],
  targets: TensorValue,
): Promise<{ loss: number; gradient: number[] }> {
  const b = new GraphBuilder();
  const width = outputs[0]?.length as number;
  const z = b.input('z', 'float32', ['N', width]);
  const rule = lossRule(loss);
  const { type, shape } = rule.targets(z);
  const value = rule.write(b, loss, z, b.input('t', type, ['N', ...shape]));
  b.output(value, 'value');
  b.output(gradientOf(b, value, [z])[0] as typeof z, 'gradient');
  const results = await runGraph(b.build(), {
    z: { type: 'float32', dims: [outputs.length, width], data: Float32Array.from(outputs.flat()) },
    t: targets,
  });
  const numbers = (name: string) => Array.from((results[name] as TensorValue).data as Float32Array);
  return { loss: numbers('value')[0] as number, gradient: numbers('gradient') };
}

const logit = fc.float({ min: -8, max: 8, noNaN: true });
const rows = (width: number) =>
  fc.array(fc.array(logit, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 });
const softmax = (z: number[]) => {
  const e = z.map((x) => Math.exp(x - Math.max(...z)));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((x) => x / sum);
};
const close = (actual: number[], wanted: number[]) => {
  expect(actual).toHaveLength(wanted.length);
  for (const [i, x] of wanted.entries())
    expect(Math.abs((actual[i] as number) - x)).toBeLessThan(2e-6 * (1 + Math.abs(x)));
};
const float32 = (dims: number[], data: number[]): TensorValue => ({
  type: 'float32',
  dims,
  data: Float32Array.from(data),
});

describe('losses in a graph', () => {
  it('crossEntropy with label smoothing: −Σ q log p, gradient (p − q)/N', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows(4),
        fc.constantFrom(0, 0.1, 0.5),
        fc.infiniteStream(fc.nat(3)),
        async (z, smoothing, stream) => {
          const labels = z.map(() => stream.next().value as number);
          const p = z.map(softmax);
          const q = labels.map(
            (label) => z[0]?.map((_, c) => (c === label ? 1 - smoothing : 0) + smoothing / 4) as number[],
          );
          const loss =
            p.reduce(
              (sum, row, i) => sum - row.reduce((s, pc, c) => s + (q[i]?.[c] as number) * Math.log(pc), 0),
              0,
            ) / z.length;
          const result = await lossAndGradient(crossEntropy({ labelSmoothing: smoothing }), z, {
            type: 'int32',
            dims: [z.length],
            data: Int32Array.from(labels),
          });
          close([result.loss], [loss]);
          close(
            result.gradient,
            p.flatMap((row, i) => row.map((pc, c) => (pc - (q[i]?.[c] as number)) / z.length)),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('binaryCrossEntropy: softplus(z) − z·y, gradient (sigmoid(z) − y)/(N·outputs)', async () => {
    await fc.assert(
      fc.asyncProperty(rows(2), fc.infiniteStream(fc.nat(1)), async (z, stream) => {
        const flat = z.flat();
        const y = flat.map(() => stream.next().value as number);
        const loss =
          flat.reduce((sum, zi, i) => sum + Math.log1p(Math.exp(zi)) - zi * (y[i] as number), 0) /
          flat.length;
        const result = await lossAndGradient(binaryCrossEntropy(), z, float32([z.length, 2], y));
        close([result.loss], [loss]);
        close(
          result.gradient,
          flat.map((zi, i) => (1 / (1 + Math.exp(-zi)) - (y[i] as number)) / flat.length),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('meanSquaredError: (ŷ − y)², gradient 2(ŷ − y)/(N·outputs)', async () => {
    await fc.assert(
      fc.asyncProperty(rows(3), fc.infiniteStream(logit), async (z, stream) => {
        const flat = z.flat();
        const y = flat.map(() => stream.next().value as number);
        const result = await lossAndGradient(meanSquaredError(), z, float32([z.length, 3], y));
        close(
          [result.loss],
          [flat.reduce((sum, zi, i) => sum + (zi - (y[i] as number)) ** 2, 0) / flat.length],
        );
        close(
          result.gradient,
          flat.map((zi, i) => (2 * (zi - (y[i] as number))) / flat.length),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('crossEntropy is finite where a class that is not the label has logit −∞, unless smoothing asks for its share', async () => {
    const low = Number.NEGATIVE_INFINITY;
    const z = [
      [0.3, 1, low],
      [low, low, 2],
      [1, 2, 3],
    ];
    const labels: TensorValue = { type: 'int32', dims: [3], data: Int32Array.of(0, 2, 1) };
    const plain = await lossAndGradient(crossEntropy(), z, labels);
    const p = z.map(softmax);
    close(
      [plain.loss],
      [-(Math.log(p[0]?.[0] as number) + Math.log(p[1]?.[2] as number) + Math.log(p[2]?.[1] as number)) / 3],
    );
    const chosen = [0, 2, 1];
    close(
      plain.gradient,
      p.flatMap((row, i) => row.map((pc, c) => (pc - (c === chosen[i] ? 1 : 0)) / 3)),
    );
    const smooth = await lossAndGradient(crossEntropy({ labelSmoothing: 0.1 }), z, labels);
    expect(smooth.loss).toBe(Number.POSITIVE_INFINITY);
    expect(smooth.gradient.every(Number.isFinite)).toBe(true);
    const unlikely = await lossAndGradient(crossEntropy(), z, { ...labels, data: Int32Array.of(2, 2, 1) });
    expect(unlikely.loss).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    [() => crossEntropy({ labelSmoothing: 1 }), 'labelSmoothing is 1; it must be at least 0 and below 1'],
    [() => crossEntropy({ labelSmoothing: Number.NaN }), 'labelSmoothing is NaN'],
  ])('refuses a smoothing out of range (%#)', (make, message) => {
    expect(make).toThrow(message);
  });

  it('says what to do about an output that is no [N, outputs]', () => {
    const b = new GraphBuilder();
    const z = b.input('z', 'float32', ['N', 3, 3]);
    expect(() => lossRule(crossEntropy()).targets(z)).toThrow(
      "the network's output is [N, 3, 3]; it must be [N, outputs]",
    );
  });
});
