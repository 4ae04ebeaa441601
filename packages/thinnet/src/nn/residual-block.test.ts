/** @file Residual blocks: PyTorch's numbers for each shortcut, depth dropout, shapes and errors. */
import { describe, expect, it } from 'vitest';
import { floats, noiseFeeds } from '../testing/noise.js';
import { runGraph } from '../testing/run.js';
import { describeTorch } from '../testing/torch.js';
import { besideTorch, type TorchCase } from '../testing/torch-layers.js';
import { network } from './build.js';
import { spatialDropout } from './dropout/spatial.js';
import { dropout } from './dropout.js';
import { meanProgram, thinnedProgram } from './programs.js';
import { type ResidualBlockOptions, residualBlock } from './residual-block.js';

const branch = (stride: number, between = ''): string => `
def norm(h, name): return F.batch_norm(h, None, None, p(name + '.scale'), p(name + '.bias'), True)
h = F.relu(norm(F.conv2d(x, p('conv1.weight'), None, ${stride}, 1), 'norm1'))${between}
h = norm(F.conv2d(h, p('conv2.weight'), None, 1, 1), 'norm2')
if m('dropPath') is not None: h = h * m('dropPath')
`;

const cases: readonly TorchCase[] = [
  {
    title: 'the shortcut is x itself',
    layer: residualBlock(3, { dropPath: 0.4, name: 'layer' }),
    input: [3, 5, 4],
    torch: `${branch(1)}y = F.relu(x + h)`,
  },
  {
    title: 'a projection, with a layer between the convolutions',
    layer: residualBlock(5, { stride: 2, between: spatialDropout(0.5, { name: 'between' }), name: 'layer' }),
    input: [3, 5, 4],
    torch: `${branch(2, " * m('between')")}y = F.relu(norm(F.conv2d(x, p('shortcut.weight'), None, 2), 'shortcutNorm') + h)`,
  },
  {
    title: 'every second pixel and channels of zeros',
    layer: residualBlock(6, { stride: 2, shortcut: 'pad', dropPath: 0.4, name: 'layer' }),
    input: [3, 5, 4],
    torch: `${branch(2)}y = F.relu(F.pad(x[:, :, ::2, ::2], [0, 0, 0, 0, 1, 2]) + h)`,
  },
  {
    title: 'channels of zeros alone',
    layer: residualBlock(5, { shortcut: 'pad', name: 'layer' }),
    input: [3, 4, 4],
    torch: `${branch(1)}y = F.relu(F.pad(x, [0, 0, 0, 0, 1, 1]) + h)`,
  },
].map((at) => ({ ...at, examples: 4 }));

describeTorch('residual blocks and PyTorch’s operators, with the same weights and masks', () => {
  it('give outputs and gradients that agree to 1e-4', async () => {
    for (const [n, distances] of (await besideTorch(cases)).entries())
      for (const [what, distance] of Object.entries(distances))
        expect(distance, `${what}: ${cases[n]?.title}`).toBeLessThan(1e-4);
  });
});

describe('residualBlock', () => {
  const built = (options: ResidualBlockOptions, filters = 3) =>
    network({ input: [3, 5, 5], seed: 1 }, residualBlock(filters, { ...options, name: 'b' }));
  const x = floats(
    [2, 3, 5, 5],
    Array.from({ length: 150 }, (_, i) => Math.sin(i * i)),
  );

  it('leaves the shortcut where its branch is dropped', async () => {
    const net = built({ dropPath: 1 });
    const noise = noiseFeeds(net, 2, { seed: 1, step: 0 });
    const { y } = await runGraph(thinnedProgram(net), { x, ...noise });
    expect(y).toEqual(
      floats(
        x.dims,
        x.data.map((value) => Math.max(value, 0)),
      ),
    );
  });

  it('has a site of kind depth and a mean program without a trace of it', async () => {
    const net = built({ dropPath: 0.3 });
    expect(net.sites.map(({ kind, name, shape }) => [kind, name, shape])).toEqual([
      ['depth', 'b.dropPath', ['N', 1, 1, 1]],
    ]);
    const [thinnable, plain] = [meanProgram(net), meanProgram(built({}))];
    expect(thinnable.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(thinnable.nodes.map(({ op }) => op)).toEqual(plain.nodes.map(({ op }) => op));
    expect(await runGraph(thinnable, { x })).toEqual(await runGraph(plain, { x }));
  });

  it('rounds the plane up where the stride does not divide it', () => {
    expect(built({ stride: 2 }, 4).graph.outputs[0]?.shape).toEqual(['N', 4, 3, 3]);
    expect(built({ stride: 3, kernel: 5, shortcut: 'pad' }, 4).graph.outputs[0]?.shape).toEqual([
      'N',
      4,
      2,
      2,
    ]);
  });

  it('has no parameters in a shortcut that is padded', () => {
    const names = (options: ResidualBlockOptions) => built(options, 4).parameters.map(({ name }) => name);
    const branch = [
      'b.conv1.weight',
      'b.norm1.scale',
      'b.norm1.bias',
      'b.conv2.weight',
      'b.norm2.scale',
      'b.norm2.bias',
    ];
    expect(names({ shortcut: 'pad' })).toEqual(branch);
    expect(names({})).toEqual([
      ...branch,
      'b.shortcut.weight',
      'b.shortcutNorm.scale',
      'b.shortcutNorm.bias',
    ]);
  });

  it.each<[number, object, string]>([
    [0, {}, 'residualBlock "b": filters is 0; it must be a positive integer'],
    [4, { stride: 1.5 }, 'stride is 1.5'],
    [4, { kernel: 4 }, 'kernel is 4; it must be odd, so that stride 1 keeps the plane'],
    [4, { shortcut: 'none' }, 'shortcut is "none"; it must be "projection" or "pad"'],
    [2, { shortcut: 'pad' }, 'filters is 2, but x has 3 channels; shortcut "pad" cannot leave channels out'],
    [4, { dropPath: 2 }, 'rate is 2'],
    [4, { between: dropout(0.1, { noiseShape: [1] }) }, 'noiseShape [1] must have one entry for each axis'],
  ])('refuses %i filters with %j', (filters, options, message) => {
    expect(() => built(options as ResidualBlockOptions, filters)).toThrow(message);
  });
});
