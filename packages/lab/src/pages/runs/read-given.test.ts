/** @file What is found in folders and files that a visitor gives, and what is said of those that are none of a run. */
import { lineChartOf, type RunChart } from 'thinnet-runs';
import { describe, expect, it } from 'vitest';
import type { GivenFile } from './files.js';
import { readGiven } from './read-given.js';

const config = {
  format: 1,
  versions: { thinnet: '1', 'onnxruntime-node': '1', node: '20', platform: 'x' },
  command: 'thinnet compare',
  data: { name: 'fake', digest: 'sha256:0', train: 20, test: 40, shape: [2], classes: 3 },
  given: {},
  settings: {},
  arms: [{ label: 'none' }, { label: 'dropout 0.5' }],
};
const line = (arm: string, seed: number, epoch: number, testLoss: number) =>
  JSON.stringify({
    ...{ arm, seed, epoch, step: 10 * epoch, thinnedLoss: 1, trainLoss: 0.5, trainError: 0.1 },
    ...{ testLoss, testError: 0.25, examplesPerSecond: 100 },
  });
const metrics = [
  line('dropout 0.5', 1, 1, 3),
  line('none', 1, 2, 2),
  line('none', 1, 1, 1),
  line('none', 2, 1, 3),
].join('\n');

const files = (contents: Readonly<Record<string, string>>): readonly GivenFile[] =>
  Object.entries(contents).map(([path, text]) => ({ path, file: new File([text], path) }));
const folder = (name: string, contents: Readonly<Record<string, unknown>>) =>
  files(
    Object.fromEntries(
      Object.entries(contents).map(([file, content]) => [
        `${name}/${file}`,
        typeof content === 'string' ? content : JSON.stringify(content),
      ]),
    ),
  );

describe('a run folder', () => {
  it('that is still under way has its curves so far, seeds averaged, and says so', async () => {
    const { runs, problems } = await readGiven(
      folder('run', { 'config.json': config, 'metrics.jsonl': metrics }),
    );
    expect(problems).toEqual([]);
    const [run] = runs;
    const loss = run?.charts.find(({ id }) => id === 'loss');
    expect(loss?.lines.map(({ label, curve }) => [label, curve.mean])).toEqual([
      ['none, test', [2, 2]],
      ['none, training', [0.5, 0.5]],
      ['dropout 0.5, test', [3]],
      ['dropout 0.5, training', [0.5]],
    ]);
    expect(loss?.lines[0]?.curve.low).toEqual([1, 2]);
    expect(run?.summary).toBeUndefined();
    expect(run?.seeds).toBe(2);
    expect(run?.notes.join()).toContain('has not ended');
  });

  it('has an arm without an epoch in its place and colour, with no numbers', async () => {
    const text = line('dropout 0.5', 1, 1, 3);
    const { runs } = await readGiven(folder('run', { 'config.json': config, 'metrics.jsonl': text }));
    const error = runs[0]?.charts.find(({ id }) => id === 'error') as RunChart;
    const { lines } = lineChartOf(error, 1);
    expect(lines.map(({ name, colour, y }) => [name, colour, y])).toEqual([
      ['none', '--arm-0', [null]],
      ['dropout 0.5', '--arm-1', [25]],
    ]);
    expect([error.min, error.max].every(Number.isFinite)).toBe(true);
  });

  it('with a torn line shows the others and says so', async () => {
    const text = `${metrics}\n{"arm":"no`;
    const { runs } = await readGiven(folder('run', { 'config.json': config, 'metrics.jsonl': text }));
    expect(runs[0]?.charts).toHaveLength(3);
    expect(runs[0]?.notes.join()).toContain('A line of metrics.jsonl could not be read');
  });

  it('is found within another, beside others', async () => {
    const one = { 'config.json': config, 'metrics.jsonl': metrics };
    const given = [...folder('runs/a', one), ...folder('runs/b', one), ...files({ 'runs/notes.txt': '' })];
    const { runs } = await readGiven(given);
    expect(runs.map(({ source }) => source)).toEqual(['runs/a', 'runs/b']);
  });

  it.each([
    ['no config.json and no report.html among', { 'holiday.jpg': '' }],
    ['nothing was given', {}],
  ])('is missing: %s', async (message, contents) => {
    await expect(readGiven(files(contents))).rejects.toThrow(message);
  });

  it.each([
    ['run: config.json is damaged: it is no JSON.', { 'config.json': '{' }],
    [
      'run: config.json is not that of a run of thinnet compare.',
      { 'config.json': '{"compilerOptions":{}}' },
    ],
    ['run: config.json has format 2; this page reads format 1', { 'config.json': { ...config, format: 2 } }],
    ['neither metrics.jsonl nor summary.json', { 'config.json': config }],
    ['run: summary.json is damaged', { 'config.json': config, 'metrics.jsonl': '', 'summary.json': '[1' }],
    [
      'run: summary.json is not the summary',
      { 'config.json': config, 'metrics.jsonl': '', 'summary.json': '{}' },
    ],
  ])('that cannot be read is named in one line: %s', async (message, contents) => {
    const { runs, problems } = await readGiven(folder('run', contents));
    expect(runs).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
    expect(problems[0]).not.toContain('\n');
  });
});
