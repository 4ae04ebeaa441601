/** @file Kinds that learn their noise: their formulas, penalties and gradients against PyTorch's autograd, and their means. */
import { describe, expect, it } from 'vitest';
import { gradientOf } from '../../grad/gradients.js';
import { GraphBuilder } from '../../graph/builder.js';
import { bindShape } from '../../graph/shape.js';
import { int } from '../../onnx/attribute.js';
import { floats, noiseFeeds } from '../../testing/noise.js';
import { runGraph } from '../../testing/run.js';
import { describeTorch, torch } from '../../testing/torch.js';
import { network } from '../build.js';
import { dense } from '../dense.js';
import type { Network } from '../network.js';
import { meanProgram, thinnedProgram } from '../programs.js';
import { concreteDropout } from './concrete.js';
import { variationalGaussianDropout } from './variational-gaussian.js';

const x = floats(
  [4, 5],
  Array.from({ length: 20 }, (_, i) => Math.sin(3 * i) + 0.2),
);

/** Σ y² + the penalties, and the gradients of that by parameter, under one draw of the noise. */
async function objective(built: Network, changes: Readonly<Record<string, Float32Array>> = {}) {
  const b = new GraphBuilder('objective');
  const noise = noiseFeeds(built, 4, { seed: 6, step: 3 });
  const bindings = Object.fromEntries([
    ['x', b.input('x', 'float32', [4, 5])],
    ...built.sites.map(
      ({ input, shape }) => [input, b.input(input, 'float32', bindShape(shape, { N: 4 }))] as const,
    ),
    ...built.parameters.map(({ name, shape }) => [name, b.input(name, 'float32', shape)] as const),
  ]);
  const [y, ...penalties] = b.inline(built.graph, bindings);
  const loss = b.op('ReduceSum', [b.op('Mul', [y, y])], { keepdims: int(0) });
  const sum = b.output(b.op('Sum', [loss, ...penalties]), 'objective');
  const parameters = built.parameters.map(({ name }) => bindings[name]!);
  const gradients = gradientOf(b, sum, parameters).map((g, i) => b.output(g, `d/${parameters[i]!.name}`));
  const values = Object.fromEntries(
    built.graph.initializers.map((t) => [
      t.name,
      floats(t.dims, changes[t.name] ?? (t.data as Float32Array)),
    ]),
  );
  const feeds = Object.fromEntries(built.parameters.map(({ name }) => [name, values[name]!]));
  const results = await runGraph(b.build(), { x, ...noise, ...feeds });
  return {
    objective: (results.objective!.data as Float32Array)[0] as number,
    gradients: gradients.map(({ name }) => Array.from(results[name]?.data as Float32Array)),
    noise: Array.from(noise[built.sites[0]!.input]!.data),
    parameters: built.parameters.map(({ name }) => Array.from(values[name]!.data)),
  };
}

const concrete = (rate: number, penaltyScale = 1) =>
  network(
    { input: [5], seed: 2 },
    concreteDropout(
      rate,
      { examples: 20, lengthScale: 1.5, temperature: 0.2, penaltyScale },
      dense(3, { bias: false }),
    ),
  );

const gaussian = (rate: number, perUnit = false, penaltyScale = 1) =>
  network(
    { input: [5], seed: 2 },
    variationalGaussianDropout(rate, { examples: 20, perUnit, penaltyScale }),
    dense(3, { bias: false }),
  );

/** In float64, straight from the papers' equations in p and α. */
const script = `
import json, sys, torch
found = []
for c in json.load(sys.stdin):
    t = lambda a, s: torch.tensor(a, dtype=torch.float64).reshape(s)
    x, noise = t(c['x'], (4, 5)), t(c['noise'], (4, 5))
    logit, w = t(c['parameters'][0], (-1,)).requires_grad_(), t(c['parameters'][1], (5, 3)).requires_grad_()
    s = torch.sigmoid(logit)
    if c['kind'] == 'concrete':
        z = torch.sigmoid((s.log() - (1 - s).log() + noise.log() - (1 - noise).log()) / 0.2)
        y = (x * (1 - z) / (1 - s)) @ w
        entropy = -s * s.log() - (1 - s) * (1 - s).log()
        penalty = (1.5 ** 2 / 2 * (w ** 2).sum() / (1 - s) - 5 * entropy).sum() / 20
    else:
        y = (x * (1 + s.sqrt() * noise)) @ w
        terms = 0.5 * s.log() + 1.16145124 * s - 1.50204118 * s ** 2 + 0.58629921 * s ** 3
        penalty = -(terms * torch.ones(5, dtype=torch.float64)).sum() / 20
    loss = (y ** 2).sum() + c['scale'] * penalty
    loss.backward()
    found.append({'objective': loss.item(), 'gradients': [logit.grad.tolist(), w.grad.flatten().tolist()]})
json.dump(found, sys.stdout)
`;

describeTorch('the objective and its gradients', () => {
  it('are those of the papers’ equations by autograd, to 1e-5', async () => {
    const cases = [
      ...[0.05, 0.3, 0.7].map((rate) => ({ kind: 'concrete', built: concrete(rate), scale: 1 })),
      { kind: 'concrete', built: concrete(0.3, 4), scale: 4 },
      ...[0.05, 0.2, 0.45].map((rate) => ({ kind: 'gaussian', built: gaussian(rate), scale: 1 })),
      { kind: 'gaussian', built: gaussian(0.2, true), scale: 1 },
      { kind: 'gaussian', built: gaussian(0.2, true, 4), scale: 4 },
    ];
    const seen = await Promise.all(cases.map(({ built }) => objective(built)));
    const found = torch(
      script,
      cases.map(({ kind, scale }, i) => ({ kind, scale, x: Array.from(x.data), ...seen[i] })),
    ) as Pick<(typeof seen)[number], 'objective' | 'gradients'>[];
    for (const [i, expected] of found.entries()) {
      const close = (a: number, b: number) =>
        expect(Math.abs(a - b), `case ${i}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(b)));
      close(seen[i]!.objective, expected.objective);
      for (const [j, gradient] of expected.gradients.entries()) {
        expect(seen[i]!.gradients[j]).toHaveLength(gradient.length);
        for (const [k, value] of gradient.entries()) close(seen[i]!.gradients[j]![k] as number, value);
      }
    }
  });
});

describe.each([
  ['concreteDropout', (rate: number) => concrete(rate)],
  ['variationalGaussianDropout', (rate: number) => gaussian(rate)],
] as const)('%s', (name, make) => {
  it('is its input at inference: no noise, no penalty, no learned rate', async () => {
    const built = make(0.2);
    const mean = meanProgram(built);
    expect(mean.inputs.map((info) => info.name)).toEqual(['x']);
    expect(mean.outputs.map((info) => info.name)).toEqual(['y']);
    expect(mean.initializers.map((tensor) => tensor.name)).toEqual(['dense1.weight']);
    const weights = built.graph.initializers.find((tensor) => tensor.name === 'dense1.weight')!;
    const plain = network({ input: [5], seed: 2 }, dense(3, { bias: false }));
    const graph = { ...plain.graph, initializers: [weights] };
    expect(await runGraph(mean, { x })).toEqual(await runGraph(graph, { x }));
  });

  it('has as gradient of its logit the slope of the objective, by finite differences', async () => {
    const built = make(0.2);
    const name0 = built.parameters[0]!.name;
    const [slope] = (await objective(built)).gradients[0] as [number];
    const start = built.graph.initializers.find((tensor) => tensor.name === name0)?.data[0] as number;
    const at = async (logit: number) =>
      (await objective(built, { [name0]: Float32Array.of(logit) })).objective;
    const seen = ((await at(start + 0.02)) - (await at(start - 0.02))) / 0.04;
    expect(Math.abs(slope)).toBeGreaterThan(0.01);
    expect(Math.abs(seen / slope - 1)).toBeLessThan(0.01);
  });

  it('has its penalty as second output of the network, and not of the thinned program', () => {
    const built = make(0.2);
    expect(built.penalties).toEqual([`${name}1.penalty`]);
    expect(built.graph.outputs.map((info) => [info.name, info.shape])).toEqual([
      ['y', ['N', 3]],
      [`${name}1.penalty`, []],
    ]);
    expect(thinnedProgram(built).outputs.map((info) => info.name)).toEqual(['y']);
  });
});

describe('concreteDropout', () => {
  it('drops at its rate as the temperature goes to 0', async () => {
    const rate = 0.3;
    const layer = concreteDropout(rate, { examples: 1, temperature: 0.01 });
    const built = network({ input: [1000], seed: 1 }, layer);
    const ones = floats([20, 1000], Array(20_000).fill(1));
    const feeds = { x: ones, ...noiseFeeds(built, 20, { seed: 1, step: 1 }) };
    const y = (await runGraph(thinnedProgram(built), feeds)).y?.data as Float32Array;
    const dropped = y.filter((value) => value < 0.5 / (1 - rate)).length / y.length;
    expect(Math.abs(dropped - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / y.length));
    expect(y.filter((value) => value > 1e-3 && value < 1.42).length / y.length).toBeLessThan(0.05);
  });

  it.each<[() => unknown, string]>([
    [
      () => concreteDropout(0, { examples: 10 }),
      'concreteDropout: rate is 0; a learned rate must begin strictly between 0 and 1',
    ],
    [
      () => concreteDropout(0.1, { examples: 0, name: 'c' }),
      'concreteDropout "c": examples is 0; it must be the number of training examples',
    ],
    [() => concreteDropout(0.1, { examples: 10, temperature: 0 }), 'temperature is 0; it must be above 0'],
    [
      () => concreteDropout(0.1, { examples: 10, lengthScale: -1 }),
      'lengthScale is -1; it must be 0 or more',
    ],
    [
      () => concreteDropout(0.1, { examples: 10, penaltyScale: -1 }),
      'penaltyScale is -1; it must be a number of 0 or more',
    ],
    [
      () => variationalGaussianDropout(0.5, { examples: 10 }),
      'rate is 0.5; it must begin above 0 and below 0.5',
    ],
  ])('refuses what cannot be learned: %s', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('the penalty of variationalGaussianDropout', () => {
  it('is the divergence from the log-uniform prior up to a constant: ½ log α - E log|ε|, ε ~ N(1, α), within 0.02', async () => {
    const exact = (alpha: number): number => {
      // E log|1 + √α·z| by the midpoint rule, fine enough for the logarithm's pole.
      const [steps, range] = [400_000, 9];
      let sum = 0;
      for (let i = 0; i < steps; i++) {
        const z = -range + ((i + 0.5) * 2 * range) / steps;
        sum += Math.log(Math.abs(1 + Math.sqrt(alpha) * z)) * Math.exp((-z * z) / 2);
      }
      return 0.5 * Math.log(alpha) - (sum * 2 * range) / steps / Math.sqrt(2 * Math.PI);
    };
    const penaltyAt = async (rate: number) => {
      const built = network({ input: [1], seed: 1 }, variationalGaussianDropout(rate, { examples: 1 }));
      const one = floats([1, 1], [1]);
      const results = await runGraph(built.graph, { x: one, ...noiseFeeds(built, 1, { seed: 1, step: 1 }) });
      return (results[built.penalties[0]!]!.data as Float32Array)[0] as number;
    };
    const rates = [0.02, 0.1, 0.2, 0.3, 0.4, 0.49];
    const errors = await Promise.all(rates.map(async (r) => (await penaltyAt(r)) + exact(r / (1 - r))));
    const middle = errors.reduce((a, b) => a + b) / errors.length;
    for (const error of errors) expect(Math.abs(error - middle)).toBeLessThan(0.02);
  });
});
