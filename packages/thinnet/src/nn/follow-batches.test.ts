/** @file BatchNormalization nodes that were exported for training: what follows the batches, and what stays. */
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../graph/builder.js';
import { ownStatistics } from '../graph/passes/own-statistics.js';
import { unfreeze } from '../graph/passes/unfreeze.js';
import type { Value } from '../graph/value.js';
import { float, int } from '../onnx/attribute.js';
import type { Attributes, TensorValue } from '../onnx/model.js';
import { standardModel } from '../onnx/version.js';
import { runGraph } from '../testing/run.js';
import { fromOnnx } from './import.js';
import type { Network } from './network.js';
import { meanProgram, thinnedProgram } from './programs.js';

describe('BatchNormalization exported for training', () => {
  const training: Attributes = { training_mode: int(1), momentum: float(0.75) };
  /** sin 1, sin 2, …: at first in all tensors. */
  const running = [0, 1, 2, 3].map((i) => Math.sin(1 + i));
  const norm = (b: GraphBuilder, x: Value, name: string): Value => {
    const tensor = (called: string) =>
      b.find(called) ??
      b.initializer({ name: called, type: 'float32', dims: [4], data: Float32Array.from(running) });
    const operands = [`${name}.scale`, `${name}.bias`, 'running.mean', 'running.variance'];
    const options = { name, outputs: 3 };
    return b.ops('BatchNormalization', [x, ...operands.map(tensor)], training, options)[0] as Value;
  };
  const modelOf = (body: (b: GraphBuilder, x: Value) => Value) => {
    const b = new GraphBuilder('imported');
    b.output(body(b, b.input('x', 'float32', ['N', 4])), 'y');
    return standardModel(b.build());
  };
  const one = (b: GraphBuilder, x: Value) => b.op('Relu', [norm(b, x, 'norm')]);
  /** What the statistics become for x. */
  const after = async ({ graph, statistics }: Network, x: TensorValue) => {
    const b = GraphBuilder.from(graph);
    for (const { next } of statistics) b.output(b.value(next), `after ${next}`);
    const names = statistics.map(({ name }) => name);
    const old: TensorValue = { type: 'float32', dims: [4], data: Float32Array.from(running) };
    const feeds = Object.fromEntries(names.map((name) => [name, old]));
    const results = await runGraph(unfreeze(ownStatistics(b.build()), names), { x, ...feeds });
    return statistics.map(({ next }) => Array.from(results[`after ${next}`]?.data as Float32Array));
  };
  const x: TensorValue = {
    type: 'float32',
    dims: [3, 4],
    data: Float32Array.from({ length: 12 }, (_, i) => i * i),
  };
  const columns = [0, 1, 2, 3].map((c) => [0, 1, 2].map((n) => x.data[4 * n + c] as number));
  const means = columns.map((column) => column.reduce((a, b) => a + b) / 3);
  const variances = columns.map(
    (column, c) => column.reduce((s, v) => s + (v - (means[c] as number)) ** 2, 0) / 2,
  );

  it('has statistics that follow the batches: running ← momentum · running + (1 − momentum) · batch, unbiased', async () => {
    const built = fromOnnx(modelOf(one));
    expect(built.statistics.map(({ name, shape }) => [name, shape])).toEqual([
      ['running.mean', [4]],
      ['running.variance', [4]],
    ]);
    expect(built.parameters.map(({ name }) => name)).toEqual(['norm.scale', 'norm.bias']);
    const [mean, variance] = (await after(built, x)) as [number[], number[]];
    for (const [i, old] of running.entries()) {
      expect(mean[i]).toBeCloseTo(0.75 * old + 0.25 * (means[i] as number), 4);
      expect((variance[i] as number) / (0.75 * old + 0.25 * (variances[i] as number))).toBeCloseTo(1, 5);
    }
    for (const program of [meanProgram(built), thinnedProgram(built)]) {
      expect(program.nodes.map(({ op }) => op).slice(0, 2)).toEqual(['BatchNormalization', 'Relu']);
      expect(program.nodes[0]?.inputs.slice(3)).toEqual(['running.mean', 'running.variance']);
      expect(program.nodes[0]?.outputs).toHaveLength(1);
    }
  });

  it('moves statistics that two nodes share twice', async () => {
    const built = fromOnnx(
      modelOf((b, v) => b.op('Add', [norm(b, v, 'first'), norm(b, b.op('Neg', [v]), 'second')])),
    );
    expect(built.statistics).toHaveLength(2);
    const [mean] = (await after(built, x)) as [number[]];
    for (const [i, old] of running.entries())
      expect(mean[i]).toBeCloseTo(
        0.75 * (0.75 * old + 0.25 * (means[i] as number)) - 0.25 * (means[i] as number),
        4,
      );
  });

  it('normalises by statistics that are frozen', () => {
    for (const freeze of [['running.mean'], ['running.mean', 'running.variance']]) {
      const built = fromOnnx(modelOf(one), { freeze });
      expect(built.statistics).toEqual([]);
      expect(built.graph.nodes.map(({ op, outputs }) => [op, outputs.length])).toEqual([
        ['BatchNormalization', 1],
        ['Relu', 1],
        ['Identity', 1],
      ]);
    }
    expect(() => fromOnnx(modelOf(one), { freeze: ['mean'] })).toThrow(
      'it changes norm.scale, norm.bias, running.mean, running.variance',
    );
  });

  it('is refused where other nodes read its running statistics', () => {
    const reading = modelOf((b, v) => b.op('Add', [norm(b, v, 'norm'), b.value('norm.1')]));
    expect(() => fromOnnx(reading)).toThrow(
      'node "norm" (BatchNormalization) hands its running statistics on to other nodes',
    );
  });
});
