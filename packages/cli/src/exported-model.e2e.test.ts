/** @file What `compare` leaves is a plain ONNX file: another process, with ONNX Runtime alone, gets the same outputs from it. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readModel, readNpy } from 'thinnet';
import { expect, it } from 'vitest';
import { armKinds } from './arms/kinds.js';
import { kindsOf } from './arms/models.js';
import { runCommand } from './testing/command.js';
import { hash } from './testing/fake-trainer.js';
import { temporaryFolder } from './testing/temporary.js';

/** Knows nothing of Thinnet: reads models and features from the command line, prints the outputs of each. */
const plainOnnxRuntime = `
const [, ortPath, features, ...files] = process.argv;
const ort = require(ortPath);
const rows = JSON.parse(features);
const outputsOf = async (file) => {
  const session = await ort.InferenceSession.create(file, { intraOpNumThreads: 1 });
  const x = new ort.Tensor('float32', rows.flat(), [rows.length, rows[0].length]);
  const { dims, data } = (await session.run({ [session.inputNames[0]]: x }))[session.outputNames[0]];
  await session.release();
  return { inputs: session.inputNames, dims, data: Array.from(data) };
};
(async () => {
  const outputs = [];
  for (const file of files) outputs.push(await outputsOf(file));
  process.stdout.write(JSON.stringify(outputs));
})();
`;

const example = (i: number) =>
  [0, 1, 2].map((k) => Number(((i % 2 === k ? 1.5 : 0) + hash(i, k)).toFixed(3)));
const csv = (rows: readonly number[][]) =>
  ['a,b,c,label', ...rows.map((row, i) => [...row, i % 2 ? 'odd' : 'even'].join(','))].join('\n');

/** What inference needs: of a dropout nothing is left, but that standout multiplies by the probability to be kept. */
const dense = ['Sub', 'Div', 'Gemm', 'Relu'];
const operators: Readonly<Partial<Record<string, readonly string[]>>> = {
  standout: [...dense, 'Add', 'Sigmoid', 'Mul'],
};

it('the model of every kind of arm has one input, no dropout, and gives the outputs that the run scored', async () => {
  const cwd = temporaryFolder();
  const test = Array.from({ length: 20 }, (_, i) => example(1000 + i));
  writeFileSync(join(cwd, 'train.csv'), csv(Array.from({ length: 60 }, (_, i) => example(i))));
  writeFileSync(join(cwd, 'test.csv'), csv(test));
  const options = `--data train.csv --test test.csv --label label --hidden 8 --batch 10 --epochs 3 --seeds 1 --threads 1 --out run`;
  const kinds = (['none', ...kindsOf('mlp')] as const).map((kind) => ({
    kind,
    spec: armKinds[kind].takesRate ? `${kind}=0.4,name=${kind}` : kind,
    file: join(cwd, 'run', kind, 'model.onnx'),
  }));
  const arms = kinds.flatMap(({ spec }) => ['--arm', spec]);
  expect(await runCommand(['compare', ...options.split(' '), ...arms], cwd)).toMatchObject({ status: 0 });

  for (const { kind, file } of kinds) {
    const { graph } = readModel(readFileSync(file));
    expect(graph.inputs.map(({ name, shape }) => [name, shape])).toEqual([['x', ['N', 3]]]);
    expect(new Set(graph.nodes.map(({ op }) => op)), kind).toEqual(new Set(operators[kind] ?? dense));
  }

  const ort = createRequire(import.meta.url).resolve('onnxruntime-node');
  const files = kinds.map(({ file }) => file);
  const words = ['-e', plainOnnxRuntime, ort, JSON.stringify(test), ...files];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const outputs = JSON.parse(stdout);
  for (const [i, { kind }] of kinds.entries()) {
    expect([outputs[i].inputs, outputs[i].dims]).toEqual([['x'], [20, 2]]);
    const scored = readNpy(readFileSync(join(cwd, 'run', kind, 'seed-1', 'test-logits.npy'))).data;
    expect(Float32Array.from(outputs[i].data), kind).toEqual(scored);
  }
});
