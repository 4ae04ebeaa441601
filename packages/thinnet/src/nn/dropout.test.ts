/** @file Dropout in a network: what it adds to the graph, what it multiplies, and what its mean is. */
import { describe, expect, it } from 'vitest';
import { fillNoise } from '../noise/kinds.js';
import { linearRate } from '../noise/schedule.js';
import { runGraph } from '../testing/run.js';
import { sigmoid } from './activations.js';
import { network } from './build.js';
import { dense } from './dense.js';
import { dropout, gaussianDropout, standardDropout } from './dropout.js';
import type { Network } from './network.js';
import { meanProgram, thinnedProgram } from './programs.js';

const tensor = (dims: number[], data: ArrayLike<number>) => ({
  type: 'float32' as const,
  dims,
  data: Float32Array.from(data),
});
const layers = { dropout, standardDropout };
const families = Object.keys(layers) as (keyof typeof layers)[];

/** The networks' output y for one feed of x and noise. */
async function run(graph: Network['graph'], feeds: Parameters<typeof runGraph>[1]): Promise<Float32Array> {
  return (await runGraph(graph, feeds)).y?.data as Float32Array;
}

describe('dropout', () => {
  it('multiplies exactly the noise it is fed', async () => {
    const { graph, sites } = network({ input: [5], seed: 1 }, dropout(0.4));
    const [noise, x] = [new Float32Array(15), Float32Array.from({ length: 15 }, (_, i) => i + 1)];
    fillNoise(sites[0]!, { seed: 3, step: 2 }, noise);
    expect(new Set(noise)).toEqual(new Set([0, Math.fround(1 / 0.6)]));
    const y = await run(graph, { x: tensor([3, 5], x), 'noise.dropout1': tensor([3, 5], noise) });
    expect(y).toEqual(x.map((value, i) => value * (noise[i] as number)));
  });

  it.each(families)(
    '%s: the mean over all 8 masks of three inputs, by probability, is the mean program',
    async (family) => {
      const rate = 0.3;
      const built = network({ input: [3], seed: 4 }, layers[family](rate), dense(2));
      const x = [0.5, -1.25, 2];
      const mean = await run(meanProgram(built), { x: tensor([1, 3], x) });
      const expected = new Float64Array(2);
      for (let bits = 0; bits < 8; bits++) {
        const kept = [0, 1, 2].map((i) => (bits >> i) & 1);
        const probability = kept.reduce((p, k) => p * (k ? 1 - rate : rate), 1);
        const noise = kept.map((k) => (family === 'dropout' ? k / (1 - rate) : k));
        const input = built.sites[0]?.input as string;
        const y = await run(thinnedProgram(built), { x: tensor([1, 3], x), [input]: tensor([1, 3], noise) });
        for (const [i, value] of y.entries()) expected[i] = (expected[i] as number) + probability * value;
      }
      for (const [i, value] of mean.entries())
        expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-6);
    },
  );

  it.each(families)(
    '%s: the mean program has no noise input and is the weight scaling rule',
    async (family) => {
      const built = network({ input: [6], seed: 4 }, dense(5), sigmoid(), layers[family](0.25), dense(2));
      const plain = network({ input: [6], seed: 4 }, dense(5), sigmoid(), dense(2));
      const scaled = plain.graph.initializers.map((t) =>
        family === 'standardDropout' && t.name === 'dense2.weight'
          ? { ...t, data: (t.data as Float32Array).map((w) => w * 0.75) }
          : t,
      );
      const program = meanProgram(built);
      expect(program.inputs.map((input) => input.name)).toEqual(['x']);
      expect(JSON.stringify(program)).not.toContain('noise');
      const x = tensor(
        [2, 6],
        Array.from({ length: 12 }, (_, i) => Math.sin(i)),
      );
      const [seen, expected] = [
        await run(program, { x }),
        await run({ ...plain.graph, initializers: scaled }, { x }),
      ];
      for (const [i, value] of expected.entries())
        expect(Math.abs((seen[i] as number) - value)).toBeLessThan(1e-6);
    },
  );

  it.each(families)('%s: rate 0 adds nothing, and leaves the numbers of the other sites', (family) => {
    const layer = layers[family];
    const { graph, sites } = network({ input: [4], seed: 1 }, layer(0.5), layer(0), layer(0.5));
    expect(sites.map((site) => [site.id, site.name])).toEqual([
      [0, `${family}1`],
      [2, `${family}3`],
    ]);
    expect(graph.inputs.length).toBe(3);
    expect(graph.nodes.map((node) => node.op)).toEqual(['Mul', 'Mul', 'Identity']);
  });

  it.each(families)('%s: rate 1 gives zeros, thinned and in the mean', async (family) => {
    const built = network({ input: [4], seed: 1 }, layers[family](1));
    const x = tensor([1, 4], [1, 2, 3, 4]);
    const noise = new Float32Array(4).fill(Number.NaN);
    fillNoise(built.sites[0]!, { seed: 1, step: 0 }, noise);
    expect(await run(thinnedProgram(built), { x, [built.sites[0]!.input]: tensor([1, 4], noise) })).toEqual(
      new Float32Array(4),
    );
    expect(await run(meanProgram(built), { x })).toEqual(new Float32Array(4));
  });

  it('registers a site with everything that names its mask', () => {
    expect(network({ input: [4], seed: 1 }, standardDropout(0.2, { name: 'hidden' })).sites).toEqual([
      { id: 0, name: 'hidden', kind: 'standard', rate: 0.2, input: 'noise.hidden', shape: ['N', 4] },
    ]);
  });

  it.each([
    [
      [null, null, null],
      ['N', 5, 3],
    ],
    [
      [null, 1, null],
      ['N', 1, 3],
    ],
    [
      ['N', 5, 1],
      ['N', 5, 1],
    ],
    [
      [1, 1, 3],
      [1, 1, 3],
    ],
  ])(
    'noiseShape %j on [N, 5, 3] is noise of shape %j, broadcast over the rest',
    async (noiseShape, shape) => {
      const { graph, sites } = network({ input: [5, 3], seed: 1 }, dropout(0.5, { noiseShape }));
      expect(sites[0]?.shape).toEqual(shape);
      const dims = shape.map((dim) => (dim === 'N' ? 2 : Number(dim)));
      const noise = new Float32Array(dims.reduce((a, b) => a * b, 1));
      fillNoise(sites[0]!, { seed: 1, step: 1 }, noise);
      const y = await run(graph, {
        x: tensor([2, 5, 3], Array(30).fill(1)),
        'noise.dropout1': tensor(dims, noise),
      });
      expect(y).toEqual(
        Float32Array.from({ length: 30 }, (_, i) => {
          const index = [Math.floor(i / 15), Math.floor(i / 3) % 5, i % 3];
          return noise[
            index.reduce((at, k, axis) => at * (dims[axis] as number) + (dims[axis] === 1 ? 0 : k), 0)
          ] as number;
        }),
      );
    },
  );

  it.each<[Parameters<typeof dropout>[1], string]>([
    [
      { noiseShape: [null, 2] },
      'dropout "dropout1": noiseShape [null, 2] does not broadcast to [N, 4]: axis 1 is 2; it may be null, 1 or 4',
    ],
    [
      { noiseShape: ['M', 4] },
      'dropout "dropout1": noiseShape [M, 4] does not broadcast to [N, 4]: axis 0 is M; it may be null, 1 or N',
    ],
    [
      { noiseShape: [null], name: 'd' },
      'dropout "d": noiseShape [null] must have one entry for each axis of [N, 4]',
    ],
    [
      { noiseShape: [1, 1, 4] },
      'dropout "dropout1": noiseShape [1, 1, 4] must have one entry for each axis of [N, 4]',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => network({ input: [4], seed: 1 }, dropout(0.5, options))).toThrow(message);
  });

  it('refuses a wrong rate where it is written, by name', () => {
    expect(() => dropout(1.5, { name: 'hidden2' })).toThrow(
      'dropout "hidden2": rate is 1.5; it is the probability to drop, between 0 and 1 (did you mean 0.5?',
    );
    expect(() => standardDropout(-0.5)).toThrow(
      'standardDropout: rate is -0.5; it is the probability to drop, between 0 and 1 (did you mean 0.5?)',
    );
  });
});

describe('gaussianDropout', () => {
  it('multiplies exactly the noise it is fed, and is the identity at inference and at rate 0', async () => {
    const built = network({ input: [5], seed: 1 }, gaussianDropout(0.4));
    expect(built.sites.map((site) => [site.kind, site.name])).toEqual([['gaussian', 'gaussianDropout1']]);
    const noise = new Float32Array(15);
    fillNoise(built.sites[0]!, { seed: 3, step: 2 }, noise);
    const x = tensor(
      [3, 5],
      noise.map((_, i) => i + 1),
    );
    const y = await run(thinnedProgram(built), { x, 'noise.gaussianDropout1': tensor([3, 5], noise) });
    expect(y).toEqual(x.data.map((value, i) => value * (noise[i] as number)));
    expect(await run(meanProgram(built), { x })).toEqual(x.data);
    expect(network({ input: [5], seed: 1 }, gaussianDropout(0)).sites).toEqual([]);
  });

  it('refuses a rate that is or becomes 1', () => {
    for (const rate of [1, linearRate(0, 1, 10)])
      expect(() => gaussianDropout(rate, { name: 'g' })).toThrow(
        'gaussianDropout "g": its rate reaches 1, where the variance rate / (1 - rate) is infinite; stay below 1',
      );
  });
});

describe('standardDropout', () => {
  it('refuses a schedule, which its constant factor at inference would belie', () => {
    expect(() => standardDropout(linearRate(0, 0.5, 10) as unknown as number)).toThrow(
      'standardDropout: its rate must be a number, because inference multiplies by 1 - rate; dropout() takes a schedule',
    );
  });
});
