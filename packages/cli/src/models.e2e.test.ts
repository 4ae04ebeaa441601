/** @file The built command with models of images. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModel } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { linesIn, runCommand, start } from './testing/command.js';
import { writeImages } from './testing/image-folder.js';
import { temporaryFolder } from './testing/temporary.js';

/** A folder with the folder `bars` of small images. */
function workplace(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'bars'));
  writeImages(join(folder, 'bars'));
  return folder;
}

const words = (model: string, epochs: number, ...arms: readonly string[]) => [
  ...`compare --data bars --model ${model} --batch 20 --seeds 1 --threads 1`.split(' '),
  ...['--epochs', String(epochs)],
  ...arms.flatMap((arm) => ['--arm', arm]),
];

/** What was measured, without how fast. */
const metricsOf = (folder: string): unknown[] =>
  readFileSync(join(folder, 'metrics.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => ({ ...JSON.parse(line), examplesPerSecond: undefined }));

describe('the command thinnet compare', () => {
  it('of the model allconv, killed at once and resumed, ends as a run that was never interrupted', async () => {
    const cwd = workplace();
    const arms = ['none', 'elementwise=0.2', 'dropblock=0.2,block-size=3'];
    const whole = await runCommand([...words('allconv', 3, ...arms), '--out', 'whole'], cwd);
    expect(whole.status).toBe(0);
    expect(whole.stderr).toContain('Warning, elementwise 0.2: element-wise-on-feature-map: ');
    expect(whole.stderr.match(/^Warning/gm)).toHaveLength(1);
    const running = start(
      [...words('allconv', 3, ...arms), '--silence', 'element-wise-on-feature-map', '--out', 'killed'],
      cwd,
    );
    await running.until(() => linesIn(join(cwd, 'killed', 'metrics.jsonl')) >= 4);
    running.process.kill('SIGKILL');
    const killed = await running.ended;
    expect(killed.stderr).not.toContain('Warning');
    expect(existsSync(join(cwd, 'killed', 'summary.json'))).toBe(false);
    const wrong = await runCommand(['compare', '--resume', '--out', 'killed', '--model', 'cnn'], cwd);
    expect(wrong).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--model is cnn, but the run to'),
    });
    expect(await runCommand(['compare', '--resume', '--out', 'killed'], cwd)).toMatchObject({ status: 0 });
    expect(metricsOf(join(cwd, 'killed'))).toEqual(metricsOf(join(cwd, 'whole')));
    for (const folder of ['none', 'elementwise-0.2', 'dropblock-0.2-block-size-3']) {
      const file = readFileSync(join(cwd, 'killed', folder, 'model.onnx'));
      expect(file).toEqual(readFileSync(join(cwd, 'whole', folder, 'model.onnx')));
      const { graph } = readModel(file);
      expect(graph.inputs.map(({ name, shape }) => [name, shape])).toEqual([['x', ['N', 16, 16]]]);
      expect(graph.nodes.map(({ op }) => op)).toEqual([
        ...['Sub', 'Div', 'Reshape'],
        ...Array.from({ length: 6 }, () => ['Conv', 'Relu']).flat(),
        ...['Conv', 'ReduceMean'],
      ]);
    }
  });

  it.each<[string, readonly string[]]>([
    ['cnn', ['spatial=0.1,dropout=0.5']],
    ['resnet20', ['depth=0.2,dropblock=0.1']],
    ['vit', ['dropout=0.1,attention=0.1,depth=0.1']],
  ])('trains the model %s, and names it in folder, configuration and report', async (model, arms) => {
    const cwd = workplace();
    const { status, stdout } = await runCommand(words(model, 1, ...arms), cwd);
    expect(status).toBe(0);
    const [, report = ''] = /^Report: (.*)$/m.exec(stdout) ?? [];
    expect(report).toMatch(new RegExp(`^runs/bars-${model}-.*/report\\.html$`));
    expect(readFileSync(join(cwd, report), 'utf8')).toMatch(new RegExp(`${model}: `));
    const folder = join(cwd, report, '..');
    expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toMatchObject({
      settings: { model },
      command: expect.stringContaining(`--model ${model}`),
    });
    expect(metricsOf(folder)).toHaveLength(1);
  });

  it.each([
    [
      ['--model', 'cnm'],
      '--model takes one of mlp, cnn, allconv, resnet20, vit, text, not "cnm" (did you mean "cnn"?)',
    ],
    [['--arm', 'spatial=0.2'], 'spatial has no place in the model mlp'],
    [
      ['--model', 'allconv', '--arm', 'dropout=0.5'],
      'models with a place for dropout: mlp, cnn, resnet20, vit, text (--model)',
    ],
    [['--model', 'cnn', '--hidden', '5'], '--hidden is for the model mlp; cnn has layers of its own'],
  ])('answers the wrong %j with one line and status 2', async (wrong, message) => {
    const { status, stdout, stderr } = await runCommand(['compare', ...wrong], temporaryFolder());
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^thinnet: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });
});
