/** @file Standout: what is kept depends on the preactivation, and no gradient passes through the mask. */
import { describe, expect, it } from 'vitest';
import { gradientOf } from '../../grad/gradients.js';
import { GraphBuilder } from '../../graph/builder.js';
import { int } from '../../onnx/attribute.js';
import { floats, noiseFeeds } from '../../testing/noise.js';
import { binomialTest } from '../../testing/probability.js';
import { runGraph } from '../../testing/run.js';
import { relu, tanh } from '../activations.js';
import { network } from '../build.js';
import { meanProgram, thinnedProgram } from '../programs.js';
import { flatten } from '../reshape.js';
import { standout } from './standout.js';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe('standout', () => {
  const options = { alpha: 0.8, beta: -0.3 };
  const keepOf = (z: number) => sigmoid(0.8 * z - 0.3);

  it.each([-2, 0, 0.5, 3])('keeps a unit of preactivation %f with probability sigmoid(αz + β)', async (z) => {
    const n = 20_000;
    const built = network({ input: [n], seed: 1 }, standout(tanh(), options));
    const x = floats([1, n], Array(n).fill(z));
    const noise = noiseFeeds(built, 1, { seed: 4, step: 1 });
    const u = noise['noise.standout1']!.data;
    const kept = u.filter((value) => value < keepOf(z)).length;
    expect(binomialTest(kept, n, keepOf(z))).toBeGreaterThan(1e-4);
    const y = (await runGraph(thinnedProgram(built), { x, ...noise })).y?.data as Float32Array;
    for (const [i, value] of y.entries())
      expect(value).toBeCloseTo((u[i] as number) < keepOf(z) ? Math.tanh(z) : 0, 6);
  });

  it('multiplies by keep at inference', async () => {
    const built = network({ input: [4], seed: 1 }, standout(relu(), options));
    const mean = meanProgram(built);
    const x = floats([1, 4], [-1, 0.5, 1, 4]);
    const { y } = await runGraph(mean, { x });
    for (const [i, value] of (y!.data as Float32Array).entries()) {
      const z = x.data[i] as number;
      expect(value).toBeCloseTo(Math.max(z, 0) * keepOf(z), 6);
    }
    expect(mean.inputs.map((info) => info.name)).toEqual(['x']);
    expect(thinnedProgram(built).nodes.some((node) => node.name.endsWith('.mean'))).toBe(false);
  });

  it('passes the gradient through the activation alone: g·activation′(z) where kept, 0 where dropped', async () => {
    const built = network({ input: [50], seed: 1 }, standout(tanh(), options));
    const b = new GraphBuilder('gradient');
    const z = b.input('z', 'float32', [1, 50]);
    const noise = b.input('u', 'float32', [1, 50]);
    const [y] = b.inline(built.graph, { x: z, 'noise.standout1': noise });
    const loss = b.op('ReduceSum', [y], { keepdims: int(0) });
    const [gradient] = gradientOf(b, loss, [z]);
    b.output(gradient!, 'gradient');
    const x = floats(
      [1, 50],
      Array.from({ length: 50 }, (_, i) => 3 * Math.sin(i)),
    );
    const u = noiseFeeds(built, 1, { seed: 4, step: 1 })['noise.standout1']!;
    const seen = (await runGraph(b.build(), { z: x, u })).gradient?.data as Float32Array;
    for (const [i, value] of seen.entries()) {
      const at = x.data[i] as number;
      const kept = (u.data[i] as number) < keepOf(at);
      expect(value).toBeCloseTo(kept ? 1 - Math.tanh(at) ** 2 : 0, 5);
    }
  });

  it('has no penalty, and as rate that of a preactivation of 0', () => {
    const { penalties, sites } = network({ input: [4], seed: 1 }, standout(relu(), { beta: Math.log(3) }));
    expect(penalties).toEqual([]);
    expect(sites[0]?.rate).toBeCloseTo(0.25, 12);
  });

  it('refuses numbers that are none, and an activation that changes the shape', () => {
    expect(() => standout(relu(), { alpha: Number.NaN })).toThrow(
      'standout: alpha is NaN; it must be a finite number',
    );
    expect(() => network({ input: [2, 3], seed: 1 }, standout(flatten()))).toThrow(
      'standout "standout1": its activation makes [N, 6] of [N, 2, 3]; the shapes must be equal',
    );
  });
});
