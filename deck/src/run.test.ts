/** @file Reading inside running graphs, bits, and what laboratories remember. */
import { dense, network, relu } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { equalBits } from './bits.js';
import { behind, doubles, doublesOf, inDouble } from './measurements/double.js';
import { remembered } from './memory.js';
import { nodeLaboratory } from './node/index.js';
import { floats, numbersOf, reading, runOnce, withParameters } from './run.js';

const laboratory = nodeLaboratory();
const built = withParameters(network({ input: [2], seed: 1 }, dense(2), relu(), dense(1)), {
  'dense1.weight': Float32Array.of(1, -1, 2, 3),
  'dense2.weight': Float32Array.of(1, 10),
});
const x = floats([1, 2], [1, -1]);

describe('reading', () => {
  it('gives inner values and inputs beside the graph’s own output', async () => {
    const graph = reading(built.graph, { before: 'dense1', after: 'relu1', given: 'x' });
    const results = await runOnce(laboratory, graph, { x });
    expect(['before', 'after', 'given', 'y'].map((name) => [...numbersOf(results, name)])).toEqual([
      [-1, -4],
      [0, 0],
      [1, -1],
      [0],
    ]);
  });

  it('refuses values that are not there and names that are taken', () => {
    expect(() => reading(built.graph, { before: 'dense3' })).toThrow('has no value "dense3"');
    expect(() => reading(built.graph, { relu1: 'dense1' })).toThrow('has a value "relu1" already');
  });
});

it('a graph in double precision, and its part behind a value, compute what the graph does', async () => {
  const input = doubles([1, 2], [3, 0.5]);
  const whole = await runOnce(laboratory, inDouble(built.graph), { x: input });
  const part = await runOnce(laboratory, behind(inDouble(built.graph), 'dense1'), {
    dense1: doubles([1, 2], [4, -1.5]),
  });
  expect(doublesOf(whole, 'y')).toEqual(Float64Array.of(4));
  expect(doublesOf(part, 'y')).toEqual(Float64Array.of(4));
});

it('bits are equal where values are, but for zeros of either sign and NaN', () => {
  const a = Float32Array.of(1, 0, Number.NaN, 0.1);
  expect(equalBits(a, a.slice())).toBe(4);
  expect(equalBits(a, Float32Array.of(1, -0, Number.NaN, 0.1000001))).toBe(2);
  expect(equalBits(a, a.subarray(1))).toBe(0);
});

describe('memory', () => {
  it('makes a thing once, shares it among laboratories with one memory, and forgets failures', async () => {
    const memory = new Map<string, Promise<unknown>>();
    let made = 0;
    const make = async () => ++made;
    const [first, second] = [nodeLaboratory({ memory }), nodeLaboratory({ memory })];
    expect(await remembered(first, 'a', make)).toBe(1);
    expect(await remembered(second, 'a', make)).toBe(1);
    expect(await remembered(nodeLaboratory(), 'a', make)).toBe(2);
    const failing = () => Promise.reject(new Error('aborted'));
    await expect(remembered(first, 'b', failing)).rejects.toThrow('aborted');
    expect(await remembered(first, 'b', make)).toBe(3);
  });

  it('is the laboratory’s own where it brings none', async () => {
    const { memory: _, ...bare } = nodeLaboratory();
    let made = 0;
    const make = async () => ++made;
    expect([await remembered(bare, 'a', make), await remembered(bare, 'a', make)]).toEqual([1, 1]);
    expect(await remembered({ ...bare }, 'a', make)).toBe(2);
  });
});
