/** @file What `compare` leaves is a plain ONNX file: another process, with ONNX Runtime alone, gets the same outputs from it. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readModel, readNpy } from 'thinnet';
import { expect, it } from 'vitest';
import { runCommand } from './testing/command.js';
import { hash } from './testing/fake-trainer.js';
import { temporaryFolder } from './testing/temporary.js';

/** Knows nothing of Thinnet: reads a model and features from the command line, prints the outputs. */
const plainOnnxRuntime = `
const ort = require(process.argv[1]);
const features = JSON.parse(process.argv[3]);
ort.InferenceSession.create(process.argv[2], { intraOpNumThreads: 1 }).then(async (session) => {
  const x = new ort.Tensor('float32', features.flat(), [features.length, features[0].length]);
  const results = await session.run({ [session.inputNames[0]]: x });
  const { dims, data } = results[session.outputNames[0]];
  process.stdout.write(JSON.stringify({ inputs: session.inputNames, dims, data: Array.from(data) }));
});
`;

const example = (i: number) => [0, 1, 2].map((k) => Number(((i % 2 === k ? 1.5 : 0) + hash(i, k)).toFixed(3)));
const csv = (rows: readonly number[][]) =>
  ['a,b,c,label', ...rows.map((row, i) => [...row, i % 2 ? 'odd' : 'even'].join(','))].join('\n');

it.each(['none', 'dropout=0.5', 'standard=0.5'])(
  'the model of arm %s has one input, no dropout, and gives the outputs that the run scored',
  async (arm) => {
    const cwd = temporaryFolder();
    const test = Array.from({ length: 20 }, (_, i) => example(1000 + i));
    writeFileSync(join(cwd, 'train.csv'), csv(Array.from({ length: 60 }, (_, i) => example(i))));
    writeFileSync(join(cwd, 'test.csv'), csv(test));
    const options = `--data train.csv --test test.csv --label label --hidden 8 --batch 10 --epochs 3 --seeds 1 --threads 1 --out run`;
    expect(await runCommand(['compare', ...options.split(' '), '--arm', arm], cwd)).toMatchObject({ status: 0 });

    const folder = join(cwd, 'run', arm.replace('=', '-'));
    const { graph } = readModel(readFileSync(join(folder, 'model.onnx')));
    expect(graph.inputs.map(({ name, shape }) => [name, shape])).toEqual([['x', ['N', 3]]]);
    expect(new Set(graph.nodes.map(({ op }) => op))).toEqual(new Set(['Sub', 'Div', 'Gemm', 'Relu']));

    const ort = createRequire(import.meta.url).resolve('onnxruntime-node');
    const file = join(folder, 'model.onnx');
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', plainOnnxRuntime, ort, file, JSON.stringify(test)], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const outputs = JSON.parse(stdout);
    expect([outputs.inputs, outputs.dims]).toEqual([['x'], [20, 2]]);
    expect(Float32Array.from(outputs.data)).toEqual(readNpy(readFileSync(join(folder, 'seed-1', 'test-logits.npy'))).data);
  },
);
