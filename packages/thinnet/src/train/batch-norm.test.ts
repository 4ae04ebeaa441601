/** @file Batch normalisation: what the programs make of it, and what training carries. */
import { describe, expect, it } from 'vitest';
import { network } from '../nn/build.js';
import { dense } from '../nn/dense.js';
import { dropout } from '../nn/dropout.js';
import { batchNorm } from '../nn/normalize.js';
import { meanProgram, thinnedProgram } from '../nn/programs.js';
import { readModel } from '../onnx/read.js';
import { nodeRuntime } from '../runtime/node/ort.js';
import { numbers } from '../testing/gradients/values.js';
import { smallData, smallPlan } from '../testing/network.js';
import { runGraph } from '../testing/run.js';
import { localEngine } from './local-engine.js';
import { exportModel } from './predict-program.js';

const net = network({ input: [12], seed: 1 }, dense(16), batchNorm(), dropout(0.5), dense(3));
const plan = smallPlan({ network: net, stepsPerRun: 3 });

const trained = async (...counts: number[]) => {
  const engine = await localEngine(plan, smallData(), nodeRuntime);
  let first = 0;
  for (const count of counts) {
    await engine.train({ epoch: 0, first, count });
    first += count;
  }
  const state = await engine.state();
  const outputs = await engine.predict('test');
  await engine.close();
  return { state, outputs };
};

describe('batch normalisation', () => {
  it('goes by running statistics in the mean and in the thinned program, and leaves no trace of training', () => {
    for (const graph of [meanProgram(net), thinnedProgram(net)]) {
      const node = graph.nodes.find(({ op }) => op === 'BatchNormalization');
      expect(node?.outputs).toHaveLength(1);
      expect(Object.keys(node?.attributes ?? {})).toEqual(['epsilon']);
      expect(node?.inputs.slice(3)).toEqual(['batchNorm1.mean', 'batchNorm1.variance']);
      expect(graph.nodes.some(({ op }) => op === 'Size' || op === 'Cast')).toBe(false);
    }
    expect(meanProgram(net).nodes.map(({ op }) => op)).toEqual(['Gemm', 'BatchNormalization', 'Gemm']);
  });

  it('gives an example the same prediction in any batch', async () => {
    const graph = meanProgram(net);
    const row = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i));
    const other = Float32Array.from({ length: 12 }, (_, i) => 5 * Math.cos(i));
    const alone = await runGraph(graph, { x: { type: 'float32', dims: [1, 12], data: row } });
    const both = await runGraph(graph, {
      x: { type: 'float32', dims: [2, 12], data: Float32Array.of(...row, ...other) },
    });
    expect(numbers(both.y).slice(0, 3)).toEqual(numbers(alone.y));
  });

  it('carries its statistics bit for bit however the steps are divided into runs', async () => {
    const whole = await trained(8);
    expect(Object.keys(whole.state)).toEqual(
      expect.arrayContaining(['batchNorm1.mean', 'batchNorm1.variance']),
    );
    expect(Object.keys(whole.state).some((name) => name.startsWith('batchNorm1.mean/'))).toBe(false);
    expect(whole.state['batchNorm1.variance']).not.toEqual(new Float32Array(16).fill(1));
    expect(await trained(1, 2, 5)).toEqual(whole);
  });

  it('continues from a saved state as if it had not stopped', async () => {
    const whole = await trained(8);
    const { state } = await trained(5);
    const engine = await localEngine(plan, smallData(), nodeRuntime);
    await engine.setState(state);
    await engine.train({ epoch: 0, first: 5, count: 3 });
    expect(await engine.state()).toEqual(whole.state);
    await engine.close();
  });

  it('is exported with its statistics', async () => {
    const { state } = await trained(8);
    const { graph } = readModel(exportModel(net, state));
    const variance = graph.initializers.find(({ name }) => name === 'batchNorm1.variance');
    expect(variance?.data).toEqual(state['batchNorm1.variance']);
  });

  it('takes a batch of one example: its variance is 0', async () => {
    const single = smallPlan({ network: net, batchSize: 59 }); // 60 examples: the last batch has one
    const engine = await localEngine(single, smallData(), nodeRuntime);
    const losses = await engine.train({ epoch: 0, first: 0, count: 2 });
    const state = await engine.state();
    await engine.close();
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(state['batchNorm1.variance']?.every((v) => Number.isFinite(v) && v > 0)).toBe(true);
  });
});
