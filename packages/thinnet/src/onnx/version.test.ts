/** @file The versions are those of the package and those that ONNX Runtime takes. */
import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import {
  type Graph,
  IR_VERSION,
  MAX_IR_VERSION,
  MAX_OPSET,
  type Model,
  OPSET,
  standardModel,
  VERSION,
  writeModel,
} from './index.js';

const graph: Graph = {
  name: 'affine',
  inputs: [{ name: 'x', type: 'float32', shape: ['N', 2] }],
  outputs: [{ name: 'y', type: 'float32', shape: ['N', 2] }],
  initializers: [
    { name: 'w', type: 'float32', dims: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    { name: 'b', type: 'float32', dims: [2], data: Float32Array.of(10, 20) },
  ],
  nodes: [{ name: 'gemm', op: 'Gemm', domain: '', inputs: ['x', 'w', 'b'], outputs: ['y'], attributes: {} }],
  values: [],
};

async function run(model: Model): Promise<number[]> {
  const session = await InferenceSession.create(writeModel(model, { check: false }));
  const outputs = await session.run({ x: new Tensor('float32', [1, 1, 0, 1], [2, 2]) });
  await session.release();
  return [...(outputs.y!.data as Float32Array)];
}

describe('versions', () => {
  it('name the package as its manifest does', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(VERSION).toBe(manifest.version);
    expect(standardModel(graph).producer).toEqual({ name: 'thinnet', version: VERSION });
  });

  it.each([
    ['written', IR_VERSION, OPSET],
    ['newest', MAX_IR_VERSION, MAX_OPSET],
  ])('that are %s run on ONNX Runtime', async (_, irVersion, opset) => {
    expect(await run(standardModel(graph, { irVersion, opsets: { '': opset } }))).toEqual([14, 26, 13, 24]);
  });

  it('beyond the newest are refused by ONNX Runtime too', async () => {
    await expect(run(standardModel(graph, { irVersion: MAX_IR_VERSION + 1 }))).rejects.toThrow(/IR version/);
    await expect(run(standardModel(graph, { opsets: { '': MAX_OPSET + 1 } }))).rejects.toThrow(/opset/);
  });
});

describe('standardModel', () => {
  it('takes what else there is to say, and keeps the standard opset beside others', () => {
    const model = standardModel(graph, { doc: 'text', metadata: { k: 'v' }, opsets: { 'com.microsoft': 1 } });
    expect(model).toEqual({
      irVersion: IR_VERSION,
      opsets: { '': OPSET, 'com.microsoft': 1 },
      producer: { name: 'thinnet', version: VERSION },
      metadata: { k: 'v' },
      doc: 'text',
      graph,
    });
  });
});
