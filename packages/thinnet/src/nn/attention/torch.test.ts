/** @file Attention, transformer blocks and what goes with them, and PyTorch's: outputs and gradients. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeTorch } from '../../testing/torch.js';
import { besideTorch, type TorchCase } from '../../testing/torch-layers.js';
import { relu } from '../activations.js';
import { rmsNorm } from '../normalize-rms.js';
import { atTime, maxOverTime, meanOverTime } from '../over-time.js';
import { classToken, positionalEmbedding } from './embeddings.js';
import { multiHeadAttention } from './multi-head.js';
import { patchEmbedding } from './patch-embedding.js';
import { transformerBlock } from './transformer-block.js';

const python = (x: boolean): string => (x ? 'True' : 'False');

const sizes = {
  examples: fc.integer({ min: 1, max: 3 }),
  time: fc.integer({ min: 1, max: 6 }),
  heads: fc.integer({ min: 1, max: 3 }),
  perHead: fc.integer({ min: 1, max: 4 }),
  causal: fc.boolean(),
};

/** Of any widths, with masks: the formula of the docstring. */
const attention = (heads: number, keys: number, values: number, causal: boolean, prefix = ''): string => `
def attention(x):
    q, k, v = (x @ p('${prefix}input.weight') + (p('${prefix}input.bias') if '${prefix}input.bias' in tensors else 0.0)).split(
        [${heads * keys}, ${heads * keys}, ${heads * values}], 2)
    q, k, v = (t.reshape(*t.shape[:2], ${heads}, -1).transpose(1, 2) for t in (q, k, v))
    s = q @ k.transpose(2, 3) / ${keys} ** 0.5
    if ${python(causal)}: s = s.masked_fill(torch.ones(s.shape[2:]).triu(1).bool(), -torch.inf)
    w = s.softmax(3)
    if m('${prefix}dropout') is not None: w = w * m('${prefix}dropout')
    y = (w @ v).transpose(1, 2).flatten(2) @ p('${prefix}output.weight')
    return y + p('${prefix}output.bias') if '${prefix}output.bias' in tensors else y
`;

const modules = (): TorchCase[] =>
  fc
    .sample(fc.record({ ...sizes, bias: fc.boolean() }), 10)
    .map(({ examples, time, heads, perHead, causal, bias }) => ({
      title: JSON.stringify({ examples, time, heads, perHead, causal, bias }),
      layer: multiHeadAttention({ heads, causal, bias, name: 'layer' }),
      examples,
      input: [time, heads * perHead],
      torch: `
l = nn.MultiheadAttention(${heads * perHead}, ${heads}, bias=${python(bias)}, batch_first=True)
bind(l.in_proj_weight, 'input.weight')
bind(l.out_proj.weight, 'output.weight')
if ${python(bias)}:
    bind(l.in_proj_bias, 'input.bias')
    bind(l.out_proj.bias, 'output.bias')
mask = torch.ones(${time}, ${time}).triu(1).bool() if ${python(causal)} else None
y, _ = l(x, x, x, attn_mask=mask)`,
    }));

const widths = (): TorchCase[] =>
  fc
    .sample(
      fc.record({
        ...sizes,
        width: fc.integer({ min: 1, max: 5 }),
        valueWidth: fc.integer({ min: 1, max: 4 }),
        dropout: fc.constantFrom(0, 0.3, 0.7),
      }),
      10,
    )
    .map(({ examples, time, heads, perHead, causal, width, valueWidth, dropout }) => ({
      title: JSON.stringify({ examples, time, heads, perHead, causal, width, valueWidth, dropout }),
      layer: multiHeadAttention({ heads, keyWidth: perHead, valueWidth, causal, dropout, name: 'layer' }),
      examples,
      input: [time, width],
      torch: `${attention(heads, perHead, valueWidth, causal)}\ny = attention(x)`,
    }));

const blocks = (): TorchCase[] =>
  fc.sample(fc.record(sizes), 6).map(({ examples, time, heads, perHead, causal }) => ({
    title: JSON.stringify({ examples, time, heads, perHead, causal }),
    layer: transformerBlock({ heads, causal, mlpWidth: 7, name: 'layer' }),
    examples,
    input: [time, heads * perHead],
    torch: `
l = nn.TransformerEncoderLayer(${heads * perHead}, ${heads}, 7, 0.0, 'gelu', batch_first=True, norm_first=True)
bind(l.self_attn.in_proj_weight, 'attention.input.weight')
bind(l.self_attn.in_proj_bias, 'attention.input.bias')
bind(l.self_attn.out_proj.weight, 'attention.output.weight')
bind(l.self_attn.out_proj.bias, 'attention.output.bias')
for ours, theirs in (('norm1', l.norm1), ('norm2', l.norm2)):
    bind(theirs.weight, ours + '.scale')
    bind(theirs.bias, ours + '.bias')
for ours, theirs in (('mlp1', l.linear1), ('mlp2', l.linear2)):
    bind(theirs.weight, ours + '.weight')
    bind(theirs.bias, ours + '.bias')
y = l(x, torch.ones(${time}, ${time}).triu(1).bool() if ${python(causal)} else None)`,
  }));

/** Every dropout of a block at once, and other functions in the places of the usual ones. */
const thinnedBlocks = (): TorchCase[] =>
  [false, true].map((others) => ({
    title: `relu and rmsNorm ${others}`,
    layer: transformerBlock({
      heads: 2,
      attentionDropout: 0.2,
      mlpDropout: 0.4,
      dropout: 0.3,
      dropPath: 0.25,
      name: 'layer',
      ...(others ? { activation: relu, normalization: rmsNorm } : {}),
    }),
    examples: 5,
    input: [4, 6],
    torch: `${attention(2, 3, 3, false, 'attention.')}
def norm(name, x):
    if ${python(others)}: return p(name + '.scale') * x / (x.square().mean(-1, keepdim=True) + 1e-5).sqrt()
    return F.layer_norm(x, (6,), p(name + '.scale'), p(name + '.bias'))
x1 = x + attention(norm('norm1', x)) * m('dropout1') * m('dropPath1')
h = norm('norm2', x1) @ p('mlp1.weight') + p('mlp1.bias')
h = (h.relu() if ${python(others)} else F.gelu(h)) * m('mlpDropout')
y = x1 + (h @ p('mlp2.weight') + p('mlp2.bias')) * m('dropout2') * m('dropPath2')`,
  }));

const pieces: readonly TorchCase[] = [
  {
    title: 'positionalEmbedding',
    layer: positionalEmbedding({ name: 'layer' }),
    input: [4, 3],
    torch: "y = x + p('weight')",
  },
  {
    title: 'classToken',
    layer: classToken({ name: 'layer' }),
    input: [4, 3],
    torch: "y = torch.cat([p('weight').expand(len(x), 1, 3), x], 1)",
  },
  { title: 'atTime', layer: atTime(-2), input: [4, 3, 2], torch: 'y = x[:, -2]' },
  { title: 'meanOverTime', layer: meanOverTime(), input: [4, 3], torch: 'y = x.mean(1)' },
  { title: 'maxOverTime', layer: maxOverTime(), input: [4, 3], torch: 'y = x.amax(1)' },
  {
    title: 'rmsNorm',
    layer: rmsNorm({ name: 'layer' }),
    input: [4, 5],
    torch: "y = p('scale') * x / (x.square().mean(-1, keepdim=True) + 1e-5).sqrt()",
  },
  {
    title: 'rmsNorm over two axes',
    layer: rmsNorm({ name: 'layer', axes: 2, epsilon: 0.1 }),
    input: [4, 5],
    torch: "y = p('scale') * x / (x.square().mean((1, 2), keepdim=True) + 0.1).sqrt()",
  },
  {
    title: 'patchEmbedding as a convolution',
    layer: patchEmbedding(5, { patch: [2, 3], name: 'layer' }),
    input: [3, 4, 9],
    torch:
      "y = F.conv2d(x, p('weight').t().reshape(5, 3, 2, 3), p('bias'), stride=(2, 3)).flatten(2).transpose(1, 2)",
  },
].map((piece) => ({ ...piece, examples: 2 }));

describeTorch('attention and PyTorch’s, with the same weights', () => {
  it.each<[string, () => readonly TorchCase[]]>([
    ['nn.MultiheadAttention', modules],
    ['attention of any widths, with masks on its weights', widths],
    ['nn.TransformerEncoderLayer with norm_first', blocks],
    ['a transformer block with all its masks', thinnedBlocks],
    ['embeddings, pools over time and rmsNorm', () => pieces],
  ])('%s: outputs and gradients agree to 1e-5', async (_, casesOf) => {
    const cases = casesOf();
    for (const [n, distances] of (await besideTorch(cases)).entries())
      for (const [what, distance] of Object.entries(distances))
        expect(distance, `${what} of ${cases[n]?.title}`).toBeLessThan(1e-5);
  });
});
