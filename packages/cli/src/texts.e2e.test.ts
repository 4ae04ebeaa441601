/** @file The built command on texts: it learns words and their order, and what it leaves is all that another program needs. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeTexts, readModel, readNpy, vocabularyFromJson } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { linesIn, runCommand, start } from './testing/command.js';
import { hash } from './testing/fake-trainer.js';
import { temporaryFolder } from './testing/temporary.js';

const fillers = 'the a day was long and we had some tea at home then it went on'.split(' ');
const cell = (text: string) => `"${text}"`;

/** A sentence of five to eight words. */
const sentence = (i: number): string[] =>
  Array.from(
    { length: 5 + Math.floor(4 * hash(i, 0)) },
    (_, k) => fillers[Math.floor(fillers.length * hash(i, k + 1))] as string,
  );

/** In every second sentence a word is in its place. */
const withWord = (i: number): string => {
  const words = sentence(i);
  if (i % 2 === 1) words[Math.floor(words.length * hash(i, 50))] = 'Gold!';
  return `${cell(words.join(' '))},${i % 2 === 1 ? 'rich' : 'poor'}`;
};

/** All sentences have both words; their order alone is what the label says. */
const withOrder = (i: number): string => {
  const words = sentence(i);
  const at = Math.floor((words.length - 1) * hash(i, 50));
  const [first, second] = i % 2 === 1 ? ['sun', 'rain'] : ['rain', 'sun'];
  return `${cell([...words.slice(0, at), first, ...words.slice(at, at + 2), second, ...words.slice(at + 2)].join(' '))},${first}`;
};

const csv = (row: (i: number) => string, from: number, count: number) =>
  ['message,kind', ...Array.from({ length: count }, (_, i) => row(from + i))].join('\n');

const words = (rest: string) =>
  `compare --text message --label kind --batch 20 --seeds 1 --threads 1 --lr 0.01 ${rest}`.split(' ');

const jsonOf = (...path: readonly string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));

/** What was measured, without how fast. */
const metricsOf = (folder: string) =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => ({ ...JSON.parse(line), examplesPerSecond: undefined }));

describe('thinnet compare of texts', () => {
  it('learns that a word is there, with every kind of dropout of the model', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'gold.csv'), csv(withWord, 0, 400));
    const arms = '--arm none --arm words=0.05,inputs=0.1,recurrent=0.1,dropout=0.2';
    const run = await runCommand(words(`--data gold.csv ${arms} --epochs 10 --out run`), cwd);
    expect(run).toMatchObject({ status: 0 });
    expect(run.stderr).toMatch(
      /^Texts \(message\): 17 words known, counted on the training texts; of each text the first 8 words are read\.$/m,
    );
    expect(run.stderr).not.toContain('Warning');
    expect(run.stdout).toContain('texts/s');
    const lines = metricsOf(join(cwd, 'run'));
    for (const folder of ['none', 'words-0.05-inputs-0.1-recurrent-0.1-dropout-0.2']) {
      const { epochs, test } = jsonOf(cwd, 'run', folder, 'seed-1', 'result.json');
      expect(epochs).toHaveLength(10);
      expect(test.error).toBeLessThan(0.03);
      expect(test.loss).toBeLessThan(0.15);
    }
    const losses = lines.filter(({ arm }) => arm === 'none').map(({ trainLoss }) => trainLoss);
    expect(losses.at(-1)).toBeLessThan(losses[0] / 5);
    const report = readFileSync(join(cwd, 'run', 'report.html'), 'utf8');
    expect(report).toContain(
      'column message; 17 words known, counted on the training texts; the first 8 words of each text are read',
    );
    expect(report).toContain('text: embedding of width 64, LSTM of 64 units and its last state, dense layer');
    expect(report).toContain('all 320 training texts');
    expect(jsonOf(cwd, 'run', 'config.json')).toMatchObject({
      settings: { model: 'text', text: 'message', words: 5000, length: null },
      data: { words: 17, shape: [8], classes: 2, classNames: ['poor', 'rich'] },
    });
  });

  it('learns the order of words; model and vocabulary do in plain ONNX Runtime, as the page shows, what the run scored', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'train.csv'), csv(withOrder, 0, 600));
    writeFileSync(join(cwd, 'test.csv'), csv(withOrder, 1000, 100));
    const run = await runCommand(
      words('--data train.csv --test test.csv --arm recurrent=0.1 --epochs 12 --out run'),
      cwd,
    );
    expect(run).toMatchObject({ status: 0 });
    const { test } = jsonOf(cwd, 'run', 'recurrent-0.1', 'seed-1', 'result.json');
    expect(test.error).toBeLessThan(0.05);

    const { graph } = readModel(readFileSync(join(cwd, 'run', 'recurrent-0.1', 'model.onnx')));
    expect(graph.inputs.map(({ name, shape }) => [name, shape])).toEqual([['x', ['N', 10]]]);
    const inspected = await runCommand(['inspect', 'run/recurrent-0.1/model.onnx'], cwd);
    expect(inspected).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Inputs      x float32[N, 10]'),
    });
    expect(inspected.stdout).toContain('embedding.weight');

    const page = readFileSync(fileURLToPath(new URL('../../../docs/texts.md', import.meta.url)), 'utf8');
    const [, script = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
    expect(script).toContain('onnxruntime-node');
    symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(cwd, 'node_modules'));
    writeFileSync(join(cwd, 'classify.mjs'), script.replaceAll('run/none', 'run/recurrent-0.1'));
    const rows = readFileSync(join(cwd, 'test.csv'), 'utf8').split('\n').slice(1);
    const texts = rows.map((row) => /"(.*)"/.exec(row)?.[1] as string);
    const logits = readNpy(readFileSync(join(cwd, 'run', 'recurrent-0.1', 'seed-1', 'test-logits.npy'))).data;
    // One by one, and of the others their word numbers: a process for each takes long.
    for (const [i, text] of texts.slice(0, 2).entries()) {
      const { stdout, stderr } = spawnSync(process.execPath, ['classify.mjs', text], {
        cwd,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      const { kind, outputs } = JSON.parse(stdout);
      const scored = Array.from(logits.subarray(2 * i, 2 * i + 2), Number);
      expect(kind).toBe((scored[0] as number) > (scored[1] as number) ? 'rain' : 'sun');
      for (const k of [0, 1]) expect(outputs[k]).toBeCloseTo(scored[k] as number, 4);
    }
    const vocabulary = vocabularyFromJson(readFileSync(join(cwd, 'run', 'vocabulary.json'), 'utf8'), 'v');
    expect(vocabulary.length).toBe(10);
    const plain = `
const [, ortPath, file, numbers] = process.argv;
const ort = require(ortPath);
(async () => {
  const session = await ort.InferenceSession.create(file, { intraOpNumThreads: 1 });
  const { y } = await session.run({ x: new ort.Tensor('float32', JSON.parse(numbers), [100, 10]) });
  process.stdout.write(JSON.stringify(Array.from(y.data)));
})();`;
    const file = join(cwd, 'run', 'recurrent-0.1', 'model.onnx');
    const numbers = JSON.stringify(Array.from(encodeTexts(texts, vocabulary)));
    const ort = join(cwd, 'node_modules', 'onnxruntime-node');
    const { stdout } = spawnSync(process.execPath, ['-e', plain, ort, file, numbers], { encoding: 'utf8' });
    expect(Float32Array.from(JSON.parse(stdout))).toEqual(logits);
  });

  it('killed at once and resumed ends with the metrics, weights and words of a run that was never interrupted', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'gold.csv'), csv(withWord, 0, 200));
    const small = words('--data gold.csv --arm none --arm words=0.1,recurrent=0.2 --epochs 8');
    expect(await runCommand([...small, '--out', 'whole'], cwd)).toMatchObject({ status: 0 });
    const running = start([...small, '--out', 'killed'], cwd);
    await running.until(() => linesIn(join(cwd, 'killed', 'metrics.jsonl')) >= 11);
    running.process.kill('SIGKILL');
    expect((await running.ended).status).toBe('SIGKILL');
    expect(existsSync(join(cwd, 'killed', 'summary.json'))).toBe(false);

    const other = await runCommand(['compare', '--resume', '--out', 'killed', '--length', '5'], cwd);
    expect(other).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--length is 5, but the run to resume has auto (killed/config.json)'),
    });
    writeFileSync(join(cwd, 'gold.csv'), csv(withWord, 0, 200).replaceAll('Gold', 'Silver'));
    const changed = await runCommand(['compare', '--resume', '--out', 'killed'], cwd);
    expect(changed).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('gold.csv has changed since the run began'),
    });
    writeFileSync(join(cwd, 'gold.csv'), csv(withWord, 0, 200));

    expect(await runCommand(['compare', '--resume', '--out', 'killed'], cwd)).toMatchObject({ status: 0 });
    expect(metricsOf(join(cwd, 'killed'))).toEqual(metricsOf(join(cwd, 'whole')));
    for (const path of ['vocabulary.json', 'none/model.onnx', 'words-0.1-recurrent-0.2/model.onnx'])
      expect(readFileSync(join(cwd, 'killed', path))).toEqual(readFileSync(join(cwd, 'whole', path)));
  });

  it.each([
    [
      '--data mnist --text message',
      '--data mnist: --text is for CSV files only; leave it out, or name such a file by --data',
    ],
    [
      '--data gold.csv --label kind --text text',
      'gold.csv: no column "text" of texts; the columns are message, kind',
    ],
    ['--data gold.csv --text message', 'gold.csv: which column is to be learned?'],
    ['--data gold.csv --label kind --model text', '--model text needs --text'],
    [
      '--data gold.csv --label kind --text message --arm none,name=vocabulary.json',
      'is that of a file of the run',
    ],
  ])('takes %j for a mistake in the command line, and leaves no folder', async (options, message) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'gold.csv'), csv(withWord, 0, 20));
    const { status, stdout, stderr } = await runCommand(['compare', ...options.split(' ')], cwd);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^thinnet: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect(existsSync(join(cwd, 'runs'))).toBe(false);
  });
});
