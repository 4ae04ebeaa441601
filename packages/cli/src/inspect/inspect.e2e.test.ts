import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adviceNames, writeModel } from 'thinnet';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../testing/command.js';
import { dropoutModel } from '../testing/dropout-model.js';
import { temporaryFolder } from '../testing/temporary.js';
import { inspect } from './inspection.js';
import { drawGraph } from './svg.js';
import { inWords } from './words.js';

function folderWithModel(): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'model.onnx'), writeModel(dropoutModel()));
  return cwd;
}

describe('the command thinnet inspect', () => {
  it('prints the inspection, and draws the graph', async () => {
    const cwd = folderWithModel();
    const { status, stdout, stderr } = await runCommand(['inspect', 'model.onnx', '--svg', 'graph.svg'], cwd);
    expect([status, stderr]).toEqual([0, '']);
    const inspection = inspect(dropoutModel());
    expect(stdout).toBe(`${[...inWords(inspection), '', 'Drawing: graph.svg'].join('\n')}\n`);
    expect(readFileSync(join(cwd, 'graph.svg'), 'utf8')).toBe(drawGraph(inspection));
  });

  it('gives it as JSON, without what is silenced', async () => {
    const silence = adviceNames.flatMap((name) => ['--silence', name]).slice(2);
    const words = ['inspect', 'model.onnx', '--json', ...silence];
    const { status, stdout, stderr } = await runCommand(words, folderWithModel());
    expect([status, stderr]).toEqual([0, '']);
    const { graph: _, ...found } = inspect(dropoutModel(), adviceNames.slice(1));
    expect(JSON.parse(stdout)).toEqual({ file: 'model.onnx', ...found });
    expect(found.advice).toHaveLength(1);
  });

  it.each([
    [['model.onnx', '--silence', 'after-last-layers'], 2, '(did you mean "after-last-layer"?)'],
    [['model.onnx', '--svg', 'graph.png'], 2, 'the name must end in .svg'],
    [[], 2, "missing required argument 'file'; see thinnet inspect --help"],
    [['nothing.onnx'], 1, 'nothing.onnx: no such file or folder'],
    [['noise.onnx'], 1, 'noise.onnx: '],
  ])('answers %j with status %i and one line', async (words, expected, message) => {
    const cwd = folderWithModel();
    writeFileSync(join(cwd, 'noise.onnx'), 'no model');
    const { status, stdout, stderr } = await runCommand(['inspect', ...words], cwd);
    expect([status, stdout]).toEqual([expected, '']);
    expect(stderr).toMatch(/^thinnet: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect(readdirSync(cwd).sort()).toEqual(['model.onnx', 'noise.onnx']);
  });
});
