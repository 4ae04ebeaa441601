/** @file Gradients of a small thinned network in double precision, and the finite differences that they must equal. */
import { dense, dropout, fillNormal, GraphBuilder, type Network, network, tanh, type Value } from 'thinnet';
import type { Laboratory } from '../laboratory.js';
import { noiseOf } from '../masks.js';
import { withProgram } from '../run.js';
import { behind, doubles, doublesOf, inDouble } from './double.js';

export const size = { inputs: 6, units: 48, outputs: 4, examples: 3 } as const;
export const rate = 0.5;
const seed = 51;
const step = 1e-5;

/** Units of tanh: their slope is never 0, so that only a mask can make a gradient 0. */
const small = (): Network =>
  network(
    { input: [size.inputs], seed },
    dense(size.units, { name: 'hidden' }),
    tanh({ name: 'active' }),
    dropout(rate, { name: 'dropout' }),
    dense(size.outputs, { name: 'next' }),
  );

/** Half the sum of squared differences to the target, over all examples: L = ½ Σ (y − t)². */
function lossOf(b: GraphBuilder): Value {
  const difference = b.op('Sub', [b.value('y'), b.input('t', 'float64', ['N', size.outputs])]);
  const square = b.op('Mul', [difference, difference]);
  const sum = b.op('ReduceSum', [square], { keepdims: { type: 'int', value: 0 } });
  return b.op('Mul', [sum, b.scalar(0.5, 'float64')], {}, { name: 'loss' });
}

/** What a gradient is taken of: the preactivation, its layer's parameters, and the weights behind the dropout. */
const wanted = {
  preactivation: 'hidden',
  incoming: 'hidden.weight',
  bias: 'hidden.bias',
  outgoing: 'next.weight',
} as const;

export type Gradients = Readonly<Record<keyof typeof wanted, Float64Array>>;

export interface Seen {
  /** 0 where dropped, [examples, units]. */
  readonly mask: Float32Array;
  /** Of the whole mini-batch. */
  readonly batch: Gradients;
  /** Of each example alone. */
  readonly single: readonly Gradients[];
  /** Central differences of the loss in each preactivation, [examples, units]. */
  readonly differences: Float64Array;
}

/** One thinned pass of a mini-batch, backwards. */
export async function thinnedGradients(laboratory: Laboratory): Promise<Seen> {
  const built = small();
  const normal = (count: number, index: number) => {
    const values = new Float32Array(count);
    fillNormal(values, seed, index, 0, 1);
    return values;
  };
  const x = normal(size.examples * size.inputs, 100);
  const t = normal(size.examples * size.outputs, 101);
  const noise = noiseOf(laboratory, built, size.examples, { seed, step: 0 })['noise.dropout'];
  if (noise === undefined) throw new Error('the network has no noise input');
  const mask = noise.data;

  const feeds = (first: number, count: number) => {
    const part = (values: Float32Array, width: number) =>
      doubles([count, width], values.subarray(first * width, (first + count) * width));
    return { x: part(x, size.inputs), t: part(t, size.outputs), 'noise.dropout': part(mask, size.units) };
  };
  const graph = backward(laboratory, built);
  const [batch, ...single] = await withProgram(laboratory, graph, async (program) => {
    const gradients = async (first: number, count: number): Promise<Gradients & { z: Float64Array }> => {
      const results = await program.run(feeds(first, count));
      const read = (name: string) => doublesOf(results, name);
      return {
        preactivation: read('preactivation'),
        incoming: read('incoming'),
        bias: read('bias'),
        outgoing: read('outgoing'),
        z: read('z'),
      };
    };
    const whole = await gradients(0, size.examples);
    const parts = [whole];
    for (let example = 0; example < size.examples; example++) parts.push(await gradients(example, 1));
    return parts;
  });
  if (batch === undefined) throw new Error('the program was not run');
  const { x: _, ...rest } = feeds(0, size.examples);
  return { mask, batch, single, differences: await centralDifferences(laboratory, built, batch.z, rest) };
}

/** The thinned network, its loss, and the gradients by the dropout under test. */
function backward({ dropout: { gradients } }: Laboratory, built: Network) {
  const b = GraphBuilder.from(inDouble(built.graph));
  const seeds = [{ value: lossOf(b), gradient: b.scalar(1, 'float64') }];
  const found = gradients(
    b,
    seeds,
    Object.values(wanted).map((name) => b.value(name)),
  );
  for (const [i, name] of Object.keys(wanted).entries()) b.output(found[i] as Value, name);
  b.output(b.value(wanted.preactivation), 'z');
  return b.build();
}

/** (L(z + h·eᵢ) − L(z − h·eᵢ)) / 2h for each preactivation, by running the part of the network behind them. */
function centralDifferences(
  laboratory: Laboratory,
  built: Network,
  z: Float64Array,
  feeds: Parameters<Awaited<ReturnType<Laboratory['runtime']['load']>>['run']>[0],
): Promise<Float64Array> {
  const b = GraphBuilder.from(behind(inDouble(built.graph), wanted.preactivation));
  b.output(lossOf(b));
  return withProgram(laboratory, b.build(), async (program) => {
    const loss = async (point: Float64Array) =>
      doublesOf(
        await program.run({ ...feeds, [wanted.preactivation]: doubles([size.examples, size.units], point) }),
        'loss',
      )[0] as number;
    const differences = new Float64Array(z.length);
    for (let i = 0; i < z.length; i++) {
      const [above, below] = [z.slice(), z.slice()];
      above[i] = (above[i] as number) + step;
      below[i] = (below[i] as number) - step;
      differences[i] = ((await loss(above)) - (await loss(below))) / (2 * step);
    }
    return differences;
  });
}
