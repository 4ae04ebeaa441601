/** @file Recurrent layers and PyTorch's, with the same weights and masks: outputs and gradients. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeTorch } from '../../testing/torch.js';
import { besideTorch, type TorchCase } from '../../testing/torch-layers.js';
import type { Layer } from '../scope.js';
import { bidirectional } from './bidirectional.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import type { RecurrentOptions } from './options.js';
import { simpleRnn } from './simple-rnn.js';

const layers = {
  LSTM: lstm,
  GRU: gru,
  RNN: simpleRnn,
  'RNN of relu': (units: number, options: RecurrentOptions) =>
    simpleRnn(units, { ...options, activation: 'relu' }),
  'GRU that resets before': (units: number, options: RecurrentOptions) =>
    gru(units, { ...options, resetAfter: false }),
} satisfies Record<string, (units: number, options: RecurrentOptions) => Layer>;

type Kind = keyof typeof layers;

/** PyTorch's module, its weights bound as the layers' docstrings say. */
const module = (kind: Kind, features: number, units: number, { bias = true }: RecurrentOptions): string => `
l = nn.${kind.slice(0, 4).trim()}(${features}, ${units}, batch_first=True, bias=${bias ? 'True' : 'False'}${kind === 'RNN of relu' ? ", nonlinearity='relu'" : ''})
bind(l.weight_ih_l0, 'inputWeight')
bind(l.weight_hh_l0, 'recurrentWeight')
if ${bias ? 'True' : 'False'}:
    bind(l.bias_ih_l0, 'bias')
    if 'recurrentBias' in tensors: bind(l.bias_hh_l0, 'recurrentBias')
    else: nn.init.zeros_(l.bias_hh_l0)
y, _ = l(x)`;

/** The cells written out, with one mask for all inputs and one for all states of a sequence. */
const byHand = (kind: Kind, units: number): string => `
if m('dropout') is not None: x = x * m('dropout')
W, R = p('inputWeight'), p('recurrentWeight')
b = p('bias') if 'bias' in tensors else 0.0
c = p('recurrentBias') if 'recurrentBias' in tensors else torch.zeros(R.shape[1])
h = s = torch.zeros(len(x), ${units})
states = []
for t in range(x.shape[1]):
    a = x[:, t] @ W + b
    k = h * m('recurrentDropout') if m('recurrentDropout') is not None else h
    if '${kind}' == 'LSTM':
        i, f, g, o = (a + k @ R).chunk(4, 1)
        s = f.sigmoid() * s + i.sigmoid() * g.tanh()
        h = o.sigmoid() * s.tanh()
    elif '${kind}' in ('RNN', 'RNN of relu'):
        h = a + k @ R
        h = h.tanh() if '${kind}' == 'RNN' else h.relu()
    else:
        ar, az, an = a.chunk(3, 1)
        kr, kz, kn = (k @ R + c).chunk(3, 1)
        r, z = (ar + kr).sigmoid(), (az + kz).sigmoid()
        n = (an + (r * kn if '${kind}' == 'GRU' else (r * k) @ R[:, -${units}:])).tanh()
        h = (1 - z) * n + z * h
    states.append(h)
y = torch.stack(states, 1)`;

const lastOf = ({ returnSequences }: RecurrentOptions): string => (returnSequences ? '' : '\ny = y[:, -1]');
const turned = (source: string, { returnSequences, goBackwards }: RecurrentOptions): string =>
  goBackwards ? `x = x.flip(1)${source}${returnSequences ? '\ny = y.flip(1)' : ''}` : source;

/** What sequences of random lengths, options and rates look like on both sides. */
const arbitrary = (rates: fc.Arbitrary<number>) =>
  fc.record({
    examples: fc.integer({ min: 1, max: 4 }),
    time: fc.integer({ min: 1, max: 6 }),
    features: fc.integer({ min: 1, max: 5 }),
    units: fc.integer({ min: 1, max: 5 }),
    options: fc.record({
      returnSequences: fc.boolean(),
      goBackwards: fc.boolean(),
      bias: fc.boolean(),
      dropout: rates,
      recurrentDropout: rates,
    }),
  });

const drawn = (kinds: readonly Kind[], rates: fc.Arbitrary<number>, source: typeof module): TorchCase[] =>
  fc.sample(arbitrary(rates), 8 * kinds.length).map(({ examples, time, features, units, options }, i) => {
    const kind = kinds[i % kinds.length] as Kind;
    return {
      title: `${kind} ${JSON.stringify({ examples, time, features, units, ...options })}`,
      layer: layers[kind](units, { ...options, name: 'layer' }),
      examples,
      input: [time, features],
      torch: turned(source(kind, features, units, options) + lastOf(options), options),
    };
  });

describeTorch('recurrent layers and PyTorch’s, with the same weights', () => {
  it.each<[string, () => TorchCase[]]>([
    [
      'nn.LSTM, nn.GRU and nn.RNN',
      () => drawn(['LSTM', 'GRU', 'RNN', 'RNN of relu'], fc.constant(0), module),
    ],
    [
      'cells written out, with one mask for the inputs and one for the states of a sequence',
      () =>
        drawn(Object.keys(layers) as Kind[], fc.constantFrom(0, 0.3, 0.6), (kind, _, units) =>
          byHand(kind, units),
        ),
    ],
    [
      'both directions of nn.LSTM',
      () =>
        [true, false].map((returnSequences) => ({
          title: `returnSequences ${returnSequences}`,
          layer: bidirectional((direction) => lstm(4, { ...direction, returnSequences }), { name: 'layer' }),
          examples: 3,
          input: [5, 2],
          torch: `
l = nn.LSTM(2, 4, batch_first=True, bidirectional=True)
for name, end in (('forward', ''), ('backward', '_reverse')):
    bind(getattr(l, 'weight_ih_l0' + end), name + '.inputWeight')
    bind(getattr(l, 'weight_hh_l0' + end), name + '.recurrentWeight')
    bind(getattr(l, 'bias_ih_l0' + end), name + '.bias')
    nn.init.zeros_(getattr(l, 'bias_hh_l0' + end))
y, (h, _) = l(x)
${returnSequences ? '' : 'y = torch.cat([h[0], h[1]], 1)'}`,
        })),
    ],
  ])('%s: outputs and gradients agree to 1e-5', async (_, casesOf) => {
    const cases = casesOf();
    for (const [n, distances] of (await besideTorch(cases)).entries())
      for (const [what, distance] of Object.entries(distances))
        expect(distance, `${what} of ${cases[n]?.title}`).toBeLessThan(1e-5);
  });
});
