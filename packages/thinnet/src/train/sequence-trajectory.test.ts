/** @file Ten steps of networks for sequences end with PyTorch's weights, given its initial weights, batches and masks. */
import { expect, it } from 'vitest';
import type { Dataset } from '../data/dataset.js';
import { classToken, positionalEmbedding } from '../nn/attention/embeddings.js';
import { patchEmbedding } from '../nn/attention/patch-embedding.js';
import { transformerBlock } from '../nn/attention/transformer-block.js';
import { dense } from '../nn/dense.js';
import { embedding } from '../nn/dropout/embedding.js';
import { dropout } from '../nn/dropout.js';
import { layerNorm } from '../nn/normalize.js';
import { atTime, meanOverTime } from '../nn/over-time.js';
import { bidirectional } from '../nn/recurrent/bidirectional.js';
import { gru } from '../nn/recurrent/gru.js';
import { lstm } from '../nn/recurrent/lstm.js';
import { randomDataset } from '../testing/dataset.js';
import { describeTorch } from '../testing/torch.js';
import { differencesFromTorch, type TorchCase } from '../testing/torch-trajectory.js';
import { adam, sgd } from './optimizer.js';

interface Case extends TorchCase {
  /** Draws word numbers below this instead of normal features. */
  readonly words?: number;
}

const cases: readonly Case[] = [
  {
    title: 'a classifier of texts: embedding – LSTM – dense, all four dropouts of Gal & Ghahramani',
    optimizer: adam(),
    rate: 0.01,
    input: [7],
    words: 20,
    layers: [
      embedding(20, 6, { rate: 0.2, name: 'words' }),
      lstm(8, { dropout: 0.3, recurrentDropout: 0.4, name: 'lstm' }),
      dropout(0.5, { name: 'out' }),
      dense(4, { name: 'dense' }),
    ],
    forward: `
def forward(x, masks, training):
    e = p['words.weight'] * masks['words']
    x = e[x.long()] * masks['lstm.dropout']
    h = c = torch.zeros(len(x), 8)
    for t in range(7):
        i, f, g, o = (x[:, t] @ p['lstm.inputWeight'] + p['lstm.bias'] + (h * masks['lstm.recurrentDropout']) @ p['lstm.recurrentWeight']).chunk(4, 1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
    return dense('dense', h * masks['out'])
`,
  },
  {
    title: 'two directions of GRU below another, mean over time',
    optimizer: sgd({ momentum: 0.9 }),
    rate: 0.1,
    input: [6, 5],
    layers: [
      bidirectional((direction) => gru(4, { ...direction, returnSequences: true, recurrentDropout: 0.3 }), {
        name: 'both',
      }),
      gru(5, { dropout: 0.2, returnSequences: true, name: 'gru' }),
      meanOverTime(),
      dense(4, { name: 'dense' }),
    ],
    forward: `
def gru(name, x, masks, times):
    x = x * masks[name + '.dropout']
    h = torch.zeros(len(x), p[name + '.recurrentWeight'].shape[0])
    states = {}
    for t in times:
        ar, az, an = (x[:, t] @ p[name + '.inputWeight'] + p[name + '.bias']).chunk(3, 1)
        kr, kz, kn = ((h * masks[name + '.recurrentDropout']) @ p[name + '.recurrentWeight'] + p[name + '.recurrentBias']).chunk(3, 1)
        z = (az + kz).sigmoid()
        h = (1 - z) * (an + (ar + kr).sigmoid() * kn).tanh() + z * h
        states[t] = h
    return torch.stack([states[t] for t in sorted(states)], 1)
def forward(x, masks, training):
    h = torch.cat([gru('both.forward', x, masks, range(6)), gru('both.backward', x, masks, range(5, -1, -1))], 2)
    return dense('dense', gru('gru', h, masks, range(6)).mean(1))
`,
  },
  {
    title: 'a vision transformer of one block, with all its dropouts',
    // The biases of keys have gradient 0, of whose rounding Adam would make steps of full length.
    optimizer: sgd({ momentum: 0.9 }),
    rate: 0.05,
    input: [2, 4, 6],
    layers: [
      patchEmbedding(6, { patch: 2, name: 'patches' }),
      classToken({ name: 'class' }),
      positionalEmbedding({ name: 'positions' }),
      transformerBlock({
        heads: 2,
        mlpWidth: 10,
        attentionDropout: 0.2,
        mlpDropout: 0.3,
        dropout: 0.2,
        dropPath: 0.3,
        name: 'block',
      }),
      layerNorm({ name: 'norm' }),
      atTime(0),
      dense(4, { name: 'dense' }),
    ],
    forward: `
def attention(x, mask):
    q, k, v = (t.reshape(len(x), 7, 2, 3).transpose(1, 2) for t in dense('block.attention.input', x).chunk(3, 2))
    w = (q @ k.transpose(2, 3) / 3 ** 0.5).softmax(3) * mask
    return dense('block.attention.output', (w @ v).transpose(1, 2).flatten(2))
def forward(x, masks, training):
    x = x.unfold(2, 2, 2).unfold(3, 2, 2).permute(0, 2, 3, 1, 4, 5).reshape(len(x), 6, 8)
    x = torch.cat([p['class.weight'].expand(len(x), 1, 6), dense('patches', x)], 1) + p['positions.weight']
    x = x + attention(layer_norm('block.norm1', x), masks['block.attention.dropout']) * masks['block.dropout1'] * masks['block.dropPath1']
    h = F.gelu(dense('block.mlp1', layer_norm('block.norm2', x))) * masks['block.mlpDropout']
    x = x + dense('block.mlp2', h) * masks['block.dropout2'] * masks['block.dropPath2']
    return dense('dense', layer_norm('norm', x)[:, 0])
`,
  },
];

const steps = 10;
const batch = 9;

describeTorch(
  'a trajectory of a network for sequences equals PyTorch’s to 1e-3 relative after 10 steps',
  () => {
    it.each(cases)('$title', async (one) => {
      const { input, words } = one;
      const data = (length: number, seed: number): Dataset => {
        const drawn = randomDataset({ length, shape: input, classes: 4, seed });
        const wordOf = (x: number) => Math.floor(Math.abs(x) * 1000) % (words as number);
        return words === undefined ? drawn : { ...drawn, features: drawn.features.map(wordOf) };
      };
      const [train, test] = [data(steps * batch, 1), data(5, 2)];
      const { net, differences } = await differencesFromTorch(
        one,
        { train, test },
        { steps, batch, stepsPerRun: 4 },
      );
      expect(net.sites.length).toBeGreaterThan(2);
      for (const [what, difference] of Object.entries(differences))
        expect(difference, what).toBeLessThan(1e-3);
    });
  },
);
