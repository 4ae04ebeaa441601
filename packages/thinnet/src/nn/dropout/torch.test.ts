/** @file PyTorch's dropouts and ours give the same output for the same mask. */
import { expect, it } from 'vitest';
import { bindShape, sizeOf } from '../../graph/shape.js';
import { fillNoise } from '../../noise/kinds.js';
import { referenceKernels } from '../../noise/reference.js';
import { floats } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { describeTorch, torch } from '../../testing/torch.js';
import { network } from '../build.js';
import { dropout } from '../dropout.js';
import { thinnedProgram } from '../programs.js';
import type { Layer } from '../scope.js';
import { alphaDropout, featureAlphaDropout } from './alpha.js';
import { spatialDropout } from './spatial.js';

interface Case {
  /** Name of PyTorch's module. */
  readonly module: string;
  readonly layer: (rate: number) => Layer;
  readonly dims: readonly number[];
}

const cases: readonly Case[] = [
  { module: 'Dropout', layer: dropout, dims: [5, 12] },
  { module: 'Dropout1d', layer: spatialDropout, dims: [4, 6, 5] },
  { module: 'Dropout2d', layer: spatialDropout, dims: [4, 6, 3, 2] },
  { module: 'Dropout3d', layer: spatialDropout, dims: [4, 6, 2, 3, 2] },
  { module: 'AlphaDropout', layer: alphaDropout, dims: [5, 12] },
  { module: 'FeatureAlphaDropout', layer: featureAlphaDropout, dims: [4, 6, 3, 2] },
];
const rates = [0.1, 0.35, 0.5, 0.8];

/** Large equal inputs under the same seed tell the mask: only what is kept stays large. */
const script = `
import json, sys, torch
found = []
for seed, c in enumerate(json.load(sys.stdin)):
    layer = getattr(torch.nn, c['module'])(c['rate'])
    x = torch.tensor(c['x']).reshape(c['dims'])
    torch.manual_seed(seed)
    y = layer(x)
    torch.manual_seed(seed)
    kept = layer(torch.full(c['dims'], 1000.0)) > 100
    found.append({'y': y.flatten().tolist(), 'kept': kept.flatten().tolist()})
json.dump(found, sys.stdout)
`;

describeTorch('dropout in PyTorch', () => {
  it('gives the same output to 1e-6 for the same mask', async () => {
    const all = cases.flatMap((at) => rates.map((rate) => ({ ...at, rate })));
    const inputs = all.map(({ module, rate, dims }) => ({
      module,
      rate,
      dims,
      x: Array.from({ length: sizeOf(dims) }, (_, i) => Math.fround(Math.sin(1 + i))),
    }));
    const found = torch(script, inputs) as { y: number[]; kept: boolean[] }[];
    for (const [n, { module, layer, dims, rate }] of all.entries()) {
      const { y, kept } = found[n] as { y: number[]; kept: boolean[] };
      const built = network({ input: dims.slice(1), seed: 1 }, layer(rate));
      const [site] = built.sites;
      const noiseDims = bindShape(site!.shape, { N: dims[0] as number });
      const every = sizeOf(dims) / sizeOf(noiseDims);
      const noise = floats(noiseDims, new Float32Array(sizeOf(noiseDims)));
      // The kind's own values, at PyTorch's mask.
      fillNoise(site!, { seed: 0, step: 0 }, noise.data, 0, {
        ...referenceKernels,
        fillBernoulli: (out, values) => {
          for (let i = 0; i < out.length; i++) out[i] = kept[i * every] ? values.kept : values.dropped;
        },
      });
      const x = floats(dims, inputs[n]!.x);
      const seen = (await runGraph(thinnedProgram(built), { x, [site!.input]: noise })).y
        ?.data as Float32Array;
      const worst = Math.max(...y.map((value, i) => Math.abs(value - (seen[i] as number))));
      expect(worst, `${module} at rate ${rate}`).toBeLessThan(1e-6);
      expect(
        kept.some((k) => !k),
        module,
      ).toBe(true);
    }
  });
});
